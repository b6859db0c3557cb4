using System.Globalization;
using BayEdge.Core.Configuration;
using BayEdge.Simulator.Cameras;
using BayEdge.Simulator.Plates;
using BayEdge.Vision.Plates;
using BayEdge.Vision.Plates.Measuring;

namespace BayEdge.Benchmarks;

/// <summary>How many plates of each kind are read right from one rendered picture of a parked car.</summary>
internal static class RenderedPlates
{
    public const string Usage = "plates [PICTURES A KIND [REGION, OR PART OF A KIND]]";

    public static int Run(ReadOnlySpan<string> arguments, TextWriter output)
    {
        var each = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 20;
        using var plates = new PlateRenderer();
        var clock = new StageClock(new ProcessorTime());
        using var reader = PlateReader.Open(new PlateReaderOptions(), clock);
        var speeds = new List<Speed>();
        var only = arguments.Length > 1 ? arguments[1] : "";
        var isRegion = Enum.TryParse<PlateRegion>(only, ignoreCase: true, out var wanted);
        foreach (var region in Enum.GetValues<PlateRegion>().Where(region => !isRegion || region == wanted))
        {
            foreach (var kind in PlateNumbers.AllKindsOf(region.ToString().ToLowerInvariant()).Where(kind => isRegion || $"{kind}".Contains(only, StringComparison.OrdinalIgnoreCase)))
                output.WriteLine(Tell(kind, each, region, plates, reader, clock, speeds));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"one picture of 1280x720, median ms of one core: locate {Median(speed => speed.Locate):F0} ({Median(speed => speed.Looks):F0} x), read {Median(speed => speed.Read):F0} ({Median(speed => speed.Lines):F0} x), "
            + $"other {Median(speed => speed.Other):F0}, in all {Median(speed => speed.Locate + speed.Read + speed.Other):F0}; load average {LoadAverage()}; peak memory {PeakMemory.Bytes() / 1e6:F0} MB, the renderer's with it"));
        return 0;

        double Median(Func<Speed, double> part) => speeds.Select(part).Order().ElementAtOrDefault(speeds.Count / 2);
    }

    private static string LoadAverage() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string Tell(PlateKind kind, int each, PlateRegion region, PlateRenderer plates, PlateReader reader, StageClock clock,
        List<Speed> speeds)
    {
        var right = 0;
        var wrong = new List<string>();
        for (var picture = 0; picture < each; picture++)
        {
            var random = new Random((1000 * (int)kind) + picture);
            using var renderer = new SceneRenderer(plates, picture);
            var number = PlateNumbers.Random(random, kind);
            var car = new SceneCar(1, picture % 2 == 0 ? CarEnd.Front : CarEnd.Rear, random.Next(200)) { Plate = number };
            using var scene = renderer.Render(new BayScene(DateTimeOffset.UnixEpoch.AddSeconds(picture)) { Car = car, Light = 0.5 + (0.5 * random.NextDouble()) });
            clock.Reset();
            // As a camera's zone that is all of its picture.
            var read = reader.Read(scene, new PlateSearch(region) { Places = [PlateGeometry.Whole(scene)] }, CancellationToken.None);
            speeds.Add(new Speed(
                clock[Stage.Locating].TotalMilliseconds, clock[Stage.Reading].TotalMilliseconds, clock[Stage.Decoding].TotalMilliseconds,
                clock.TimesOf(Stage.Locating), clock.TimesOf(Stage.Reading)));
            if (read.Count > 0 && PlateText.Folded(read[0].Text, region) == PlateText.Folded(number.Text, region))
                right++;
            else
                wrong.Add($"{number.Text} as {(read.Count == 0 ? "nothing" : read[0].Text)}");
        }

        var misses = wrong.Count == 0 ? "" : $"  ({string.Join(", ", wrong.Take(4))})";
        return string.Create(CultureInfo.InvariantCulture, $"{kind,-20} {100.0 * right / each,5:F1} % of {each}{misses}");
    }

    /// <summary>Milliseconds of one picture, and how often the networks ran.</summary>
    private readonly record struct Speed(double Locate, double Read, double Other, int Looks, int Lines);
}
