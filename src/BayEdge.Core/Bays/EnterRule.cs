using System.Collections.Immutable;
using System.Globalization;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays.Signs;
using BayEdge.Core.Identity;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>Opens a visit once something speaks convincingly for a vehicle.</summary>
internal static class EnterRule
{
    // Without anything that watches it, a bay is more likely vacant.
    private const double UnwatchedNats = -3;
    private const double NatsAReading = 2.5;
    private const double MostReadingNats = 6;

    private const double SurelyHereNats = 6;

    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(4);

    // Signs of one vehicle appear together.
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(20);

    /// <summary>A tag that may be a vehicle's.</summary>
    internal readonly record struct Candidate(string Tag, HeardTag Heard, Hearing Here, TagJudge.Verdict Verdict);

    /// <param name="candidates">Tags that were heard in the bay since the last decision.</param>
    public static TrackerState Apply(TrackerState state, string bayId, ImmutableArray<string> candidates, ImmutableArray<Transition>.Builder transitions)
    {
        var bay = state.Bays[bayId];
        foreach (var tag in candidates)
        {
            if (Weigh(state, bay, tag, state.Options.EnterNats) is { } candidate && candidate.Verdict.Nats >= state.Options.EnterNats)
                state = Admit(state, bayId, candidate, transitions);
            bay = state.Bays[bayId];
        }

        return bay.Visit is null ? Seen(state, bay, transitions) : state;
    }

    /// <summary>What speaks for a tag's vehicle being here; null when the tag is not heard here, or lies here without its vehicle.</summary>
    /// <param name="least">Below this nobody asks which rival is the likeliest.</param>
    public static Candidate? Weigh(TrackerState state, BayState bay, string tag, double least = double.NegativeInfinity) =>
        Find(state, bay, tag) is var (heard, here)
            ? new Candidate(tag, heard, here, TagJudge.Judge(state, bay, heard, here, Surroundings.LogOddsOfOccupied(state, bay) + OfReadings(state, bay), least))
            : null;

    /// <summary>What speaks for a tag's being on the vehicle that stands here; null as with <see cref="Weigh"/>.</summary>
    public static Candidate? WeighJoining(TrackerState state, BayState bay, Visit visit, string tag) =>
        Find(state, bay, tag) is var (heard, here) ? new Candidate(tag, heard, here, TagJudge.JudgeJoining(state, bay, heard, here, visit.Tags.IsEmpty)) : null;

    /// <summary>What <see cref="Weigh"/> sums up.</summary>
    public static ImmutableArray<Evidence> EvidenceOf(TrackerState state, BayState bay, Candidate candidate) =>
    [
        Describe.Tag(candidate.Tag, candidate.Here, TagJudge.OfPassing(bay, candidate.Here)),
        .. candidate.Verdict.Rival is { } rival
            ? [OfRival(candidate, rival)]
            : ImmutableArray<Evidence>.Empty,
        .. Around(state, bay),
    ];

    private static Evidence OfRival(Candidate candidate, string rival) => Describe.HeardElsewhere(
        candidate.Tag, candidate.Heard.In(rival)?.Source, rival, candidate.Verdict.Nats - candidate.Verdict.Passing);

    /// <summary>What pictures, contacts and plates say of a vehicle in an empty bay, and from when on they are believed; in nats.</summary>
    public static (double Nats, double Needed) WeighWithoutTags(TrackerState state, BayState bay)
    {
        var nats = Surroundings.LogOddsOfOccupied(state, bay) - Surroundings.OfLeftovers(state, bay) + OfReadings(state, bay);
        return Surroundings.IsWatched(state, bay) ? (nats, state.Options.PicturesEnterNats) : (nats + UnwatchedNats, state.Options.EnterNats);
    }

    /// <summary>What <see cref="WeighWithoutTags"/> sums up.</summary>
    public static IEnumerable<Evidence> EvidenceWithoutTags(TrackerState state, BayState bay) =>
        Surroundings.IsWatched(state, bay) ? Around(state, bay) : Around(state, bay).Append(Describe.Unwatched(UnwatchedNats));

