using System.Collections.Immutable;
using System.Text.Json.Serialization;
using BayEdge.Core.Bays.Signs;
using BayEdge.Core.Identity;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>One bay.</summary>
/// <param name="Since">When the visit began, or the one before it ended; null before the first.</param>
/// <param name="Readings">Plates read since the last visit.</param>
internal sealed record BayState(
    string Bay,
    Visit? Visit,
    FormerVisit? Former,
    ObservedAt? Since,
    PlateVotes Readings,
    ImmutableSortedDictionary<string, OccupancyFilter> Pictures,
    ImmutableSortedDictionary<string, ContactState> Contacts,
    BayHabits Habits)
{
    /// <summary>When the bay wants to be looked at again if nothing is seen before.</summary>
    public ObservedAt? Due { get; init; }

    public static BayState Empty(string bay) => new(
        bay,
        null,
        null,
        null,
        PlateVotes.None,
        ImmutableSortedDictionary.Create<string, OccupancyFilter>(StringComparer.Ordinal),
        ImmutableSortedDictionary.Create<string, ContactState>(StringComparer.Ordinal),
        BayHabits.Assumed);
}

/// <summary>What was learned of a bay.</summary>
/// <param name="Own">How strongly its antennas hear the tags of the vehicles in it.</param>
/// <param name="Ahead">By how much more than another bay's antennas; by the other bay.</param>
internal sealed record BayHabits(SilenceLedger Silences, Strength Own, ImmutableSortedDictionary<string, Strength> Ahead)
{
    // Assumed: a windscreen tag one to five metres below an antenna, and what the next bay hears of it.
    private const double OwnDbm = -58;
    private const double OwnSpreadDb = 6;
    private const double AheadDb = 13;
    private const double AheadSpreadDb = 7;

    private static readonly Strength AssumedAhead = Strength.Assume(AheadDb, AheadSpreadDb);

    public static BayHabits Assumed { get; } = new(
        SilenceLedger.Empty, Strength.Assume(OwnDbm, OwnSpreadDb), ImmutableSortedDictionary.Create<string, Strength>(StringComparer.Ordinal));

    public Strength AheadOf(string bay) => !Ahead.IsEmpty && Ahead.TryGetValue(bay, out var learned) ? learned : AssumedAhead;
}

/// <summary>Whether a source works.</summary>
/// <param name="Since">Since when; silence before it came up means nothing.</param>
/// <param name="SaidAt">When it was last said.</param>
internal sealed record SourceStatus(bool Up, ObservedAt Since, ObservedAt SaidAt)
{
    /// <summary>Since when a source that is down had worked before; null while it works, and where it never did.</summary>
    public ObservedAt? WorkedSince { get; init; }

    /// <summary>How a source that works stood before.</summary>
    [JsonIgnore]
    private SourceStatus? Former { get; init; }

    /// <summary>Up where it was down, and down where it was up; what was up for no time at all has not been up.</summary>
    public SourceStatus Turned(ObservedAt at) => !Up
        ? new SourceStatus(true, at, at) { Former = this }
        : at.Monotonic == Since.Monotonic && Former is { } down ? down with { SaidAt = at } : new SourceStatus(false, at, at) { WorkedSince = Since };
}
