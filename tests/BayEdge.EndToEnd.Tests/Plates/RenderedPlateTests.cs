using BayEdge.Core.Configuration;
using BayEdge.Simulator.Cameras;
using BayEdge.Simulator.Plates;
using BayEdge.Simulator.Workshop;
using BayEdge.Vision.Plates;

namespace BayEdge.EndToEnd.Tests.Plates;

/// <summary>The real reader on the simulator's pictures: a parked car by day, nobody before it.</summary>
public sealed class RenderedPlateTests(ITestOutputHelper output)
{
    private const int Cars = 20;

    [Theory]
    [InlineData(PlateKind.ChinaBlue, PlateRegion.Cn, 0.95)]
    [InlineData(PlateKind.ChinaGreenSmall, PlateRegion.Cn, 0.95)]
    [InlineData(PlateKind.ChinaGreenLarge, PlateRegion.Cn, 0.85)]
    [InlineData(PlateKind.Europe, PlateRegion.Eu, 0.95)]
    [InlineData(PlateKind.UnitedStates, PlateRegion.Us, 0.95)]
    [InlineData(PlateKind.BrazilGrey, PlateRegion.Br, 0.95)]
    [InlineData(PlateKind.BrazilMercosul, PlateRegion.Br, 0.95)]
    public void A_parked_cars_plate_is_read_at_least_this_often(PlateKind kind, PlateRegion region, double least)
    {
        using var reader = PlateReader.Open(new PlateReaderOptions(), TimeProvider.System);
        using var plates = new PlateRenderer();
        var misses = new List<string>();
        var cars = CarsWith(kind, region);
        foreach (var (car, seed) in cars.Select((car, seed) => (car, seed)))
        {
            using var renderer = new SceneRenderer(plates, seed);
            using var picture = renderer.Render(new BayScene(DateTimeOffset.UnixEpoch) { Car = car });
            var readings = reader.Read(picture, new PlateSearch(region), TestContext.Current.CancellationToken);
            if (readings.Count == 0 || Folded(readings[0].Text) != Folded(car.Plate!.Text))
                misses.Add($"{car.Plate!.Text} was read as {string.Join(", ", readings.Select(reading => $"{reading.Text} ({reading.Confidence:F2})"))}");
        }

        var rate = 1 - ((double)misses.Count / cars.Count);
        output.WriteLine($"{kind}: {rate:P1} of {cars.Count}\n{string.Join('\n', misses)}");
        Assert.True(rate >= least, $"{rate:P1} of {cars.Count} plates of {kind} were read, at least {least:P1} were expected:\n{string.Join('\n', misses)}");

        // Outside China plates do not tell O from 0 and I from 1 by their shape.
        string Folded(string plate) => region == PlateRegion.Cn ? plate : plate.Replace('O', '0').Replace('I', '1');
    }

    /// <summary>Cars as workshops of several seeds invent them, parked nose to the camera.</summary>
    private static List<SceneCar> CarsWith(PlateKind kind, PlateRegion region) =>
        [.. Enumerable.Range(1, 100)
            .SelectMany(seed => WorkshopScript.Generate(
                new WorkshopOptions { Seed = seed, PlateRegion = region.ToString().ToLowerInvariant(), ReturningShare = 0, TagOnlyShare = 0 },
                DateTimeOffset.UnixEpoch).Vehicles.Where(vehicle => vehicle.Plate?.Kind == kind).Take(2))
            .Take(Cars)
            .Select(vehicle => new SceneCar(Approach: 1, CarEnd.Front, vehicle.Look) { Plate = vehicle.Plate })];
}