    private static IEnumerable<Evidence> Around(TrackerState state, BayState bay)
    {
        var around = Surroundings.Explain(state, bay).AsEnumerable();
        if (bay.Readings.Read() is { } plate)
            around = around.Append(Describe.Plate(plate, OfReadings(state, bay)));
        return Surroundings.OfLeftovers(state, bay) is > 0 and var leftover ? around.Append(Describe.Leftover(-leftover)) : around;
    }

    private static (HeardTag Heard, Hearing Here)? Find(TrackerState state, BayState bay, string tag)
    {
        if (state.Tags.Find(tag) is not { } heard || heard.LeftBehindIn == bay.Bay || heard.VisitIn == bay.Bay || heard.In(bay.Bay) is not { } here)
            return null;
        if (heard.LeftBehindIn is { } lies && heard.In(lies) is { } lying && state.Now - lying.LastAt < state.Options.ForgetAfter)
            return null;
        if (here.Reads < state.Options.EnterReads || here.Length < state.Options.EnterDwell || state.Now - here.LastAt > Together)
            return null;
        return (heard, here);
    }

    private static TrackerState Admit(TrackerState state, string bayId, Candidate candidate, ImmutableArray<Transition>.Builder transitions)
    {
        var before = state;
        var came = candidate.Here.CameAt();
        if (candidate.Heard.VisitIn is null && CompanionOf(state, bayId, candidate, came) is { } companion)
            return IdentifyRule.JoinTo(state, companion, candidate);
        if (state.Bays[bayId].Visit is { } holder && !MoveRule.CanSucceed(state, state.Bays[bayId], holder, candidate))
            return state;
        if (candidate.Heard.VisitIn is { } elsewhere)
        {
            if (!MoveRule.TryLeave(state, bayId, elsewhere, candidate, transitions, out state))
                return state;
        }

        foreach (var id in state.Layout.Bays)
        {
            if (id != bayId && state.Bays[id].Former is { } left && left.Visit.Tags.Contains(candidate.Tag))
                came = ObservedAt.Later(came, left.LeftAt);
        }

        var bay = state.Bays[bayId];
        if (bay.Visit is { } visit)
        {
            if (!MoveRule.TrySucceed(state, bay, visit, candidate, transitions, out state))
                return state;
            bay = state.Bays[bayId];
        }

        if (ReopenRule.TryReopen(state, bay, candidate, transitions, out var reopened))
            return reopened;
        var when = Dating.Entering(state, bay, came, candidate.Here.Unheard);
        var runnerUp = candidate.Verdict.Rival is { } rival ? Sentences.InBay.With(("bay", rival)) : Sentences.PassingBy.With(("odds", Sentence.Odds(candidate.Verdict.Nats)));
        return Open(state, bay, when, candidate.Here.LastAt, [candidate.Tag], EvidenceOf(before, before.Bays[bayId], candidate), runnerUp, transitions);
    }

    // Two tags that come at the same instant are on one vehicle; where the first of them was placed, the other is too.
    private static string? CompanionOf(TrackerState state, string bayId, Candidate candidate, ObservedAt came)
    {
        if (state.HadJustComeUp(candidate.Here.Source, came))
            return null;
        foreach (var id in state.Layout.Bays)
        {
            if (id == bayId || state.Bays[id].Visit is not { Tags: [var first, ..] } visit || (visit.EnteredAt - came).Duration() > AtOnce
                || candidate.Heard.In(id) is not { } there || state.Tags.Find(first) is null)
            {
                continue;
            }

            if (TagJudge.OfPair(state.Bays[bayId], candidate.Here, state.Bays[id], there) < SurelyHereNats)
                return id;
        }

        return null;
    }

    // No tag, but pictures, a contact or a plate.
    private static TrackerState Seen(TrackerState state, BayState bay, ImmutableArray<Transition>.Builder transitions)
    {
        var (nats, needed) = WeighWithoutTags(state, bay);
        if (nats < needed)
            return state;
        return OpenSeen(state, bay, nats, [.. EvidenceWithoutTags(state, bay)], transitions);
    }

