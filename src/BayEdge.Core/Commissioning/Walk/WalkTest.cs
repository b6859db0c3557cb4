using System.Collections.Immutable;
using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Commissioning.Walk;

/// <summary>Watches a vehicle drive into a bay and out again, and judges whether everything was noticed as it should be.</summary>
/// <remarks>Pure: whoever runs it hands in what happens and asks for the items.</remarks>
public static class WalkTest
{
    // A bay in which more than this is heard tells nothing by hearing it.
    private const int MostIdentities = 256;

    private const int MostEvents = 512;

    public static WalkState Begin(WalkPlan plan, ObservedAt now, bool linkIsUp) => new(plan, now, linkIsUp);

    public static WalkState Step(WalkState state, WalkInput input)
    {
        if (state.EndedAt is not null)
            return state;

        var next = (input switch
        {
            WalkSaw saw => Saw(state, saw),
            WalkDecided decided => Decided(state, decided),
            WalkConfirmed confirmed when state.Confirmed.Length < MostEvents => state with
            {
                Confirmed = [.. state.Confirmed, .. confirmed.Events.Select(confirmedEvent => (confirmedEvent, confirmed.At))],
            },
            WalkLink link => Linked(state, link),
            WalkDrivesOff off => state with { DrivesOffAt = state.DrivesOffAt ?? off.At },
            WalkStopped stopped => state with { EndedAt = stopped.At },
            _ => state,
        }) with
        { Now = ObservedAt.Later(state.Now, input.At) };
        return next.EndedAt is null && IsDecided(next) ? next with { EndedAt = next.Now } : next;
    }

    /// <summary>Everything that is to be proved, in its order, as it stands now.</summary>
    public static ImmutableArray<Check> Items(WalkState state)
    {
        var items = Judge(state);
        return state.EndedAt is null ? items : [.. items.Select(Closed)];
    }

    public static WalkResult Result(WalkState state)
    {
        var items = Items(state);
        return new WalkResult(
            state.Plan.Bay, state.Plan.Plate, state.Plan.Tag, StepRecord.WorstOf(items), items, state.StartedAt.Wall, (state.EndedAt ?? state.Now).Wall)
        {
            Watched = state.Plan.Watched,
        };
    }

    private static ImmutableArray<Check> Judge(WalkState state)
    {
        var items = ImmutableArray.Create(
            ArrivalItem.Judge(state), IdentityItem.Judge(state), NeighboursItem.Judge(state), CentralItem.Judge(state), LeaveItem.Judge(state));
        return state.Plan.WithCut ? items.Add(CutItem.Judge(state)) : items;
    }

    // A bay next door may still speak until the vehicle has left, so the departure ends the test as the last.
    private static bool IsDecided(WalkState state) =>
        state.Since(state.StartedAt) >= state.Plan.Limit
        || Judge(state) is var items && (items.All(IsFinal) || items[0].State == StepState.Failed && state.Visit is null);

    private static bool IsFinal(Check item) => item.State is StepState.Ok or StepState.Warning or StepState.Failed;

    private static Check Closed(Check item) =>
        IsFinal(item) ? item : item with { State = StepState.Failed, Says = WalkSentences.NotTried.With() };

    private static WalkState Saw(WalkState state, WalkSaw saw)
    {
        var (identity, dbm, times) = saw.Sighting switch
        {
            TagSighting tag => (tag.Tag, tag.RssiDbm, tag.Count),
            PlateSighting plate => (plate.Text, (double?)null, 1),
            _ => (null, null, 0),
        };
        var key = (saw.Bay, identity!);
        if (identity is null || (state.Heard.Count >= MostIdentities && !state.Heard.ContainsKey(key)))
            return state;

        var before = state.Heard.GetValueOrDefault(key);
        var strongest = before?.StrongestDbm is { } known && !(dbm > known) ? known : dbm;
        return state with { Heard = state.Heard.SetItem(key, new WalkHeard((before?.Times ?? 0) + times, strongest, saw.At)) };
    }

    private static WalkState Decided(WalkState state, WalkDecided decided)
    {
        var transition = decided.Transition;
        if (state.Told.Length < MostEvents)
            state = state with { Told = state.Told.Add((transition.VisitId, EventComposer.TypeOf(transition), decided.At)) };
        if (transition is VehicleEntered entered)
        {
            if (entered.Bay != state.Plan.Bay)
                return state with { Strays = state.Strays.Add(entered) };
            return state with { Visits = state.Visits.Add(entered), Latest = state.Latest ?? entered };
        }

        if (transition.VisitId != state.Visit?.VisitId)
            return state;
        return transition switch
        {
            VehicleLeft left => state with { Left = left, Latest = left },
            VisitCorrected { IsStillPresent: true } corrected => state with { Left = null, Latest = corrected },
            VisitRetracted retracted => state with { TakenBack = retracted },
            _ => state with { Latest = transition },
        };
    }

    private static WalkState Linked(WalkState state, WalkLink link) => (link.IsUp, state) switch
    {
        (false, { Plan.WithCut: true, Visit: not null, CutAt: null }) => state with { LinkIsUp = false, CutAt = link.At },
        (true, { CutAt: not null, BackAt: null }) => state with { LinkIsUp = true, BackAt = link.At },
        _ => state with { LinkIsUp = link.IsUp },
    };
}
