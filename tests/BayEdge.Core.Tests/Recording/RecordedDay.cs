using System.Buffers;
using System.Text;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;
using BayEdge.Core.Recording;
using BayEdge.Core.Timing;
using BayEdge.TestKit;

namespace BayEdge.Core.Tests.Recording;

/// <summary>A device that decides and records as the service does, in segments of any length.</summary>
internal sealed class RecordedDay
{
    public const string Product = "1.0.0";

    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly List<string> _segments = [];
    private readonly List<Transition> _decided = [];
    private readonly List<int> _decidedBefore = [];
    private readonly NeededTime _needed = new();
    private readonly EdgeConfiguration _configuration = Workshop.WithBays(3, new ExpectedVehicle { Ref = "WO-1", Plate = "P1", Tags = ["A1"] });
    private SegmentWriter? _writer;

    public RecordedDay(ObservedAt start)
    {
        State = TrackerState.Start(new BayLayout(_configuration), _configuration.Vehicles, start).WithSourcesDown();
        Begin(RecordedState.AtStart(State, "boot-1", restored: null), follows: null);
    }

    public TrackerState State { get; private set; }

    public IReadOnlyList<string> Segments => _segments;

    public IReadOnlyList<Transition> Decided => _decided;

    /// <summary>What was decided from the beginning of a segment on.</summary>
    public IEnumerable<Transition> DecidedFrom(int segment) => _decided.Skip(_decidedBefore[segment]);

    public void Take(TrackerInput input)
    {
        foreach (var needed in _needed.Needed(State, input))
            _writer!.Write(needed);
        Take(BayTracker.Step(State, input));
    }

    public void BeginNextSegment()
    {
        End();
        Begin(RecordedState.Of(State, "boot-1"), follows: _segments.Count - 1);
    }

    /// <summary>The service ends and starts again; what the sources say of themselves comes with what follows.</summary>
    public void Restart(ObservedAt now)
    {
        var snapshot = TrackerSnapshot.Write(State, "boot-1");
        End();
        var fresh = TrackerState.Start(State.Layout, _configuration.Vehicles, now).WithSourcesDown();
        Begin(RecordedState.AtStart(fresh, "boot-1", snapshot), follows: null);
        var restored = TrackerSnapshot.Restore(fresh, snapshot, "boot-1");
        State = fresh;
        Take(new TrackerStep(restored.State, restored.Transitions));
    }

    public void End()
    {
        _writer!.End(State.Now);
        _segments.Add(Encoding.UTF8.GetString(_lines.WrittenSpan));
        _lines.Clear();
    }

    /// <summary>What a replay of some segments decides, and what it remarks.</summary>
    /// <param name="rules">As if these had held; null for those that did.</param>
    public static (List<Transition> Decided, List<Remark> Remarks) Replay(IEnumerable<string> segments, RulesConfiguration? rules = null)
    {
        var player = new RecordingPlayer(Product, rules);
        var (decided, remarks) = (new List<Transition>(), new List<Remark>());
        foreach (var segment in segments)
        {
            player.BeginSegment();
            foreach (var line in segment.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var played = player.Play(line);
                decided.AddRange(played.Transitions);
                remarks.AddRange(played.Remarks);
            }
        }

        return (decided, remarks);
    }

    /// <summary>Everything of a transition: the bytes that go out, and its instants to the tick.</summary>
    public static string Tell(Transition transition) => string.Join(' ',
        Encoding.UTF8.GetString(Composer.Compose(transition, new ClockInfo(ClockState.Synced, 0, "boot")).Compose(new EventPosition(1, 1))),
        transition.At, transition.Earliest, transition.Latest, transition.DecidedAt, (transition as VehicleLeft)?.EnteredAt);

    private static EventComposer Composer { get; } = new("sh-01", "pi-01");

    private void Begin(RecordedState state, int? follows)
    {
        _decidedBefore.Add(_decided.Count);
        _writer = new SegmentWriter(_lines, new SegmentStart
        {
            Product = Product, Number = _segments.Count, Follows = follows, Configuration = _configuration, State = state,
        });
        _needed.Begin(state.Now);
    }

    private void Take(TrackerStep step)
    {
        State = step.State;
        _decided.AddRange(step.Transitions);
    }
}
