using System.Collections.Immutable;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays.Signs;
using BayEdge.Core.Identity;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>A vehicle is in one bay only, and a bay holds one vehicle: who comes somewhere has left elsewhere, or has taken another's place.</summary>
internal static class MoveRule
{
    private const double NextVehicleNats = 4;
    private const double ExchangeSeenNats = 2;
    private const double NoExchangeSeenNats = -4;
    private const int ReadingsToSucceed = 3;

    public const double SurePairNats = 5;
    public const double FallenNats = 1;
    private const double MostDwellNats = 3;
    private const double UnsureNats = 2;
    private const double MostEmptyNats = 4;
    private const double MostNextNats = 3;

    public static readonly TimeSpan UndecidedFor = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan BothBegin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan DwellToExchange = TimeSpan.FromSeconds(30);

    // Without a pause it may as well be hidden there and reflected here.
    private static readonly TimeSpan DwellToBelieve = TimeSpan.FromMinutes(6);
    private static readonly TimeSpan DwellToReturn = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan DwellToEvict = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan SilentToMove = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan DwellToMove = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SilentToSucceed = TimeSpan.FromSeconds(20);

    // Heard near in its old bay after it came here, it has to be silent there for longer than reads fail to come.
    private static readonly TimeSpan StillNear = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SilentToBelieve = TimeSpan.FromSeconds(45);

    // Taken for the wrong bay from the first moment on.
    private static readonly TimeSpan FromTheFirst = TimeSpan.FromSeconds(30);

    /// <summary>Ends the visit that the tag belongs to, if its vehicle has clearly come here instead.</summary>
    /// <returns>False when it has not, or when the visit goes on with another tag.</returns>
    public static bool TryLeave(
        TrackerState before, string bayId, string from, EnterRule.Candidate candidate, ImmutableArray<Transition>.Builder transitions, out TrackerState state)
    {
        state = before;
        if (state.Bays.Find(from) is not { } other || other.Visit is not { } visit || candidate.Here.Length < DwellToMove)
            return false;
        var there = candidate.Heard.In(from);
        var nats = NatsOfMove(state, bayId, from, candidate);
        if (nats < state.Options.MoveNats)
            return false;

        // How it sounds is known a little late: it may have begun to leave before.
        var uncertainty = there is not null && there.LastAt.Monotonic > candidate.Here.FirstAt.Monotonic ? Hearing.SmoothedOver : TimeSpan.Zero;
        var neverWas = !visit.WasSeen && (IsFromTheFirst(visit, candidate.Here.FirstAt) || CameBack(state, state.Bays[bayId], visit, candidate));
        var last = there is null ? visit.Support : ObservedAt.Earlier(there.LastAt, ObservedAt.Later(there.NearAt, candidate.Here.FirstAt));
        if (there is not null && CameAfter(there.Pause, candidate.Here))
            last = there.Pause!.From;
        var at = ObservedAt.Later(last, visit.EnteredAt);
        if (visit.Tags.Any(tag => tag != candidate.Tag && before.Tags.Find(tag)?.In(from) is { } second && second.LastAt.Monotonic > at.Monotonic + SilentToMove))
        {
            // Two tags were taken for one vehicle and only one of them drives away: the other's stays.
            state = state.With(other with { Visit = IdentifyRule.Without(state, visit, candidate.Tag) })
                .With(candidate.Tag, candidate.Heard with { VisitIn = null });
            state = IdentifyRule.Apply(state, from, [], expectedChanged: false, transitions);
            return true;
        }

        state = Departure.Close(
            state,
            other,
            new Departure.Leaving(
                at, ObservedAt.Later(ObservedAt.Earlier(at, visit.LastSign) - uncertainty, visit.EnteredAt), ObservedAt.Later(at, state.Now), null, false,
                [Describe.Moved(candidate.Tag, candidate.Here, nats)], neverWas) { Nats = nats },
            transitions);
        return true;
    }

