namespace BayEdge.Simulator.Readers;

/// <summary>One tag read (or several in a row) by one antenna.</summary>
/// <param name="Antenna">The port, from 1.</param>
/// <param name="Epc">Hex.</param>
/// <param name="Count">How many reads this stands for.</param>
/// <param name="FirstSeen">The true time of the first of them; the reader adds the error of its clock.</param>
/// <param name="LastSeen">The same of the last.</param>
/// <param name="Tid">The serial number of the chip, hex; null where it has none.</param>
internal readonly record struct SimulatedRead(
    int Antenna, string Epc, double RssiDbm, int Count, DateTimeOffset FirstSeen, DateTimeOffset LastSeen, string? Tid);
