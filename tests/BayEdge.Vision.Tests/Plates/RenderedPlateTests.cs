using BayEdge.Core.Configuration;
using BayEdge.Simulator.Cameras;
using BayEdge.Simulator.Plates;
using BayEdge.Vision.Plates;

namespace BayEdge.Vision.Tests.Plates;

/// <summary>The real reader on rendered pictures of every kind of plate: a parked car by day, nobody before it.</summary>
public sealed class RenderedPlateTests
{
    private const int Cars = 12;

    public static TheoryData<PlateKind, PlateRegion> Kinds { get; } =
        [.. Enum.GetValues<PlateRegion>().SelectMany(region => PlateNumbers.AllKindsOf(region.ToString().ToLowerInvariant()), (region, kind) => (kind, region))];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_parked_cars_plate_is_read_with_one_exception_at_most(PlateKind kind, PlateRegion region)
    {
        using var reader = PlateReader.Open(new PlateReaderOptions(), TimeProvider.System);
        using var plates = new PlateRenderer();
        var misses = new List<string>();
        for (var seed = 0; seed < Cars; seed++)
        {
            var plate = PlateNumbers.Random(new Random(seed), kind);
            var car = new SceneCar(Approach: 1, seed % 2 == 0 ? CarEnd.Front : CarEnd.Rear, Look: 17 * seed) { Plate = plate };
            using var renderer = new SceneRenderer(plates, seed);
            using var picture = renderer.Render(new BayScene(DateTimeOffset.UnixEpoch) { Car = car });
            var readings = reader.Read(picture, new PlateSearch(region), TestContext.Current.CancellationToken);
            if (readings.Count == 0 || PlateText.Folded(readings[0].Text, region) != PlateText.Folded(plate.Text, region))
                misses.Add($"{plate.Text} was read as {string.Join(", ", readings.Select(reading => $"{reading.Text} ({reading.Confidence:F2})"))}");
        }

        Assert.True(misses.Count <= 1, $"{misses.Count} of {Cars} plates of {kind} were misread:\n{string.Join('\n', misses)}");
    }
}
