using BayEdge.Core.Bays;
using BayEdge.Simulator.Scenarios;

namespace BayEdge.Benchmarks.Scenarios;

/// <summary>The product's tracker, run as the service runs it.</summary>
internal sealed class BayTrackerContestant : IContestant
{
    // As the service: a snapshot goes with every event, and every five minutes without one.
    private static readonly TimeSpan SnapshotEvery = TimeSpan.FromMinutes(5);

    private readonly Scenario _scenario;
    private readonly BayLayout _layout;
    private readonly List<DecidedVisit> _visits = [];
    private readonly Dictionary<string, DecidedVisit> _byId = new(StringComparer.Ordinal);
    private TrackerState _state;
    private TrackerState _stored;

    public BayTrackerContestant(Scenario scenario)
    {
        _scenario = scenario;
        _layout = new BayLayout(scenario.Configuration);
        _state = _stored = Fresh(scenario.Options.Start);
    }

    public string Name => "BayEdge";

    public void Take(in ScenarioInput input)
    {
        if (input.Interruption is { } interruption)
            Restart(interruption);
        else
            Learn(BayTracker.Step(_state, new SightingInput(input.Sighting!)), input.At);
    }

    public IReadOnlyList<DecidedVisit> End()
    {
        Learn(BayTracker.AdvanceTo(_state, _scenario.Clock.At(_scenario.End)), _scenario.End);
        return _visits;
    }

    private void Restart(Interruption interruption)
    {
        Learn(BayTracker.AdvanceTo(_state, _scenario.Clock.At(interruption.From)), interruption.From);
        var snapshot = TrackerSnapshot.Write(interruption.PowerWasCut ? _stored : _state, _scenario.Clock.BootAt(interruption.From));
        _state = _stored = TrackerSnapshot.Restore(
            Fresh(interruption.To).WithSourcesDown(), snapshot, _scenario.Clock.BootAt(interruption.To)).State;
    }

    private TrackerState Fresh(DateTimeOffset at) => TrackerState.Start(_layout, _scenario.Configuration.Vehicles, _scenario.Clock.At(at));

    private void Learn(TrackerStep step, DateTimeOffset now)
    {
        _state = step.State;
        foreach (var transition in step.Transitions)
            Tell(transition, now);
        if (!step.Transitions.IsEmpty || _state.Now - _stored.Now >= SnapshotEvery)
            _stored = _state;
    }

    private void Tell(Transition transition, DateTimeOffset now)
    {
        var at = _scenario.Clock.TrueTimeOf(transition.At, now);
        var decidedAt = _scenario.Clock.TrueTimeOf(transition.DecidedAt, now);
        switch (transition)
        {
            case VehicleEntered:
                var visit = new DecidedVisit(transition.Bay, transition.Vehicle, at, decidedAt) { EnteredWithin = Bounds(transition, now) };
                _visits.Add(_byId[transition.VisitId] = visit);
                break;
            case VehicleIdentified:
                _byId[transition.VisitId].Identify(transition.Vehicle);
                break;
            case VehicleLeft:
                _byId[transition.VisitId].Identify(transition.Vehicle);
                _byId[transition.VisitId].Leave(at, decidedAt);
                _byId[transition.VisitId].LeftWithin = Bounds(transition, now);
                break;
            case VisitCorrected corrected:
                Correct(_byId[transition.VisitId], corrected, now);
                break;
            case VisitRetracted:
                _byId[transition.VisitId].Retract();
                break;
            default:
                throw new InvalidOperationException($"The scoring has no rule for a {transition.GetType().Name}; write one.");
        }
    }

    private (DateTimeOffset Earliest, DateTimeOffset Latest) Bounds(Transition transition, DateTimeOffset now) =>
        (_scenario.Clock.TrueTimeOf(transition.Earliest, now), _scenario.Clock.TrueTimeOf(transition.Latest, now));

    private void Correct(DecidedVisit visit, VisitCorrected corrected, DateTimeOffset now)
    {
        var at = _scenario.Clock.TrueTimeOf(corrected.At, now);
        var decidedAt = _scenario.Clock.TrueTimeOf(corrected.DecidedAt, now);
        visit.Identify(corrected.Vehicle);
        visit.CorrectEntering(corrected.EnteredAt is { } enteredAt ? _scenario.Clock.TrueTimeOf(enteredAt, now) : at, decidedAt);
        if (corrected.IsStillPresent)
            visit.Reopen();
        else if (corrected.EnteredAt is not null)
            visit.Leave(at, decidedAt);
    }
}
