using BayEdge.Core.Sightings;
using BayEdge.Simulator.Scenarios;
using BayEdge.Simulator.Workshop;

namespace BayEdge.Benchmarks.Scenarios;

/// <summary>Notes, with the truth in hand, what could be known of each visit.</summary>
internal sealed class VisitObserver
{
    // With less than that nobody can be expected to name a vehicle.
    private const int EnoughTagReports = 3;
    private const int EnoughPlateReadings = 3;

    private readonly Scenario _scenario;
    private readonly Dictionary<string, Queue<Seen>> _coming;
    private readonly Dictionary<(string Source, int Antenna), string> _antennas;
    private readonly List<Seen> _all;

    public VisitObserver(Scenario scenario)
    {
        _scenario = scenario;
        _all = [.. scenario.Visits.Where(visit => scenario.CanSee(visit.Vehicle)).Select(visit => new Seen(visit))];
        _coming = scenario.Bays.ToDictionary(bay => bay.Id, bay => new Queue<Seen>(_all.Where(seen => seen.Visit.Bay == bay)));
        _antennas = scenario.Bays.ToDictionary(bay => (bay.Reader, bay.Antenna), bay => bay.Id);
    }

    /// <summary>One visit and what was read of its vehicle in its bay meanwhile.</summary>
    public sealed class Seen(TrueVisit visit)
    {
        public TrueVisit Visit => visit;

        public DateTimeOffset? FirstRead { get; set; }

        public DateTimeOffset LastRead { get; set; }

        public int TagReports { get; set; }

        public int PlateReadings { get; set; }
    }

    /// <summary>All visits that count, in the order of entering.</summary>
    public IReadOnlyList<Seen> All => _all;

    public void Take(in ScenarioInput input)
    {
        switch (input.Sighting)
        {
            case TagSighting tag when Current(_antennas[(tag.Source, tag.Antenna)], input.At) is { } seen && seen.Visit.Vehicle.Tags.Contains(tag.Tag):
                seen.FirstRead ??= input.At;
                seen.LastRead = input.At;
                seen.TagReports++;
                break;
            case PlateSighting plate when Current(plate.Zone, input.At) is { } seen && seen.Visit.Vehicle.Plate?.Text == plate.Text:
                seen.PlateReadings++;
                break;
        }
    }

    /// <summary>Asked at the end.</summary>
    public IReadOnlyList<ScoredVisit> Visits() =>
    [
        .. _all.Select(seen => new ScoredVisit(
            seen.Visit.Bay.Id,
            seen.Visit.Vehicle,
            seen.Visit.EnteredAt,
            seen.Visit.LeftAt,
            seen.TagReports >= EnoughTagReports || seen.PlateReadings >= EnoughPlateReadings,
            IsBlind(seen.Visit.Bay, seen.Visit.EnteredAt) || IsBlind(seen.Visit.Bay, seen.Visit.LeftAt))),
    ];

    private Seen? Current(string bay, DateTimeOffset at)
    {
        var coming = _coming[bay];
        while (coming.TryPeek(out var next) && VehicleMotion.InViewUntil(next.Visit) < at)
            coming.Dequeue();
        return coming.TryPeek(out var current) && VehicleMotion.InViewFrom(current.Visit) <= at ? current : null;
    }

    private bool IsBlind(SimulatedBay bay, DateTimeOffset at) => SourcesOf(bay)
        .All(source => _scenario.Silences.Any(silence => silence.Source == source && silence.From <= at && at < silence.To));

    private IEnumerable<string> SourcesOf(SimulatedBay bay) => _scenario.Configuration.Readers
        .Where(reader => reader.Id == bay.Reader)
        .Select(reader => reader.Id)
        .Concat(_scenario.Configuration.Cameras.Where(camera => camera.Id == bay.Camera).Select(camera => camera.Id))
        .Concat(_scenario.Configuration.Presence.Where(contact => contact.Bay == bay.Id).Select(contact => contact.Id));
}
