using System.Globalization;
using BayEdge.Core.Bays;
using BayEdge.Core.Sightings;
using BayEdge.TestKit;

namespace BayEdge.Core.Tests.Bays;

public sealed class MemoryTests
{
    [Fact]
    public void Thousands_of_vehicles_that_pass_the_bay_leave_nothing_behind()
    {
        var start = BayScenario.Time("00:00:00");
        var state = TrackerState.Start(new BayLayout(Workshop.WithBays(2)), [], new(start, TimeSpan.Zero));
        var most = 0;
        for (var vehicle = 0; vehicle < 5000; vehicle++)
        {
            var at = TimeSpan.FromSeconds(10 * vehicle);
            state = See(state, new TagSighting(new(start + at, at), Workshop.Reader, 1, vehicle.ToString("X8", CultureInfo.InvariantCulture), -70, 1));
            state = See(state, new PlateSighting(new(start + at, at), "cam-1", "bay-01", $"P{vehicle}", 0.5));
            most = Math.Max(most, state.Tags.Count + state.Bays["bay-01"].Readings.Texts.Length);
        }

        Assert.InRange(most, 2, 12);
    }

    private static TrackerState See(TrackerState state, Sighting sighting) => BayTracker.Step(state, new SightingInput(sighting)).State;
}
