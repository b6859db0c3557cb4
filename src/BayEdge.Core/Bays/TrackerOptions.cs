namespace BayEdge.Core.Bays;

/// <summary>How much it takes to believe that a vehicle came or went.</summary>
public sealed record TrackerOptions
{
    public static TrackerOptions Default { get; } = new();

    /// <summary>Reads of one tag at the bay before it counts as a vehicle. The default value is 3.</summary>
    public int EnterReads { get; init; } = 3;

    /// <summary>Between first and last of these reads: a vehicle that merely passes is shorter. The default value is 5 s.</summary>
    public TimeSpan EnterDwell { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Readings of one plate at the bay before it counts as a vehicle. The default value is 2.</summary>
    public int EnterPlateReadings { get; init; } = 2;

    /// <summary>
    /// How long a contact must say "occupied", or pictures must go on saying so, when nothing else speaks. The default
    /// value is 5 s.
    /// </summary>
    public TimeSpan EnterPresence { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The shortest silence that can mean departure; whatever is silent for longer without a visit counts as gone. The
    /// default value is 45 s.
    /// </summary>
    public TimeSpan LeaveSilence { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>The longest silence that is waited for, however often the vehicle was shadowed before. The default value is 10 min.</summary>
    public TimeSpan LongestLeaveSilence { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Silence must exceed the longest gap of this visit by this factor. The default value is 3.</summary>
    public double LeaveGapFactor { get; init; } = 3;

    /// <summary>
    /// Silence that suffices when a contact says "empty" as well; a contact that opened longer than this before the
    /// vehicle was last seen does not count. The default value is 5 s.
    /// </summary>
    public TimeSpan LeaveSilenceWithContact { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How much stronger one bay must hear a tag than another before the tag is there, in dB. The default value is 6,
    /// the level at which two neighbouring lanes are told apart in published measurements.
    /// </summary>
    public double BayMarginDb { get; init; } = 6;

    /// <summary>
    /// How long reads count in that comparison, and how long a silent tag still counts as being here. The default value
    /// is 10 s.
    /// </summary>
    public TimeSpan BayComparison { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The occupancy from a picture from which on a zone counts as occupied, and below one minus which as empty. The default value is 0.8.</summary>
    public double OccupiedFrom { get; init; } = 0.8;
}
