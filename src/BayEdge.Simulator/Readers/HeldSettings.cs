namespace BayEdge.Simulator.Readers;

/// <summary>What clients set with SET_READER_CONFIG; like ROSpecs it outlives a connection.</summary>
internal sealed class HeldSettings
{
    /// <summary>Types of events (LLRP 1.0.1, section 13.2.5.1).</summary>
    public const int RoSpecEvent = 2;
    public const int ReaderExceptionEvent = 4;
    public const int AntennaEvent = 8;

    private readonly HashSet<int> _events = [];
    private readonly HashSet<int> _outputs = [];

    /// <summary>The outputs that are on.</summary>
    public IReadOnlyCollection<int> Outputs => _outputs;

    /// <summary>0 for never.</summary>
    public uint KeepAliveMs { get; private set; }

    /// <summary>Whether the client wants to know of events of a type.</summary>
    public bool Tells(int eventType) => _events.Contains(eventType);

    /// <summary>Takes over what the parameters of SET_READER_CONFIG say; the rest stays.</summary>
    public void Take(ReadOnlySpan<byte> parameters)
    {
        const int keepAliveSpec = 220, periodic = 1, eventSpec = 244, eventState = 245, gpoWriteData = 219;
        if (Wire.Find(parameters, keepAliveSpec) is { Length: 5 } keepAlive)
            KeepAliveMs = keepAlive[0] == periodic ? Wire.ReadU32(keepAlive.AsSpan(1)) : 0;

        foreach (var output in Wire.FindAll(parameters, gpoWriteData).Where(output => output.Length == 3))
        {
            if ((output[2] & 0x80) != 0)
                _outputs.Add(Wire.ReadU16(output));
            else
                _outputs.Remove(Wire.ReadU16(output));
        }

        foreach (var state in Wire.FindAll(Wire.Find(parameters, eventSpec), eventState).Where(state => state.Length == 3))
        {
            if ((state[2] & 0x80) != 0)
                _events.Add(Wire.ReadU16(state));
            else
                _events.Remove(Wire.ReadU16(state));
        }
    }
}