    /// <summary>What speaks for a vehicle's having come from one bay into another, in nats.</summary>
    /// <remarks>Its new bay must hear it anew, or much better than before; and the bay it was in no more, or more weakly.</remarks>
    public static double NatsOfMove(TrackerState state, string bayId, string from, EnterRule.Candidate candidate)
    {
        var (bay, other) = (state.Bays[bayId], state.Bays[from]);
        if (other.Visit is not { } visit || candidate.Heard.In(from) is not { } there)
            return candidate.Verdict.Nats;
        var drove = IsFromTheFirst(visit, candidate.Here.FirstAt)
            ? OfUndecided(state, bay, visit, candidate, there)
            : OfDriving(state, bay, other, visit, candidate, there);
        if ((OfReturn(state, bay, other, visit, candidate, there) ?? drove) is not { } move)
            return double.NegativeInfinity;

        // That its new bay is occupied is no proof, for it may be by another; that the old one still is, is one against it.
        return move + Math.Min(MostDwellNats, TagJudge.OfPassing(bay, candidate.Here))
            + Math.Min(0, Surroundings.LogOddsOfOccupied(state, bay)) - Math.Max(-MostEmptyNats, OfPlaceLeft(state, other, visit, candidate))
            - TagJudge.OfTaken(state, bay, other, ownVisit: other.Bay);
    }

    // Told to have come from here, it may be heard here again as it was all the time before.
    private static double? OfReturn(TrackerState state, BayState bay, BayState other, Visit visit, EnterRule.Candidate candidate, Hearing there) =>
        candidate.Here.Length >= DwellToReturn && CameBack(state, bay, visit, candidate) && bay.Former!.UsualDbm is { } levels && levels.TryGetValue(candidate.Tag, out var usual)
        && TagJudge.OfReturn(state, bay, candidate.Here, usual, other, there) is > 0 and var nats
            ? nats
            : null;

    // Both have heard it ever since it came.
    private static double? OfUndecided(TrackerState state, BayState bay, Visit visit, EnterRule.Candidate candidate, Hearing there)
    {
        var nats = TagJudge.OfUsualPair(state, bay, candidate.Here, there);
        return state.Now - visit.EnteredAt > UndecidedFor || nats < SurePairNats ? null : nats;
    }

    private static double? OfDriving(TrackerState state, BayState bay, BayState other, Visit visit, EnterRule.Candidate candidate, Hearing there)
    {
        // Standing in the new bay, it cannot have been heard in the old one as if it still stood there.
        var wasNear = there.NearAt - candidate.Here.FirstAt > StillNear;
        if (state.Now - there.LastAt >= (wasNear ? SilentToBelieve : SilentToMove))
            return TagJudge.OfMove(state, bay, candidate.Here, there) + Math.Min(0, LeaveRule.NatsOfSilence(state, other, visit, state.Now - there.NearAt));

        var cameAfter = CameAfter(there.Pause, candidate.Here);
        if (candidate.Here.Length < (cameAfter ? DwellToExchange : DwellToBelieve))
            return null;

        // Something that reflects it makes one bay hear it better; that the other hears it worse, only driving away does. Or it has
        // been here from the first, and what hid it has gone.
        var hasCleared = IsFromTheFirst(visit, candidate.Here.FartherSince ?? candidate.Here.FirstAt) && state.Now - visit.EnteredAt <= UndecidedFor;
        return cameAfter || hasCleared || TagJudge.OfFall(state, other, bay, there) >= FallenNats
            ? TagJudge.OfExchange(state, bay, candidate.Here, other, there)
            : null;
    }

    // While it drove from the one to the other neither heard it; then both did.
    private static bool CameAfter(Pause? pause, Hearing here) => pause is not null && (pause.To - here.FirstAt).Duration() <= BothBegin;

