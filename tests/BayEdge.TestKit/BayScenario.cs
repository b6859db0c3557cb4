using System.Globalization;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;

namespace BayEdge.TestKit;

/// <summary>Tells what happens at the bays of a <see cref="Workshop"/> on one day, and what the tracker makes of it. Virtual time only.</summary>
/// <remarks>Times are times of day, <c>08:00:00</c> or <c>08:00:00.5</c>. Everything starts at the time of the last <see cref="At"/>.</remarks>
public sealed class BayScenario(EdgeConfiguration? configuration = null, TrackerOptions? options = null)
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly EdgeConfiguration _configuration = configuration ?? Workshop.WithBays(2);
    private readonly List<(TimeSpan At, ScenarioAction Action)> _actions = [];
    private TimeSpan _at;

    public static DateTimeOffset Time(string timeOfDay) => Midnight + Parse(timeOfDay);

    public BayScenario At(string timeOfDay)
    {
        _at = Parse(timeOfDay);
        return this;
    }

    /// <param name="until">The last read is not after this; one read when null.</param>
    public BayScenario TagReads(string tag, string bay = "bay-01", double? rssiDbm = -55, double everySeconds = 0.5, string? until = null) =>
        Repeat(everySeconds, until, at => new TagSighting(at, Workshop.Reader, Workshop.Number(bay), tag, rssiDbm, 1));

    /// <summary>One read that is reported only later.</summary>
    public BayScenario TagReadReportedLate(string tag, string reportedAt, string bay = "bay-01", double? rssiDbm = -55)
    {
        var readAt = _at;
        _actions.Add((Parse(reportedAt), run => run.See(readAt, at => new TagSighting(at, Workshop.Reader, Workshop.Number(bay), tag, rssiDbm, 1))));
        return this;
    }

    /// <param name="until">The last reading is not after this; one reading when null.</param>
    public BayScenario PlateReads(string plate, string bay = "bay-01", double confidence = 0.9, double everySeconds = 0.5, string? until = null) =>
        Repeat(everySeconds, until, at => new PlateSighting(at, Workshop.Camera(bay), bay, plate, confidence));

    /// <param name="until">The last picture is not after this; one picture when null.</param>
    public BayScenario PictureShows(double occupied, string bay = "bay-01", double everySeconds = 1, string? until = null) =>
        Repeat(everySeconds, until, at => new OccupancySighting(at, Workshop.Camera(bay), bay, occupied));

    public BayScenario ContactCloses(string bay = "bay-01") => Repeat(1, null, at => new PresenceSighting(at, Workshop.Loop(bay), true));

    public BayScenario ContactOpens(string bay = "bay-01") => Repeat(1, null, at => new PresenceSighting(at, Workshop.Loop(bay), false));

    public BayScenario SourceGoesDown(string source = Workshop.Reader) => Repeat(1, null, at => new SourceSighting(at, source, SourceState.Down));

    public BayScenario SourceComesUp(string source = Workshop.Reader) => Repeat(1, null, at => new SourceSighting(at, source, SourceState.Up));

    /// <summary>Another device, <c>pi-02</c>, tells every second what one of its bays hears.</summary>
    /// <param name="until">The last word is not after this; one word when null.</param>
    public BayScenario NeighbourHears(string tag, string bay = "bay-09", double? rssiDbm = -55, string? until = null, bool isVisiting = true)
    {
        var last = until is null ? _at : Parse(until);
        for (var at = _at; at <= last; at += TimeSpan.FromSeconds(1))
        {
            var when = at;
            _actions.Add((when, run => run.Tell(when, heard => new NeighbourHeard(heard, "pi-02", bay, tag, rssiDbm, 2, isVisiting))));
        }

        return this;
    }

    /// <summary>Another device, <c>pi-02</c>, has the tag's vehicle in a visit, says so every few seconds and hears nothing of it.</summary>
    /// <param name="until">The last word is not after this.</param>
    public BayScenario NeighbourHolds(string tag, string until, string bay = "bay-09")
    {
        for (var at = _at; at <= Parse(until); at += TimeSpan.FromSeconds(5))
        {
            var when = at;
            _actions.Add((when, run => run.Tell(when, told => new NeighbourHeard(told, "pi-02", bay, tag, null, 0, IsVisiting: true))));
        }

        return this;
    }

    public BayScenario NeighboursAreAway() => Reach(false);

    public BayScenario NeighboursAreBack() => Reach(true);

    /// <summary>The workshop sends another list of vehicles.</summary>
    public BayScenario VehiclesAreExpected(params Contracts.State.ExpectedVehicle[] vehicles)
    {
        _actions.Add((_at, run => run.Expect(vehicles)));
        return this;
    }

    /// <summary>A person says which plate the vehicle in a bay has.</summary>
    /// <param name="visit">Null for the visit that the bay had last.</param>
    public BayScenario PlateStated(string plate, string bay = "bay-01", string? visit = null)
    {
        var when = _at;
        _actions.Add((when, run => run.StatePlate(when, bay, plate, visit)));
        return this;
    }

    /// <summary>The service ends and starts again at once on the running computer; every source connects a second later.</summary>
    public BayScenario ServiceRestarts() => Restarts(_at, newBoot: false, configuration: null);

    /// <summary>The power goes and comes back; every source connects a second after that.</summary>
    /// <param name="configuration">What the device is told from then on; unchanged when null.</param>
    public BayScenario PowerIsOut(string until, EdgeConfiguration? configuration = null) => Restarts(Parse(until), newBoot: true, configuration);

    /// <summary>Feeds everything in the order of its arrival, as a replay does, and lets time run on to the end.</summary>
    /// <param name="until">The end; an hour after the last that happens when null.</param>
    public ScenarioOutcome Run(string? until = null)
    {
        var actions = _actions.OrderBy(action => action.At).ToList();
        var end = until is not null ? Parse(until) : actions[^1].At + TimeSpan.FromHours(1);
        var run = new ScenarioRun(_configuration, options, Midnight, actions[0].At);
        foreach (var (_, action) in actions)
            action(run);
        return run.EndAt(end);
    }

    private BayScenario Repeat(double everySeconds, string? until, Func<ObservedAt, Sighting> see)
    {
        var last = until is null ? _at : Parse(until);
        for (var at = _at; at <= last; at += TimeSpan.FromSeconds(everySeconds))
        {
            var when = at;
            _actions.Add((when, run => run.See(when, see)));
        }

        return this;
    }

    private BayScenario Reach(bool reachable)
    {
        var when = _at;
        _actions.Add((when, run => run.Tell(when, at => new NeighboursReachable(at, reachable))));
        return this;
    }

    private BayScenario Restarts(TimeSpan back, bool newBoot, EdgeConfiguration? configuration)
    {
        // The snapshot is of the moment before: nothing is written while the power is out.
        byte[] snapshot = [];
        var cut = _at;
        _actions.Add((cut, run => snapshot = run.Snapshot(cut)));
        _actions.Add((back, run => run.Restart(back, snapshot, newBoot, configuration)));
        _actions.Add((back + TimeSpan.FromSeconds(1), run => run.AllSourcesComeUp(back + TimeSpan.FromSeconds(1))));
        return this;
    }

    private static TimeSpan Parse(string timeOfDay) => TimeSpan.Parse(timeOfDay, CultureInfo.InvariantCulture);
}

internal delegate void ScenarioAction(ScenarioRun run);
