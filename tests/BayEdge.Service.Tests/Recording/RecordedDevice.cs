using BayEdge.Core.Bays;
using BayEdge.Core.Recording;
using BayEdge.Service.Bays;
using BayEdge.Service.Recording;
using BayEdge.Simulator.Scenarios;
using BayEdge.Storage.Recording;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Recording;

/// <summary>A device in an invented workshop, which decides and records as the service does but in virtual time.</summary>
internal sealed class RecordedDevice(Scenario scenario, string folder) : IAsyncDisposable
{
    // As the service: sources may report so late, and a snapshot goes with every event, and every five minutes without one.
    private static readonly TimeSpan ReportDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SnapshotEvery = TimeSpan.FromMinutes(5);

    // The recorder must keep pace with a day that passes in seconds.
    private const int FlushEvery = 1_000;

    private readonly FakeTimeProvider _time = new(scenario.Options.Start);
    private readonly BayLayout _layout = new(scenario.Configuration);
    private readonly List<Transition> _decided = [];
    private ArrivalOrder _arrived = new();
    private FlightRecorder? _recorder;
    private TrackerState? _state;
    private TrackerState? _stored;
    private int _sinceFlush;

    public IReadOnlyList<Transition> Decided => _decided;

    /// <summary>Lives through the scenario.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        Start(scenario.Options.Start, snapshot: null);
        foreach (var input in scenario.Inputs())
        {
            if (input.Interruption is { } interruption)
                await InterruptAsync(interruption, cancellationToken);
            else
                Take(input);
            if (++_sinceFlush % FlushEvery == 0)
                await _recorder!.FlushAsync(cancellationToken);
        }

        PassTime(scenario.End);
        await _recorder!.DisposeAsync();
    }

    public ValueTask DisposeAsync() => _recorder?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Take(ScenarioInput input)
    {
        _arrived.TryAdd(new SightingInput(input.Sighting!).ToMilliseconds());
        PassTime(input.At);
    }

    private async Task InterruptAsync(Interruption interruption, CancellationToken cancellationToken)
    {
        PassTime(interruption.From);
        await _recorder!.FlushAsync(cancellationToken);
        // After a power cut the segment just breaks off.
        if (!interruption.PowerWasCut)
            await _recorder.DisposeAsync();
        var left = interruption.PowerWasCut ? _stored! : _state!;
        Start(interruption.To, TrackerSnapshot.Write(left, scenario.Clock.BootAt(interruption.From)));
    }

    private void Start(DateTimeOffset at, ReadOnlyMemory<byte>? snapshot)
    {
        var now = scenario.Clock.At(at).ToMilliseconds();
        var boot = scenario.Clock.BootAt(at);
        _recorder = new FlightRecorder(
            new FlightRecorderOptions
            {
                Product = Replays.Product,
                Configuration = scenario.Configuration,
                BootId = boot,
                Store = new RecordingOptions { Folder = folder, Span = TimeSpan.FromDays(30), KeptFreeBytes = 0 },
            },
            _time,
            NullLogger<FlightRecorder>.Instance);
        _arrived = new ArrivalOrder();
        var fresh = TrackerState.Start(_layout, scenario.Configuration.Vehicles, now).WithSourcesDown();
        _recorder.Begin(RecordedState.AtStart(fresh, boot, snapshot));
        _state = snapshot is { } saved ? TrackerSnapshot.Restore(fresh, saved.Span, boot).State : fresh;
        _stored = _state;
    }

    // As a turn of the bay loop.
    private void PassTime(DateTimeOffset at)
    {
        if (at - _time.GetUtcNow() is var passed && passed > TimeSpan.Zero)
            _time.Advance(passed);
        var settled = scenario.Clock.At(at).ToMilliseconds() - ReportDelay;
        while (_arrived.Next(_state!, settled) is { } next)
            Step(next);
        Step(new TimePassed(settled));
    }

    private void Step(TrackerInput input)
    {
        var step = BayTracker.Step(_state!, input);
        _recorder!.Took(_state!, input, step);
        _state = step.State;
        _decided.AddRange(step.Transitions);
        if (!step.Transitions.IsEmpty || _state.Now - _stored!.Now >= SnapshotEvery)
            _stored = _state;
    }
}
