namespace BayEdge.Benchmarks.Scenarios;

/// <summary>How often the truth lay within the bounds that were told with a time, and how wide they were.</summary>
internal sealed class BoundsScore
{
    // The tracker knows of no time shorter than this: reports and pictures do not come more exactly.
    private static readonly TimeSpan Exactly = TimeSpan.FromSeconds(1);

    /// <summary>Seconds.</summary>
    public List<double> Widths { get; } = [];

    public int Held { get; private set; }

    public double ShareHeld => Widths.Count == 0 ? 0 : (double)Held / Widths.Count;

    public void Take((DateTimeOffset Earliest, DateTimeOffset Latest)? told, DateTimeOffset truth)
    {
        if (told is not { } bounds)
            return;
        Widths.Add((bounds.Latest - bounds.Earliest).TotalSeconds);
        if (bounds.Earliest - Exactly <= truth && truth <= bounds.Latest + Exactly)
            Held++;
    }

    public void Add(BoundsScore other)
    {
        Widths.AddRange(other.Widths);
        Held += other.Held;
    }
}
