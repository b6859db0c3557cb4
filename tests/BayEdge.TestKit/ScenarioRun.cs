using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;

namespace BayEdge.TestKit;

/// <summary>One run of a <see cref="BayScenario"/>: the tracker's state and the computer's clocks.</summary>
internal sealed class ScenarioRun
{
    private readonly TrackerOptions? _options;
    private readonly DateTimeOffset _midnight;
    private readonly List<Transition> _transitions = [];
    private EdgeConfiguration _configuration;
    private TrackerState _state;
    private TimeSpan _bootedAt;
    private int _boot = 1;

    public ScenarioRun(EdgeConfiguration configuration, TrackerOptions? options, DateTimeOffset midnight, TimeSpan startedAt)
    {
        _options = options;
        _midnight = midnight;
        _configuration = configuration;
        _state = Start(startedAt);
    }

    public void See(TimeSpan at, Func<ObservedAt, Sighting> see) => Tell(at, seen => new SightingInput(see(seen)));

    public void Tell(TimeSpan at, Func<ObservedAt, TrackerInput> tell) => Take(BayTracker.Step(_state, tell(Observed(at))));

    public void Expect(IEnumerable<ExpectedVehicle> vehicles) => Take(BayTracker.Step(_state, new VehiclesExpected([.. vehicles])));

    /// <param name="visit">Null for the visit that the bay had last.</param>
    public void StatePlate(TimeSpan at, string bay, string plate, string? visit)
    {
        Take(BayTracker.AdvanceTo(_state, Observed(at)));
        Take(BayTracker.Step(_state, new PlateStated(bay, visit ?? _transitions.FindLast(transition => transition.Bay == bay)!.VisitId, plate)));
    }

    public byte[] Snapshot(TimeSpan at)
    {
        Take(BayTracker.AdvanceTo(_state, Observed(at)));
        return TrackerSnapshot.Write(_state, BootId);
    }

    public void Restart(TimeSpan at, byte[] snapshot, bool newBoot, EdgeConfiguration? configuration)
    {
        _configuration = configuration ?? _configuration;
        if (newBoot)
            (_boot, _bootedAt) = (_boot + 1, at);
        var restored = TrackerSnapshot.Restore(Start(at).WithSourcesDown(), snapshot, BootId);
        Take(new TrackerStep(restored.State, restored.Transitions));
    }

    public void AllSourcesComeUp(TimeSpan at)
    {
        foreach (var source in _configuration.Sources)
            See(at, observed => new SourceSighting(observed, source.Id, SourceState.Up));
    }

    public ScenarioOutcome EndAt(TimeSpan at)
    {
        Take(BayTracker.AdvanceTo(_state, Observed(at)));
        return new ScenarioOutcome(_state, _transitions);
    }

    private string BootId => $"boot-{_boot}";

    private TrackerState Start(TimeSpan at) => TrackerState.Start(new BayLayout(_configuration), _configuration.Vehicles, Observed(at), _options);

    private ObservedAt Observed(TimeSpan at) => new(_midnight + at, at - _bootedAt);

    private void Take(TrackerStep step)
    {
        _state = step.State;
        _transitions.AddRange(step.Transitions);
    }
}
