using System.Collections.Immutable;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.State;
using BayEdge.Core.Identity;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Bays;

/// <summary>Adds to an open visit what has become known of its vehicle.</summary>
internal static class IdentifyRule
{
    // A tag that is first heard as the vehicle comes in is most likely its own; one that turns up later may be a passer-by's.
    private const double CameTogetherNats = 3;
    private const double CameLaterNats = -3;

    // What is told once is kept a little longer than a vehicle is named by it.
    private const double OtherPlateNats = ExpectedMatch.MostMismatchNats + 1;

    private static readonly TimeSpan CameTogether = TimeSpan.FromSeconds(15);

    public static TrackerState Apply(
        TrackerState state, string bayId, ImmutableArray<string> heard, bool expectedChanged, ImmutableArray<Transition>.Builder transitions)
    {
        if (state.Bays[bayId].Visit is not { } before)
            return state;
        foreach (var tag in heard)
            state = Join(state, bayId, tag);
        if (!expectedChanged && !state.Bays[bayId].Visit!.HasNews)
            return state;
        if (state.Bays[bayId].Visit!.Reading is { } read)
            state = MoveRule.LeaveOthers(state, bayId, read, before.EnteredAt, transitions);
        state = Learn(state, bayId);
        var bay = state.Bays[bayId];
        var after = bay.Visit!;
        var told = before.Told ?? ToldVehicle.Of(before);
        if (told.IsAllOf(after))
            return state;

        transitions.Add(told.Contradicts(after)
            ? new VisitCorrected(
                bayId, after.Id, VehicleOf.Visit(after), after.EnteredAt, after.Earliest, after.Latest, state.Now, [.. EvidenceOf(state, bay, [])],
                null, IsStillPresent: false, Sentences.AnotherVehicle.With())
            {
                RunnerUp = Sentences.AsToldBefore.With(("vehicle", Why.NameOf(told.Ref, told.Plate, told.Tags).Text)),
                WouldChange = Sentences.AnotherName.With(),
            }
            : new VehicleIdentified(
                bayId, after.Id, VehicleOf.Visit(after), after.EnteredAt, after.Earliest, after.Latest, state.Now, [.. EvidenceOf(state, bay, [])])
            {
                RunnerUp = NextBest(state, after),
                WouldChange = Sentences.AnotherName.With(),
            });
        return Tell(state, bayId);
    }

    private static Phrase? NextBest(TrackerState state, Visit visit) =>
        visit.Ref is { } reference && visit.Reading is { } reading && ExpectedMatch.NextBest(state.Expected, reference, reading) is { } next
            ? Sentences.NextExpected.With(("vehicle", next.Ref), ("odds", Sentence.Odds(next.Nats)))
            : null;

    /// <summary>Remembers that an event has told what is known of the vehicle now.</summary>
    public static TrackerState Tell(TrackerState state, string bayId)
    {
        var bay = state.Bays[bayId];
        return state.With(bay with { Visit = bay.Visit! with { Told = ToldVehicle.Of(bay.Visit) } });
    }

    // The pictures say that there is a vehicle, not that it is this one's tag.
    private static TrackerState Join(TrackerState state, string bayId, string tag)
    {
        var bay = state.Bays[bayId];
        var visit = bay.Visit!;
        if (state.Tags.Find(tag) is not { VisitIn: null } heard || heard.In(bayId) is not { } here)
            return state;
        if (visit.Tags.IsEmpty && !bay.Readings.IsEmpty && here.FirstAt.Monotonic > visit.Support.Monotonic
            && state.Now - bay.Readings.LastAt!.Value < state.Options.LateSilence)
        {
            // It may be the next vehicle's, whose plate is being read.
            return state;
        }

        var offset = here.FirstAt - visit.EnteredAt;
        var isKnown = visit.Ref is { } reference && IsTagOf(state, reference, tag);
        if (!visit.Tags.IsEmpty && !isKnown && !IsSecondTag(here, visit, offset))
            return state;
        if (EnterRule.WeighJoining(state, bay, visit, tag) is not { } candidate)
            return state;
        var nats = candidate.Verdict.Nats + OfComing(state, here, offset);
        if (nats < state.Options.EnterNats && !isKnown)
            return state;
        return JoinTo(state, bayId, candidate);
    }

    private static double OfComing(TrackerState state, Hearing here, TimeSpan offset)
    {
        if (state.HadJustComeUp(here.Source, here.FirstAt))
            return 0;
        return offset.Duration() <= CameTogether ? CameTogetherNats : CameLaterNats;
    }

    /// <summary>Takes one more tag to be on the vehicle of a visit.</summary>
    public static TrackerState JoinTo(TrackerState state, string bayId, EnterRule.Candidate candidate)
    {
        var bay = state.Bays[bayId];
        var visit = bay.Visit!;
        return state
            .With(candidate.Tag, candidate.Heard with { VisitIn = bayId })
            .With(bay with
            {
                Due = state.Now,
                Visit = visit with { Tags = visit.Tags.Add(candidate.Tag), HasNews = true, Support = ObservedAt.Later(visit.Support, candidate.Heard.In(bayId)?.LastAt ?? visit.Support) },
            });
    }

