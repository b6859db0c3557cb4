using System.Globalization;
using BayEdge.Core.Configuration;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Simulator.Cameras;
using BayEdge.Simulator.Plates;
using BayEdge.Vision.Cameras;
using BayEdge.Vision.Plates;

namespace BayEdge.Benchmarks.Cameras;

/// <summary>Whether a visit's plate is told, and told right, by all readings of it together: rendered cars drive in, stand and drive off.</summary>
internal static class VisitFilms
{
    public const string Usage = "visits [--visits N] [--region cn|eu|us|br]";

    private const double Rate = StreamOptions.DefaultFramesPerSecond;
    private const double DriveSeconds = 6;
    private const double StandSeconds = 15;

    // Until the former plate is forgotten.
    private const double EmptySeconds = 12;

    public static async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        var (visits, region) = (40, PlateRegion.Cn);
        for (var i = 0; i + 1 < arguments.Length; i += 2)
        {
            if (arguments[i] == "--visits")
                visits = int.Parse(arguments[i + 1], CultureInfo.InvariantCulture);
            else
                region = Enum.Parse<PlateRegion>(arguments[i + 1], ignoreCase: true);
        }

        using var bench = new ZoneBench(region);
        using var plates = new PlateRenderer();
        var kinds = PlateNumbers.AllKindsOf(region.ToString().ToLowerInvariant());
        var (told, wrong, after, support) = (0, 0, new List<double>(), new List<double>());
        for (var visit = 0; visit < visits; visit++)
        {
            var random = new Random(7919 * visit);
            var number = PlateNumbers.Random(random, kinds[visit % kinds.Count]);
            var seen = await VisitAsync(bench, plates, visit, number, random);
            var right = seen.Where(plate => PlateText.Folded(plate.Text, region) == PlateText.Folded(number.Text, region)).ToList();
            told += right.Count > 0 ? 1 : 0;
            wrong += seen.Count > right.Count ? 1 : 0;
            if (right.Count > 0)
            {
                after.Add(right[0].At.Monotonic.TotalSeconds - EmptySeconds);
                support.Add(right[0].Confidence);
            }

            if (right.Count == 0 || seen.Count > right.Count)
                output.WriteLine($"visit {visit}, {number.Kind} {number.Text}: {(seen.Count == 0 ? "nothing told" : string.Join(", ", seen.DistinctBy(plate => plate.Text).Select(plate => string.Create(CultureInfo.InvariantCulture, $"{plate.Text} ({plate.Confidence:F2})"))))}");
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{visits} visits of {kinds.Count} kinds: the plate is told in {100.0 * told / visits:F1} %, a wrong one in {100.0 * wrong / visits:F1} %, "
            + $"{after.Order().ElementAtOrDefault(after.Count / 2):F1} s after the car comes into view (median), with a confidence of {support.Order().ElementAtOrDefault(support.Count / 50):F2} (2 %) "
            + $"to {support.Order().ElementAtOrDefault(support.Count / 2):F2} (median)"));
        return 0;
    }

    private static async Task<List<PlateSighting>> VisitAsync(ZoneBench bench, PlateRenderer plates, int seed, PlateNumber number, Random random)
    {
        using var renderer = new SceneRenderer(plates, seed);
        using var watch = bench.Watch();
        var scene = new BayScene(DateTimeOffset.UnixEpoch) { Light = 0.5 + (0.5 * random.NextDouble()), DoorOpen = random.Next(2), Trolley = random.Next(3) == 0 };
        var car = new SceneCar(0, random.Next(3) == 0 ? CarEnd.Rear : CarEnd.Front, random.Next(200)) { Plate = number };
        var seen = new List<PlateSighting>();
        for (var picture = 0; picture < Rate * (EmptySeconds + (2 * DriveSeconds) + StandSeconds); picture++)
        {
            var at = picture / Rate;
            using var shot = renderer.Render(scene with { At = scene.At.AddSeconds(at), Car = ApproachAt(at - EmptySeconds) is { } approach ? car with { Approach = approach } : null });
            using var frame = new Frame(shot.Clone(), new ObservedAt(scene.At, TimeSpan.Zero) + TimeSpan.FromSeconds(at));
            seen.AddRange((await watch.LookAsync(frame, CancellationToken.None)).OfType<PlateSighting>());
        }

        return seen;
    }

    /// <summary>How far in the car is, so long after it came into view; null when it is out of view.</summary>
    private static double? ApproachAt(double second) => second switch
    {
        < 0 => null,
        < DriveSeconds => 1 - Math.Pow(1 - (second / DriveSeconds), 2),
        < DriveSeconds + StandSeconds => 1,
        _ => 1 - Math.Pow((second - DriveSeconds - StandSeconds) / DriveSeconds, 2),
    };
}