    /// <summary>Opens the visit of the vehicle that has taken the place of one without a tag, when its plate shows it.</summary>
    public static TrackerState Succeed(TrackerState state, string bayId, ImmutableArray<Transition>.Builder transitions)
    {
        if (!MoveRule.IsSucceededByPlate(state, state.Bays[bayId], out var next, out var leaving))
            return state;
        state = Departure.Close(state, state.Bays[bayId], leaving, transitions);
        return OpenSeen(state, state.Bays[bayId], leaving.Nats!.Value, [Describe.Plate(next, leaving.Nats)], transitions);
    }

    private static TrackerState OpenSeen(
        TrackerState state, BayState bay, double nats, ImmutableArray<Evidence> evidence, ImmutableArray<Transition>.Builder transitions)
    {
        var (plate, first, tag) = (bay.Readings.Read(), bay.Readings.FirstAt, FirstTagOf(state, bay));
        var (isByTag, unheard) = (tag is { } early && (first is null || early.FirstAt.Monotonic < first.Value.Monotonic), tag?.Unheard ?? TimeSpan.Zero);
        var when = Dating.Entering(state, bay, isByTag ? tag!.FirstAt : first, isByTag ? unheard : TimeSpan.Zero);
        if (plate is not null)
            state = MoveRule.LeaveOthers(state, bay.Bay, plate, when.At, transitions);
        var runnerUp = Sentences.StillVacant.With(("odds", Sentence.Odds(nats)));
        return Open(state, state.Bays[bay.Bay], when, when.At, [], evidence, runnerUp, transitions);
    }

    // A tag that is just coming in dates the entering to its first read, though it has yet to convince.
    private static Hearing? FirstTagOf(TrackerState state, BayState bay)
    {
        Hearing? first = null;
        foreach (var (_, heard) in state.Tags)
        {
            if (heard.VisitIn is null && heard.LeftBehindIn is null && heard.In(bay.Bay) is { } here
                && state.Now - here.FirstAt < Together && (first is null || (here.FirstAt.Monotonic, here.Unheard).CompareTo((first.FirstAt.Monotonic, first.Unheard)) < 0))
            {
                first = here;
            }
        }

        return first;
    }

    private static TrackerState Open(
        TrackerState state, BayState bay, (ObservedAt At, ObservedAt Earliest, ObservedAt Latest) when, ObservedAt support, ImmutableArray<string> tags,
        ImmutableArray<Evidence> evidence, Phrase runnerUp, ImmutableArray<Transition>.Builder transitions)
    {
        var at = when.At;
        var isSeen = Surroundings.Explain(state, bay).Any(item => item.Weight > 0);
        var visit = new Visit(
            VisitIdOf(bay.Bay, at), at, ObservedAt.Later(at, support), tags, bay.Readings.Since(at - Together), null, null, null, SilenceLedger.Empty, null, null, null,
            isSeen || !bay.Readings.IsEmpty, state.AloneSince is not null, HasNews: true, ObservedAt.Earlier(when.Earliest, at), ObservedAt.Later(when.Latest, at));
        foreach (var tag in tags)
            state = state.With(tag, state.Tags.Find(tag)! with { VisitIn = bay.Bay, LeftBehindIn = null });
        state = IdentifyRule.Learn(state.With(bay with { Visit = visit, Since = at, Former = null, Readings = PlateVotes.None }), bay.Bay);
        state = IdentifyRule.Tell(state, bay.Bay);
        visit = state.Bays[bay.Bay].Visit!;
        transitions.Add(new VehicleEntered(
            bay.Bay, visit.Id, VehicleOf.Visit(visit), at, visit.Earliest, visit.Latest, state.Now,
            [.. Why.InOrder(evidence), .. IdentifyRule.EvidenceOf(state, state.Bays[bay.Bay], but: evidence)])
        {
            IsProvisional = visit.IsProvisional,
            RunnerUp = runnerUp,
            WouldChange = Why.WouldChange(state, state.Bays[bay.Bay]),
        });
        return state;
    }

    private static double OfReadings(TrackerState state, BayState bay)
    {
        var readings = bay.Readings.MostOfOnePlate(state.Now - state.Options.ForgetAfter);
        return readings < state.Options.EnterPlateReadings ? 0 : Math.Min(MostReadingNats, readings * NatsAReading);
    }

    private static string VisitIdOf(string bay, ObservedAt first) =>
        string.Create(CultureInfo.InvariantCulture, $"{bay}-{first.Wall.UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}");
}
