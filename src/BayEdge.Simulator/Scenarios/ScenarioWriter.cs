using BayEdge.Simulator.Cameras;
using BayEdge.Simulator.Workshop;

namespace BayEdge.Simulator.Scenarios;

/// <summary>Invents what truly happens; used once.</summary>
internal sealed class ScenarioWriter(ScenarioOptions options, Draws draws)
{
    // Long enough for every tracker to make up its mind.
    private static readonly TimeSpan QuietEnd = TimeSpan.FromHours(1);

    private readonly TrafficOptions _traffic = options.Traffic;
    private readonly TagNoise _tags = options.Noise.Tags;
    private readonly DateTimeOffset _lastLeaving = options.Start + options.Duration - QuietEnd;
    private readonly ScenarioVehicles _vehicles = new(options.Traffic, draws.For("vehicles"));
    private readonly ShadowWriter _shadows = new(options.Noise.Tags, draws.For("shadows"));
    private readonly List<TrueVisit> _visits = [];
    private readonly List<Journey> _journeys = [];
    private readonly Dictionary<SimulatedVehicle, TrueVisit> _lastVisits = [];
    private readonly HashSet<SimulatedVehicle> _goneForGood = [];

    public ScenarioTruth Write()
    {
        SimulatedBay[] bays = [.. Enumerable.Range(0, options.Bays).Select(index => SimulatedBay.InRow(index, hasCamera: true))];
        var arrivals = new PriorityQueue<SimulatedBay, DateTimeOffset>();
        foreach (var bay in bays)
            arrivals.Enqueue(bay, options.Start + draws.LogUniform(_traffic.ShortestEmpty, _traffic.LongestEmpty));

        while (arrivals.TryDequeue(out var bay, out var free))
        {
            if (Arrive(bay, free) is { } visit)
                arrivals.Enqueue(bay, visit.LeftAt + draws.LogUniform(_traffic.ShortestEmpty, _traffic.LongestEmpty));
        }

        Pass();
        return new ScenarioTruth(
            bays,
            [.. bays.Where(_ => draws.Happens(options.Noise.Contacts.ContactShare))],
            _vehicles.All,
            _vehicles.Expected,
            [.. _visits.OrderBy(visit => visit.EnteredAt)],
            [.. _journeys.OrderBy(journey => journey.From)]);
    }

    /// <returns>Null when no stay fits in before the end.</returns>
    private TrueVisit? Arrive(SimulatedBay bay, DateTimeOffset free)
    {
        if (LeavingAt(free) is null)
            return null;

        var mover = draws.Happens(_traffic.MoveShare) ? Mover(bay, free) : null;
        var vehicle = mover?.Vehicle ?? Returning(free) ?? _vehicles.Customer();
        var enteredAt = mover is null ? free : mover.LeftAt + draws.Between(_traffic.ShortestMove, _traffic.LongestMove);
        enteredAt = enteredAt < free ? free : enteredAt;
        if (LeavingAt(enteredAt) is not { } leftAt)
            return null;

        var visit = new TrueVisit(
            bay, vehicle, enteredAt, leftAt, draws.Happens(0.25) ? CarEnd.Rear : CarEnd.Front, _shadows.Over(enteredAt, leftAt));
        _visits.Add(visit);
        _lastVisits[vehicle] = visit;
        Drive(visit);
        return visit;
    }

    private DateTimeOffset? LeavingAt(DateTimeOffset enteredAt)
    {
        const int Tries = 8;
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var stay = draws.Happens(_traffic.LongStayShare)
                ? draws.LogUniform(_traffic.LongStayFrom, _traffic.LongestStay)
                : draws.LogUniform(_traffic.ShortestStay, _traffic.LongStayFrom);
            if (enteredAt + stay <= _lastLeaving)
                return enteredAt + stay;
        }

        return null;
    }

    // A vehicle that leaves another bay at about that time, and goes nowhere else.
    private TrueVisit? Mover(SimulatedBay bay, DateTimeOffset free) => _lastVisits.Values
        .Where(visit => visit.Bay != bay && !_goneForGood.Contains(visit.Vehicle)
            && visit.LeftAt + _traffic.LongestMove > free && visit.LeftAt < free + _traffic.LongestEmpty)
        .MinBy(visit => visit.LeftAt);

    private SimulatedVehicle? Returning(DateTimeOffset at)
    {
        if (!draws.Happens(_traffic.ReturningShare))
            return null;
        var idle = _lastVisits.Values
            .Where(visit => visit.LeftAt + _traffic.LongestMove < at && !_goneForGood.Contains(visit.Vehicle))
            .OrderBy(visit => visit.EnteredAt)
            .ToList();
        return idle.Count == 0 ? null : draws.Pick(idle).Vehicle;
    }

    // On the way to its bay and back a vehicle passes those before it.
    private void Drive(TrueVisit visit)
    {
        var stay = new Stay(visit);
        _journeys.Add(stay);
        if (visit.Bay.Index > 0)
        {
            var onTheWay = _tags.PassingTime * (visit.Bay.Index + 0.5);
            _journeys.Add(Passing.Along(visit.Vehicle, stay.From - onTheWay, -1, visit.Bay.Index - 0.5, _tags.PassingTime, -1, TimeSpan.Zero));
            _journeys.Add(Passing.Along(visit.Vehicle, stay.To, visit.Bay.Index - 0.5, -1, _tags.PassingTime, -1, TimeSpan.Zero));
        }

        if (visit.Vehicle.Tags.Count > 0 && draws.Happens(_traffic.TagLeftBehindShare))
        {
            _goneForGood.Add(visit.Vehicle);
            var found = draws.LogUniform(_traffic.ShortestLying, _traffic.LongestLying);
            _journeys.Add(new LyingTag(visit.Vehicle, visit.Bay, visit.LeftAt, visit.LeftAt + found));
        }
    }

    private void Pass()
    {
        for (var at = options.Start; ; )
        {
            at += draws.Wait(_tags.PassingsPerHour);
            if (at > _lastLeaving)
                return;
            var (first, last) = draws.Happens(0.5) ? (-1, options.Bays) : (options.Bays, -1);
            var stop = draws.Happens(_tags.StopShare) ? _tags.LongestStop * draws.Uniform() : TimeSpan.Zero;
            _journeys.Add(Passing.Along(_vehicles.Passer(), at, first, last, _tags.PassingTime, draws.Below(options.Bays), stop));
        }
    }
}
