using BayEdge.Core.Timing;

namespace BayEdge.Core.Delivery;

/// <summary>The calendar times of one event.</summary>
internal sealed record EventTimes(
    DateTimeOffset At, DateTimeOffset Earliest, DateTimeOffset Latest, DateTimeOffset RecordedAt, DateTimeOffset? EnteredAt)
{
    /// <summary>By the calendar clock as it was at the decision.</summary>
    public static EventTimes Of(EventInstants instants) => Of(instants, instants.DecidedAt, at => (at.Wall, at.Wall, at.Wall));

    /// <summary>As a ledger tells the times of a boot.</summary>
    /// <param name="bootsAgo">How many boots before the ledger's the event was decided.</param>
    public static EventTimes Of(EventInstants instants, ClockLedger clock, int bootsAgo = 0)
    {
        var decided = clock.ZeroOf(bootsAgo) is not { } zero ? instants.DecidedAt
            : bootsAgo == 0 ? clock.Date(instants.DecidedAt) : instants.DecidedAt with { Wall = zero + instants.DecidedAt.Monotonic };
        return Of(instants, decided, at => Told(at with { BootsAgo = at.BootsAgo + bootsAgo }, clock));
    }

    /// <summary>Whether somebody who was told the one would be wrong by the other.</summary>
    public bool DiffersFrom(EventTimes other) =>
        IsApart(At, other.At) || IsApart(Earliest, other.Earliest) || IsApart(Latest, other.Latest)
        || EnteredAt is { } entered && other.EnteredAt is { } otherEntered && IsApart(entered, otherEntered);

    // All of this boot are by one clock, that of the decision; distances between them are exact.
    private static EventTimes Of(
        EventInstants instants, ObservedAt decided, Func<ObservedAt, (DateTimeOffset Earliest, DateTimeOffset At, DateTimeOffset Latest)> told)
    {
        return new EventTimes(
            told(OnOneClock(instants.At)).At,
            told(OnOneClock(instants.Earliest)).Earliest,
            told(OnOneClock(instants.Latest)).Latest,
            told(decided).At,
            instants.EnteredAt is { } entered ? told(OnOneClock(entered)).At : null);

        ObservedAt OnOneClock(ObservedAt at) => at.OnClockOf(decided);
    }

    private static (DateTimeOffset Earliest, DateTimeOffset At, DateTimeOffset Latest) Told(ObservedAt at, ClockLedger clock) =>
        at.BootsAgo > 0 && clock.BoundsOf(at.BootsAgo) is { } bounds ? (bounds.Earliest, bounds.Clamp(at.Wall), bounds.Latest) : (at.Wall, at.Wall, at.Wall);

    private static bool IsApart(DateTimeOffset one, DateTimeOffset other) => (one - other).Duration() > ClockLedger.LeastStep;
}
