namespace BayEdge.Simulator.Workshop;

/// <summary>What a reader reports of one tag at one antenna, for one report's time.</summary>
/// <param name="At">When the tag was last seen.</param>
/// <param name="Antenna">The port, from 1.</param>
/// <param name="Epc">The tag, upper-case hex.</param>
/// <param name="RssiDbm">The strongest read.</param>
/// <param name="Count">How many reads, at least 1.</param>
public readonly record struct TagRead(DateTimeOffset At, string Reader, int Antenna, string Epc, double RssiDbm, int Count);
