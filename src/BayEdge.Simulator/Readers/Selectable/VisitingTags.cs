namespace BayEdge.Simulator.Readers.Selectable;

/// <summary>Vehicles that come to each antenna, stay and go, for ever; the next one is another.</summary>
/// <remarks>Pure. The figures are chosen to show something within minutes and taken from no workshop.</remarks>
public static class VisitingTags
{
    public static readonly TimeSpan Stay = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan ShortestEmpty = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongerByAntenna = TimeSpan.FromSeconds(10);

    /// <summary>The tag in front of an antenna; null while nobody stands there.</summary>
    /// <param name="antenna">From 1; each has its own hours.</param>
    /// <param name="reader">Its id: each has vehicles of its own.</param>
    /// <param name="opened">Since when the workshop is open; the first vehicle stands there at once.</param>
    public static string? At(string reader, int antenna, TimeSpan opened)
    {
        var (visit, into) = Math.DivRem(opened.Ticks, (Stay + ShortestEmpty + (LongerByAntenna * antenna)).Ticks);
        return into < Stay.Ticks ? $"E28068940000{NumberOf(reader):X4}{(visit * 64) + antenna:X8}" : null;
    }

    /// <summary>The number of the chip of a tag: 96 bits, of a class and maker that are sold.</summary>
    public static string TidOf(string epc) => $"E2801190{epc.PadLeft(16, '0')[^16..]}";

    private static ushort NumberOf(string reader) => reader.Aggregate((ushort)0, (number, letter) => unchecked((ushort)((number * 31) + letter)));
}
