using System.Globalization;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Simulator.Workshop;

namespace BayEdge.Simulator.Scenarios;

/// <summary>Some days in an invented workshop: what truly happens, and what the device gets to see of it.</summary>
/// <remarks>Pure: options and seed decide everything.</remarks>
public sealed class Scenario
{
    private readonly ScenarioTruth _truth;
    private readonly DeviceFate _fate;
    private readonly Draws _draws;

    private Scenario(ScenarioOptions options)
    {
        Options = options;
        _draws = new Draws(Chance.Of(options.Seed));
        _truth = new ScenarioWriter(options, _draws.For("truth")).Write();
        Configuration = Configure(options, _truth);
        _fate = DeviceFate.Draw(options.Noise.Device, Configuration.Sources.Select(source => source.Id), options.Start, End, _draws.For("device"));
    }

    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    public static Scenario Create(ScenarioOptions options)
    {
        options.Validate();
        return new Scenario(options);
    }

    public ScenarioOptions Options { get; }

    public DateTimeOffset End => Options.Start + Options.Duration;

    public IReadOnlyList<SimulatedBay> Bays => _truth.Bays;

    /// <summary>All vehicles, also those that only pass.</summary>
    public IReadOnlyList<SimulatedVehicle> Vehicles => _truth.Vehicles;

    /// <summary>What truly happened, in the order of entering. All of them have ended an hour before <see cref="End"/>.</summary>
    public IReadOnlyList<TrueVisit> Visits => _truth.Visits;

    /// <summary>When the device did not run, in order.</summary>
    public IReadOnlyList<Interruption> Interruptions => _fate.Interruptions;

    /// <summary>When sources saw nothing or were not listened to; in order for each source.</summary>
    public IReadOnlyList<SourceSilence> Silences => _fate.Silences;

    public DeviceClock Clock => _fate.Clock;

    /// <summary>What the device is told: bays, sources, expected vehicles.</summary>
    public EdgeConfiguration Configuration { get; }

    /// <summary>Whether any of the workshop's sources can notice this vehicle.</summary>
    public bool CanSee(SimulatedVehicle vehicle) => Options.Sources != SourceSet.Tags || vehicle.Tags.Count > 0;

    /// <summary>Everything that reaches the device, in order of the true time. Made while it is read; may be read again.</summary>
    public IEnumerable<ScenarioInput> Inputs()
    {
        var sightings = new SourceMerge(Sources()).Sightings().GetEnumerator();
        var more = sightings.MoveNext();
        foreach (var interruption in _fate.Interruptions)
        {
            for (; more && sightings.Current.At < interruption.From; more = sightings.MoveNext())
                yield return new ScenarioInput(sightings.Current.At, sightings.Current.Sighting, null);
            yield return new ScenarioInput(interruption.From, null, interruption);
        }

        for (; more; more = sightings.MoveNext())
            yield return new ScenarioInput(sightings.Current.At, sightings.Current.Sighting, null);
    }

    /// <summary>The sightings alone, in order of the true time.</summary>
    public IEnumerable<Sighting> Sightings() => Inputs().Where(input => input.Sighting is not null).Select(input => input.Sighting!);

    private IEnumerable<IEnumerable<TimedSighting>> Sources()
    {
        foreach (var source in Configuration.Sources)
            yield return Link(source.Id).States();
        foreach (var reader in Configuration.Readers)
            yield return new ReaderSignals(Options, _truth, Link(reader.Id), _draws.For("reader")).Sightings();
        foreach (var bay in Bays.Where(bay => Configuration.Cameras.Any(camera => camera.Id == bay.Camera)))
            yield return new CameraSignals(Options, _truth, bay, Link(bay.Camera!), _draws.For("camera", bay.Index)).Sightings();
        foreach (var contact in Configuration.Presence)
        {
            var bay = Bays.Single(bay => bay.Id == contact.Bay);
            yield return new ContactSignals(Options, _truth, bay, Link(contact.Id), _draws.For("contact", bay.Index)).Sightings();
        }
    }

    private SourceLink Link(string source) => new(source, [.. _fate.Silences.Where(silence => silence.Source == source)], _fate.Clock);

    private static EdgeConfiguration Configure(ScenarioOptions options, ScenarioTruth truth) => new()
    {
        Site = "sim",
        Device = string.Create(CultureInfo.InvariantCulture, $"sim-{options.Seed}"),
        Bays = [.. truth.Bays.Select(bay => new BayConfiguration(bay.Id, bay.Id))],
        Readers = options.Sources == SourceSet.Cameras
            ? []
            : [.. truth.Bays.GroupBy(bay => bay.Reader).Select(reader => new ReaderConfiguration(
                reader.Key, "simulated", DriverSettings.Empty, [.. reader.Select(bay => new AntennaConfiguration(bay.Antenna, bay.Id))]))],
        Cameras = options.Sources == SourceSet.Tags
            ? []
            : [.. truth.Bays.Select(bay => new CameraConfiguration(bay.Camera!, "simulated", DriverSettings.Empty, [new ZoneConfiguration(bay.Id, [])]))],
        Presence = options.Sources != SourceSet.All
            ? []
            : [.. truth.BaysWithContact.Select(bay => new PresenceConfiguration($"loop-{bay.Index + 1}", "simulated", DriverSettings.Empty, bay.Id))],
        Vehicles = [.. truth.Expected],
    };
}

/// <summary>One thing that reaches the device, or befalls it.</summary>
/// <param name="At">The true time, which the device does not know.</param>
/// <param name="Sighting">With the time as the device's clocks show it; null when this is an interruption.</param>
/// <param name="Interruption">
/// Whoever runs a tracker writes its snapshot at <see cref="Interruption.From"/>, or takes the last one that was written when the
/// power was cut, and restores it at <see cref="Interruption.To"/> with all sources down; they come up in the sightings that follow.
/// </param>
public readonly record struct ScenarioInput(DateTimeOffset At, Sighting? Sighting, Interruption? Interruption);
