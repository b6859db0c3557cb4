using System.Collections.Immutable;
using BayEdge.Core.Bays.Signs;
using BayEdge.Core.Identity;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>Takes a departure back when the vehicle is heard again as if it had only been hidden.</summary>
internal static class ReopenRule
{
    // Assumed: two in a hundred vehicles come back to the same bay within the time in which a departure may be taken back.
    private const double ReturningShare = 0.02;
    private const double ArrivalDb = 5;
    private const double ArrivingNats = -2;
    private const double StandingNats = 1.8;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    public static bool TryReopen(
        TrackerState before, BayState bay, EnterRule.Candidate candidate, ImmutableArray<Transition>.Builder transitions, out TrackerState state)
    {
        state = before;
        if (bay.Former is not { WasSeenEmpty: false } former || !former.Visit.Tags.Contains(candidate.Tag))
            return false;
        var (silence, nats) = Weigh(state, bay, former, candidate.Here);
        if (silence > state.Options.ReopenWithin || nats <= 0)
            return false;

        var visit = former.Visit;
        if (IdentifyRule.IsElsewhere(state, bay.Bay, other => (visit.Plate is not null && other.Plate == visit.Plate) || (visit.Ref is not null && other.Ref == visit.Ref)))
            return false;
        var onset = former.Onset ?? Onset.Sudden;
        // Two tags that were taken for one vehicle's may have parted meanwhile.
        visit = visit with { Tags = visit.Tags.RemoveAll(tag => before.Tags.Find(tag)?.VisitIn is { } elsewhere && elsewhere != bay.Bay) };
        foreach (var tag in visit.Tags)
            state = state.With(tag, (state.Tags.Find(tag) ?? HeardTag.Unheard) with { VisitIn = bay.Bay, LeftBehindIn = null });
        var silences = former.Onset is null ? bay.Habits.Silences : bay.Habits.Silences.WithDeparture(onset, -1);
        visit = visit with
        {
            Support = candidate.Here.LastAt, PassedAt = null, AsideAt = null, SeenAt = null,
            Silences = visit.Silences.WithShadow(onset, silence), Told = ToldVehicle.Of(visit),
        };
        state = state.With(bay with
        {
            Visit = visit,
            Former = null,
            Since = visit.EnteredAt,
            Habits = bay.Habits with { Silences = silences.WithShadow(onset, silence) },
        });
        transitions.Add(new VisitCorrected(
            bay.Bay, visit.Id, VehicleOf.Visit(visit), visit.EnteredAt, visit.Earliest, visit.Latest, state.Now, [Describe.Tag(candidate.Tag, candidate.Here, nats)],
            null, IsStillPresent: true, Sentences.OnlyHidden.With())
        {
            RunnerUp = Sentences.CameBack.With(("odds", Sentence.Odds(nats))),
            WouldChange = Why.WouldChange(state, state.Bays[bay.Bay]),
        });
        return true;
    }

    /// <summary>Whether the vehicle that left is heard again as if it had only been hidden.</summary>
    public static bool WasHidden(TrackerState state, BayState bay, FormerVisit former, Hearing here) =>
        Weigh(state, bay, former, here) is { Nats: > 0 } shadow && shadow.Silence <= state.Options.ReopenWithin;

    // It may have been heard on while it was taken to have left.
    private static (TimeSpan Silence, double Nats) Weigh(TrackerState state, BayState bay, FormerVisit former, Hearing here)
    {
        var silence = ObservedAt.Later(here.FirstAt, former.LeftAt) - former.LeftAt;
        return (silence, NatsOfShadow(state, bay, former, here.MeanDbm - here.FirstDbm >= ArrivalDb, silence));
    }

    /// <summary>Until when a read would take the departure back; null when none would any more.</summary>
    public static Phrase? WouldReopen(TrackerState state, BayState bay)
    {
        if (bay.Former is not { WasSeenEmpty: false, Visit.Tags: [var tag, ..] } former)
            return null;
        var longest = TimeSpan.Zero;
        for (var silence = LookEvery; silence <= state.Options.ReopenWithin && NatsOfShadow(state, bay, former, isArrival: false, silence) > 0; silence += LookEvery)
            longest = silence;
        var until = former.LeftAt + longest;
        return until.Monotonic > state.Now.Monotonic ? Sentences.TagAgain.With(("tag", tag), ("time", until.OnClockOf(state.Now).Wall)) : null;
    }

    // A shadow of about this length, against a departure and a return.
    private static double NatsOfShadow(TrackerState state, BayState bay, FormerVisit former, bool isArrival, TimeSpan silence)
    {
        var onset = former.Onset ?? Onset.Sudden;
        var shadowsToDepartures = -SilenceLedger.LogOddsOfDeparture(onset, silence, bay.Habits.Silences.After(onset, silence) + former.Visit.Silences.After(onset, silence));
        var returns = Math.Log(ReturningShare * (silence > Shortest ? silence : Shortest) / state.Options.ReopenWithin);
        return shadowsToDepartures - returns + (isArrival ? ArrivingNats : StandingNats);
    }
}
