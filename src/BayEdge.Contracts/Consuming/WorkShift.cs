namespace BayEdge.Contracts.Consuming;

/// <summary>Working hours that come again.</summary>
public sealed record WorkShift
{
    public required string Name { get; init; }

    /// <summary>By the site's clock.</summary>
    public required TimeOnly Start { get; init; }

    /// <summary>By the site's clock; not after <see cref="Start"/> when the shift ends on the next day.</summary>
    public required TimeOnly End { get; init; }

    /// <summary>On which days it starts; all when empty.</summary>
    public IReadOnlyList<DayOfWeek> Days
    {
        // Left out of JSON, it is not set at all.
        get => field ?? [];
        init;
    } = [];

    internal bool StartsOn(DateOnly day) => Days.Count == 0 || Days.Contains(day.DayOfWeek);
}
