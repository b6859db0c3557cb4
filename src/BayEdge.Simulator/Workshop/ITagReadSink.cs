namespace BayEdge.Simulator.Workshop;

/// <summary>A simulated reader, which passes on what its antennas hear.</summary>
public interface ITagReadSink
{
    /// <param name="antenna">The port, from 1.</param>
    /// <param name="epcHex">Upper-case hex.</param>
    /// <param name="rssiDbm">The strongest of the reads.</param>
    /// <param name="count">How many reads, at least 1.</param>
    /// <param name="lastSeen">By the workshop's clock.</param>
    void Report(int antenna, string epcHex, double rssiDbm, int count, DateTimeOffset lastSeen);
}