    // A bay may stay occupied by another vehicle; the longer its own is silent, the likelier.
    private static double OfPlaceLeft(TrackerState state, BayState other, Visit visit, EnterRule.Candidate candidate)
    {
        var occupied = Surroundings.LogOddsOfOccupied(state, other);
        if (occupied <= 0)
            return occupied;
        if (visit.Tags.Any(tag => tag != candidate.Tag && state.Tags.Find(tag)?.In(other.Bay) is { } second && state.Now - second.LastAt < SilentToMove))
            return 0;
        return Math.Max(0, occupied - Math.Max(0, LeaveRule.SilenceOf(state, other, visit)?.Nats ?? 0));
    }

    // Heard here ever since it came: either it was here all the time, or it is heard across as before.
    private static bool IsFromTheFirst(Visit visit, ObservedAt heardSince) => heardSince - visit.EnteredAt <= FromTheFirst;

    // It was here before; the other bay only heard it better for a while.
    private static bool CameBack(TrackerState state, BayState bay, Visit visit, EnterRule.Candidate candidate) =>
        bay.Former is { WasSeenEmpty: false } former && former.Visit.Tags.Contains(candidate.Tag)
        && former.LeftAt - visit.EnteredAt <= FromTheFirst && ReopenRule.WasHidden(state, bay, former, candidate.Here);

    /// <summary>Ends the visit of a bay in which another vehicle stands now.</summary>
    /// <returns>False when the tag may as well be the same vehicle's, or a passer-by's.</returns>
    public static bool TrySucceed(
        TrackerState before, BayState bay, Visit visit, EnterRule.Candidate candidate, ImmutableArray<Transition>.Builder transitions, out TrackerState state)
    {
        state = before;
        if (NatsOfMisplaced(state, bay, visit, candidate) is { } ahead)
        {
            state = Departure.Close(
                state,
                bay,
                new Departure.Leaving(visit.EnteredAt, visit.EnteredAt, state.Now, null, false, [Describe.Succeeded(candidate.Tag, candidate.Here, ahead)], NeverWas: true),
                transitions);
            return true;
        }

        if (WeighSuccession(state, bay, visit, candidate) is not { } succession || succession.Nats < state.Options.LeaveNats)
            return false;
        // What a neighbour heard of it after the next vehicle came is no sign of its standing here.
        var last = ObservedAt.Later(visit.LastSign.Monotonic < candidate.Here.FirstAt.Monotonic ? visit.LastSign : visit.Support, visit.EnteredAt);
        state = Departure.Close(
            state,
            bay,
            new Departure.Leaving(last, last, ObservedAt.Later(last, candidate.Here.FirstAt), succession.Onset, true, Why.InOrder(succession.Evidence)) { Nats = succession.Nats },
            transitions);
        return true;
    }

    /// <summary>Whether another vehicle has taken the place of the one in the bay.</summary>
    public static bool CanSucceed(TrackerState state, BayState bay, Visit visit, EnterRule.Candidate candidate) =>
        NatsOfMisplaced(state, bay, visit, candidate) is not null || WeighSuccession(state, bay, visit, candidate)?.Nats >= state.Options.LeaveNats;

    // Heard here all the time, but no better than next door; now there is one that is heard here clearly better than anywhere else:
    // by how much more, in nats, or null when that is not so.
    private static double? NatsOfMisplaced(TrackerState state, BayState bay, Visit visit, EnterRule.Candidate candidate)
    {
        if (visit.WasSeen || visit.Tags.IsEmpty || candidate.Here.Length < DwellToEvict || candidate.Here.FirstAt - visit.EnteredAt < DwellToEvict)
            return null;
        var holder = TagJudge.HolderNats(state, bay, visit);
        if (holder >= UnsureNats)
            return null;
        var challenger = TagJudge.AheadOfAll(state, bay, candidate.Heard, candidate.Here);
        return challenger - holder >= SurePairNats ? challenger - holder : null;
    }

