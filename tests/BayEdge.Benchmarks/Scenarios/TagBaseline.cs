using BayEdge.Contracts.Events;
using BayEdge.Core.Sightings;
using BayEdge.Simulator.Scenarios;

namespace BayEdge.Benchmarks.Scenarios;

/// <summary>A known method, which uses tag reads only.</summary>
/// <remarks>
/// Generous to the baselines: the true time is theirs, no restart or clock step touches them, and they know every vehicle
/// and all of its tags.
/// </remarks>
internal abstract class TagBaseline(TagReads reads) : IContestant
{
    private readonly List<DecidedVisit> _visits = [];

    public abstract string Name { get; }

    protected TagReads Reads => reads;

    public void Take(in ScenarioInput input)
    {
        if (input.Sighting is TagSighting tag && tag.RssiDbm is { } rssi)
            Read(reads.VehicleOf(tag.Tag), reads.BayOf(tag), input.At, rssi);
    }

    public IReadOnlyList<DecidedVisit> End()
    {
        EndAt(reads.End);
        return _visits;
    }

    protected abstract void Read(int vehicle, int bay, DateTimeOffset at, double rssiDbm);

    protected abstract void EndAt(DateTimeOffset end);

    protected DecidedVisit Enter(int vehicle, int bay, DateTimeOffset at, DateTimeOffset decidedAt)
    {
        var visit = new DecidedVisit(reads.Bay(bay), reads.Vehicle(vehicle), at, decidedAt);
        _visits.Add(visit);
        return visit;
    }
}

/// <summary>Numbers for the vehicles and bays that tag reads speak of.</summary>
internal sealed class TagReads
{
    private readonly Dictionary<string, int> _vehicleOfTag = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Source, int Antenna), int> _bayOfAntenna = [];
    private readonly List<Vehicle> _vehicles = [];
    private readonly List<string> _bays;

    public TagReads(Scenario scenario)
    {
        End = scenario.End;
        _bays = [.. scenario.Bays.Select(bay => bay.Id)];
        foreach (var bay in scenario.Bays)
            _bayOfAntenna[(bay.Reader, bay.Antenna)] = bay.Index;
        foreach (var vehicle in scenario.Vehicles)
            Add(new Vehicle { Ref = vehicle.Ref, Tags = vehicle.Tags });
    }

    public DateTimeOffset End { get; }

    public int BayCount => _bays.Count;

    public int VehicleOf(string tag) => _vehicleOfTag[tag];

    public int BayOf(TagSighting tag) => _bayOfAntenna[(tag.Source, tag.Antenna)];

    public Vehicle Vehicle(int vehicle) => _vehicles[vehicle];

    public string Bay(int bay) => _bays[bay];

    private void Add(Vehicle vehicle)
    {
        foreach (var tag in vehicle.Tags)
            _vehicleOfTag[tag] = _vehicles.Count;
        _vehicles.Add(vehicle);
    }
}