    // While the first tag is being read, another that came with it is on the same vehicle.
    private static bool IsSecondTag(Hearing here, Visit visit, TimeSpan offset) =>
        offset.Duration() <= CameTogether && here.FirstAt.Monotonic <= visit.Support.Monotonic;

    private static bool IsTagOf(TrackerState state, string reference, string tag)
    {
        foreach (var vehicle in state.Expected)
        {
            if (vehicle.Ref == reference && vehicle.Tags.Contains(tag))
                return true;
        }

        return false;
    }

    /// <summary>A visit without a tag that has driven away on another vehicle, and without the name that went with it.</summary>
    public static Visit Without(TrackerState state, Visit visit, string tag)
    {
        visit = visit with { Tags = visit.Tags.Remove(tag), HasNews = true };
        if (visit.Stated is not null || visit.Ref is not { } named || !IsTagOf(state, named, tag)
            || visit.Tags.Any(other => IsTagOf(state, named, other)))
            return visit;
        if (state.Expected.First(vehicle => vehicle.Ref == named).Plate is not { } plate)
            return visit with { Ref = null };
        var others = visit.Readings.Texts.Where(vote => !SamePlate.MayBe(vote.Text, plate));
        var readings = new PlateVotes([.. others], visit.Readings.LongestPause);
        return visit.Plate == plate
            ? visit with { Ref = null, Plate = null, PlateConfidence = null, Readings = readings }
            : visit with { Ref = null, Readings = readings };
    }

    /// <summary>The visit with the plate and the reference that tags and readings name.</summary>
    public static TrackerState Learn(TrackerState state, string bayId)
    {
        var bay = state.Bays[bayId];
        var visit = bay.Visit!;
        var reading = visit.Reading;
        var match = MatchOf(state, visit);
        var isElsewhere = match is not null && IsElsewhere(state, bayId, other => other.Ref == match.Ref);
        if (isElsewhere)
            match = null;
        var plate = PlateOf(visit, reading, match);
        if (plate is not null && IsElsewhere(state, bayId, other => other.Plate == plate))
            (plate, isElsewhere) = (visit.Plate, true);
        var isRead = plate is not null && reading is not null && visit.Stated is null && (plate == reading.Text || reading.MismatchWith(plate) < OtherPlateNats);
        return state.With(bay with { Visit = visit with
        {
            HasNews = false,
            IsNamedElsewhere = isElsewhere,
            Ref = match?.Ref ?? (visit.Stated is null ? visit.Ref : null),
            Plate = plate,
            PlateConfidence = visit.PlateConfidence is { } told && visit.Plate == plate ? told : isRead ? Math.Round(reading!.Confidence, 2) : null,
        } });
    }

    /// <summary>The expected vehicle that it is, as far as tags, readings and a person's word tell.</summary>
    public static ExpectedVehicle? MatchOf(TrackerState state, Visit visit) => visit.Stated is { } stated
        ? ExpectedMatch.OfStated(state.Expected, visit.Tags, stated)
        : ExpectedMatch.Find(state.Expected, visit.Tags, visit.Reading);

    // The workshop's list mends a reading, though never what a person says; it also names the plate of a vehicle that shows only its tag.
    private static string? PlateOf(Visit visit, PlateReading? reading, ExpectedVehicle? match)
    {
        if (visit.Stated is { } stated)
            return stated;
        if (match?.Plate is { } known && (reading is null || reading.MismatchWith(known) <= OtherPlateNats || !reading.IsSure))
            return known;
        return reading is { IsSure: true } ? reading.Text : visit.Plate;
    }

    /// <summary>Has every name that a vehicle elsewhere had looked at again, for something was told of one.</summary>
    public static TrackerState Reconsider(TrackerState state)
    {
        foreach (var id in state.Layout.Bays)
        {
            if (state.Bays[id] is { Visit: { IsNamedElsewhere: true, HasNews: false } visit } bay)
                state = state.With(bay with { Visit = visit with { HasNews = true } });
        }

        return state;
    }

    // A vehicle is in one bay only.
    public static bool IsElsewhere(TrackerState state, string bayId, Predicate<Visit> isIt) =>
        state.Bays.Values.Any(bay => bay.Bay != bayId && bay.Visit is { } visit && isIt(visit));

    /// <param name="but">What is told already.</param>
    public static IEnumerable<Evidence> EvidenceOf(TrackerState state, BayState bay, ImmutableArray<Evidence> but)
    {
        var visit = bay.Visit!;
        var reading = visit.Reading;
        var all = visit.Tags
            .Select(tag => state.Tags.Find(tag)?.In(bay.Bay) is { } hearing ? Describe.Tag(tag, hearing) : null)
            .Append(reading is null || visit.PlateConfidence is null ? null : Describe.Plate(reading))
            .Append(visit.Stated is { } stated && stated == visit.Plate ? Describe.Stated(stated) : null)
            .Append(visit.Ref is null ? null : Describe.Expected(visit.Ref, reading is not null && visit.Plate is not null && reading.Text != visit.Plate ? reading.Text : null));
        return all.OfType<Evidence>().Where(item => !but.Any(told => told.Kind == item.Kind && told.Detail == item.Detail));
    }
}
