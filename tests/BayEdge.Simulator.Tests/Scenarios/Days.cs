using BayEdge.Core.Sightings;
using BayEdge.Simulator.Scenarios;
using BayEdge.Simulator.Workshop;

namespace BayEdge.Simulator.Tests.Scenarios;

/// <summary>Two days of a hard workshop, or of one made to measure.</summary>
internal static class Days
{
    public static readonly ScenarioOptions Hard = new() { Seed = 7, Bays = 3, Duration = TimeSpan.FromDays(2), Noise = ScenarioNoise.Hard };

    public static Scenario Of(ScenarioOptions options) => Scenario.Create(options);

    public static Scenario With(Func<TagNoise, TagNoise> tags) =>
        Of(Hard with { Sources = SourceSet.Tags, Noise = Hard.Noise with { Tags = tags(Hard.Noise.Tags) } });

    public static Scenario With(Func<DeviceNoise, DeviceNoise> device) => Of(Hard with { Noise = Hard.Noise with { Device = device(Hard.Noise.Device) } });

    public static Scenario With(Func<TrafficOptions, TrafficOptions> traffic) => Of(Hard with { Sources = SourceSet.Tags, Traffic = traffic(Hard.Traffic) });

    public static IEnumerable<(DateTimeOffset At, T Sighting)> All<T>(this Scenario scenario)
        where T : Sighting
    {
        foreach (var input in scenario.Inputs())
        {
            if (input.Sighting is T sighting)
                yield return (input.At, sighting);
        }
    }

    /// <summary>Whether the sighting comes from the antenna over that bay.</summary>
    public static bool IsBy(this TagSighting sighting, SimulatedBay bay) => sighting.Source == bay.Reader && sighting.Antenna == bay.Antenna;

    /// <summary>Whether the vehicle stands in the bay, not moving.</summary>
    public static bool IsParkedAt(this TrueVisit visit, DateTimeOffset at) =>
        at - visit.EnteredAt > TimeSpan.FromSeconds(10) && visit.LeftAt - at > TimeSpan.FromSeconds(10);
}
