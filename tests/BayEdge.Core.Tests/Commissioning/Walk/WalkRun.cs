using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Commissioning;
using BayEdge.Core.Commissioning.Walk;
using BayEdge.Core.Delivery;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.TestKit;

namespace BayEdge.Core.Tests.Commissioning.Walk;

/// <summary>A vehicle at two bays of a workshop, the tracker that decides, and the walk test that watches both. One tick is half a second.</summary>
internal sealed class WalkRun
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(0.5);
    private static readonly ObservedAt Start = new(BayScenario.Time("08:00:00"), TimeSpan.FromHours(1));

    private readonly BayLayout _layout = new(Workshop.WithBays(2));
    private readonly Queue<ConfirmedEvent> _unconfirmed = new();
    private readonly bool _centralConfirms;
    private ObservedAt _now = Start;
    private TrackerState _tracker;
    private bool _linkIsUp = true;
    private long _sequence;

    public WalkRun(WalkPlan? plan = null, bool centralConfirms = true)
    {
        _centralConfirms = centralConfirms;
        _tracker = TrackerState.Start(_layout, [], Start, null);
        foreach (var source in Workshop.WithBays(2).Sources)
            See(new SourceSighting(_now, source.Id, SourceState.Up));
        State = WalkTest.Begin(plan ?? Plan(), Start, linkIsUp: true);
    }

    public WalkState State { get; private set; }

    public static WalkPlan Plan(string? plate = null, string? tag = null) =>
        new() { Bay = "bay-01", OtherBays = ["bay-02"], Plate = plate, Tag = tag };

    public Check Item(string id) => WalkTest.Items(State).Single(item => item.Id == id);

    public string Says(string id) => $"{Item(id).State}: {Item(id).Says.Text}";

    /// <summary>Lets a tag and a plate be noticed every half second.</summary>
    /// <param name="otherDbm">How strongly the other bay hears the tag; null for not at all.</param>
    public WalkRun Stands(double seconds, string? tag = null, string? plate = null, double dbm = -50, double? otherDbm = null)
    {
        for (var end = _now + TimeSpan.FromSeconds(seconds); _now.Monotonic < end.Monotonic;)
        {
            if (tag is not null)
                See(new TagSighting(_now, Workshop.Reader, 1, tag, dbm, 1));
            if (tag is not null && otherDbm is not null)
                See(new TagSighting(_now, Workshop.Reader, 2, tag, otherDbm, 1));
            if (plate is not null)
                See(new PlateSighting(_now, Workshop.Camera("bay-01"), "bay-01", plate, 0.95));
            Pass();
        }

        return this;
    }

    public WalkRun SeesInOtherBay(double seconds, string tag)
    {
        for (var end = _now + TimeSpan.FromSeconds(seconds); _now.Monotonic < end.Monotonic; Pass())
            See(new TagSighting(_now, Workshop.Reader, 2, tag, -48, 1));
        return this;
    }

    /// <summary>Nothing is noticed; the camera sees the bay empty.</summary>
    public WalkRun Empty(double seconds)
    {
        for (var end = _now + TimeSpan.FromSeconds(seconds); _now.Monotonic < end.Monotonic; Pass())
            See(new OccupancySighting(_now, Workshop.Camera("bay-01"), "bay-01", 0.02));
        return this;
    }

    public WalkRun DrivesOff()
    {
        Tell(new WalkDrivesOff(_now));
        return this;
    }

    public WalkRun Link(bool isUp)
    {
        _linkIsUp = isUp;
        Tell(new WalkLink(_now, isUp));
        return this;
    }

    public WalkRun Stop()
    {
        Tell(new WalkStopped(_now));
        return this;
    }

    public void Tell(WalkInput input) => State = WalkTest.Step(State, input);

    public ObservedAt Now => _now;

    private void Pass()
    {
        _now += Tick;
        if (_linkIsUp && _centralConfirms && _unconfirmed.Count > 0)
        {
            Tell(new WalkConfirmed(_now, [.. _unconfirmed]));
            _unconfirmed.Clear();
        }

        Take(BayTracker.Step(_tracker, new TimePassed(_now)));
        Tell(new WalkTimePassed(_now));
    }

    private void See(Sighting sighting)
    {
        if (State is not null && _layout.BayOf(sighting) is { } bay)
            Tell(new WalkSaw(_now, bay, sighting));
        Take(BayTracker.Step(_tracker, new SightingInput(sighting)));
    }

    private void Take(TrackerStep step)
    {
        _tracker = step.State;
        foreach (var transition in step.Transitions)
        {
            Tell(new WalkDecided(_now, transition));
            _unconfirmed.Enqueue(new ConfirmedEvent(new EventPosition(1, ++_sequence), transition.VisitId, EventComposer.TypeOf(transition)));
        }
    }
}
