namespace BayEdge.Simulator.Readers;

/// <summary>What kind of reader to play.</summary>
public sealed record SimulatedReaderOptions
{
    /// <summary>The TCP port on 127.0.0.1. The default value is 0: any free one.</summary>
    public int Port { get; init; }

    /// <summary>The default value is 4.</summary>
    public int AntennaPorts { get; init; } = 4;

    /// <summary>How far the reader's clock is ahead of the real time. The default value is zero.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>IANA private enterprise number; the default value is one that is reserved for examples.</summary>
    public uint Manufacturer { get; init; } = 32473;

    /// <summary>The default value is 1.</summary>
    public uint Model { get; init; } = 1;

    /// <summary>The default value is 1.0.0.</summary>
    public string Firmware { get; init; } = "1.0.0";
}

/// <summary>One tag read (or several in a row) by one antenna.</summary>
/// <param name="Antenna">The port, from 1.</param>
/// <param name="Epc">Hex.</param>
/// <param name="Count">How many reads this stands for.</param>
/// <param name="LastSeen">The true time of the last of them; the reader adds the error of its clock.</param>
public readonly record struct SimulatedRead(int Antenna, string Epc, double RssiDbm, int Count, DateTimeOffset LastSeen);