    /// <summary>What speaks for another vehicle in its place, in nats; null when nothing can yet.</summary>
    public static (double Nats, Onset Onset, ImmutableArray<Evidence> Evidence)? WeighSuccession(TrackerState state, BayState bay, Visit visit, EnterRule.Candidate candidate)
    {
        if (visit.Tags.IsEmpty || LeaveRule.SilenceOf(state, bay, visit) is not { } silence
            || silence.Length < SilentToSucceed || candidate.Here.FirstAt.Monotonic <= visit.Support.Monotonic)
        {
            return null;
        }

        var next = NextVehicleNats + OfPassingAlone(bay, candidate);
        ImmutableArray<Evidence> evidence = [Describe.Silence(silence, silence.Nats), Describe.Succeeded(candidate.Tag, candidate.Here, next)];
        if (Surroundings.Surest(state, bay, occupied: true, 1) is not { } pictures)
            return (silence.Nats + next, silence.Onset, evidence);

        var exchange = OfExchangeSeen(visit, pictures, out var seen);
        return (silence.Nats + next + exchange, silence.Onset, evidence.Add(seen));
    }

    /// <summary>Whether another plate, read again and again since the vehicle's own was read last, shows the next vehicle.</summary>
    /// <param name="leaving">How the one that stood there has left, then.</param>
    public static bool IsSucceededByPlate(TrackerState state, BayState bay, out PlateReading next, out Departure.Leaving leaving)
    {
        (next, leaving) = (null!, default);
        if (bay.Readings.IsEmpty || bay.Visit is not { Tags.IsEmpty: true } visit
            || LeaveRule.SilenceOf(state, bay, visit) is not { } silence
            || bay.Readings.MostOfOnePlate(visit.Support) < ReadingsToSucceed || bay.Readings.Read() is not { IsSure: true } read)
        {
            return false;
        }

        next = read;
        ImmutableArray<Evidence> evidence =
            [Describe.Silence(silence, silence.Nats), Describe.Moved(read.Text, read.Source, bay.Bay, NextVehicleNats)];
        var nats = silence.Nats + NextVehicleNats;
        if (Surroundings.Surest(state, bay, occupied: true, 1) is { } pictures)
        {
            var exchange = OfExchangeSeen(visit, pictures, out var seen);
            (nats, evidence) = (nats + exchange, evidence.Add(seen));
        }

        var last = ObservedAt.Later(visit.Support, visit.EnteredAt);
        leaving = new Departure.Leaving(
            last, last, ObservedAt.Later(last, bay.Readings.FirstAt!.Value), silence.Onset, true, Why.InOrder(evidence)) { Nats = nats };
        return nats >= state.Options.LeaveNats;
    }

    // Where a camera watches, an exchange would have been seen.
    private static double OfExchangeSeen(Visit visit, KeyValuePair<string, OccupancyFilter> pictures, out Evidence evidence)
    {
        var wasSeen = pictures.Value.ToOccupied.Since.Monotonic > visit.Support.Monotonic;
        var nats = wasSeen ? ExchangeSeenNats : NoExchangeSeenNats;
        evidence = Describe.Change(pictures.Key, wasSeen, nats);
        return nats;
    }

    private static double OfPassingAlone(BayState bay, EnterRule.Candidate candidate) => Math.Min(MostNextNats, TagJudge.OfPassing(bay, candidate.Here));

    /// <summary>Ends the visit of any other bay that has this plate, where nothing shows the vehicle any more.</summary>
    public static TrackerState LeaveOthers(TrackerState state, string bayId, PlateReading plate, ObservedAt at, ImmutableArray<Transition>.Builder transitions)
    {
        foreach (var id in state.Layout.Bays)
        {
            if (id == bayId || state.Bays[id] is not { Visit: { } visit } bay || visit.Plate != plate.Text || !plate.IsSure
                || visit.LastSign.Monotonic >= at.Monotonic || Surroundings.LogOddsOfOccupied(state, bay) > 0)
            {
                continue;
            }

            state = Departure.Close(
                state,
                bay,
                new Departure.Leaving(visit.LastSign, visit.LastSign, at, null, false, [Describe.Moved(plate.Text, plate.Source, bayId)]),
                transitions);
        }

        return state;
    }
}
