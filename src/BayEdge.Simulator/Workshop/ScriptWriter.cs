using BayEdge.Simulator.Cameras;
using BayEdge.Simulator.Plates;

namespace BayEdge.Simulator.Workshop;

/// <summary>Writes one script; used once.</summary>
internal sealed class ScriptWriter(WorkshopOptions options, DateTimeOffset start)
{
    // A vehicle that left does not come back sooner.
    private static readonly TimeSpan ShortestAbsence = TimeSpan.FromMinutes(2);

    private readonly Random _random = new(options.Seed);
    private readonly IReadOnlyList<PlateKind> _plateKinds = PlateNumbers.KindsOf(options.PlateRegion);
    private readonly List<SimulatedVehicle> _vehicles = [];
    private readonly Dictionary<SimulatedVehicle, DateTimeOffset> _absentSince = [];
    private readonly List<TrueVisit> _visits = [];

    public WorkshopScript Write()
    {
        SimulatedBay[] bays = [.. Enumerable.Range(0, options.Bays).Select(i => SimulatedBay.InRow(i, i < options.Cameras))];
        var arrivals = new PriorityQueue<SimulatedBay, DateTimeOffset>();
        foreach (var bay in bays)
            arrivals.Enqueue(bay, start + options.FirstArrival + (bay.Index * options.ShortestEmpty / 2));

        while (arrivals.TryDequeue(out var bay, out var enteredAt) && enteredAt <= start + options.Duration)
        {
            var visit = Arrive(bay, enteredAt);
            _visits.Add(visit);
            _absentSince[visit.Vehicle] = visit.LeftAt;
            arrivals.Enqueue(bay, visit.LeftAt + Between(options.ShortestEmpty, options.LongestEmpty));
        }

        return new WorkshopScript(start, bays, _vehicles, _visits, options.Light);
    }

    private TrueVisit Arrive(SimulatedBay bay, DateTimeOffset enteredAt)
    {
        var vehicle = ReturningVehicle(bay, enteredAt) ?? NewVehicle(bay);
        var leftAt = enteredAt + Between(options.ShortestStay, options.LongestStay);
        var end = _random.Next(4) == 0 ? CarEnd.Rear : CarEnd.Front;
        return new TrueVisit(bay, vehicle, enteredAt, leftAt, end, [.. Obstructions(enteredAt, leftAt)]);
    }

    private SimulatedVehicle? ReturningVehicle(SimulatedBay bay, DateTimeOffset at)
    {
        if (_random.NextDouble() >= options.ReturningShare)
            return null;

        SimulatedVehicle[] idle =
            [.. _vehicles.Where(vehicle => at - _absentSince[vehicle] >= ShortestAbsence && CanBeSeen(vehicle, bay))];
        return idle.Length == 0 ? null : idle[_random.Next(idle.Length)];
    }

    private SimulatedVehicle NewVehicle(SimulatedBay bay)
    {
        // The first one carries both, so that a demonstration begins with the whole picture.
        var draw = _vehicles.Count == 0 ? 1 : _random.NextDouble();
        var tagOnly = draw < options.TagOnlyShare;
        var plateOnly = !tagOnly && draw < options.TagOnlyShare + options.PlateOnlyShare && bay.Camera is not null;

        var plate = PlateNumbers.Random(_random, _plateKinds[_random.Next(_plateKinds.Count)]);
        var vehicle = new SimulatedVehicle(
            $"WO-{1001 + _vehicles.Count}",
            tagOnly ? null : plate,
            plateOnly ? [] : [RandomTag.Of(_random)],
            _random.Next());
        _vehicles.Add(vehicle);
        return vehicle;
    }

    private static bool CanBeSeen(SimulatedVehicle vehicle, SimulatedBay bay) => vehicle.Tags.Count > 0 || bay.Camera is not null;

    private IEnumerable<Obstruction> Obstructions(DateTimeOffset enteredAt, DateTimeOffset leftAt)
    {
        if (options.ObstructionsPerMinute <= 0)
            yield break;

        // Nobody stands before a moving car.
        var from = enteredAt + VehicleMotion.DriveTime;
        var last = leftAt - VehicleMotion.DriveTime;
        while (true)
        {
            from += TimeSpan.FromMinutes(-Math.Log(1 - _random.NextDouble()) / options.ObstructionsPerMinute);
            var to = from + (options.LongestObstruction * _random.NextDouble());
            if (to > last)
                yield break;

            yield return new Obstruction(from, to, (2 * _random.NextDouble()) - 1);
            from = to;
        }
    }

    private TimeSpan Between(TimeSpan shortest, TimeSpan longest) => shortest + ((longest - shortest) * _random.NextDouble());
}
