using System.Globalization;
using BayEdge.Core.Configuration;
using BayEdge.Core.Timing;
using BayEdge.Simulator.Cameras;
using BayEdge.Simulator.Plates;
using BayEdge.Vision;
using BayEdge.Vision.Cameras;
using OpenCvSharp;

namespace BayEdge.Benchmarks.Cameras;

/// <summary>How much of one core a camera costs that looks at a bay where nothing happens.</summary>
internal static class IdleCamera
{
    public const string Usage = "idle-camera [--seconds N] [--rate PICTURES A SECOND]";

    // Rendering and encoding are the camera's work and not counted; so many pictures come again and again, each with its own noise.
    private const int Different = 20;

    public static async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        var (seconds, rate) = (60, StreamOptions.DefaultFramesPerSecond);
        for (var i = 0; i + 1 < arguments.Length; i += 2)
        {
            var value = double.Parse(arguments[i + 1], CultureInfo.InvariantCulture);
            (seconds, rate) = arguments[i] == "--seconds" ? ((int)value, rate) : (seconds, value);
        }

        foreach (var (name, scene) in new[] { ("an empty bay", new BayScene(DateTimeOffset.UnixEpoch)), ("a parked car", Parked()) })
        {
            var spent = await WatchAsync(scene, seconds, rate);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {100 * spent.Values.Sum() / seconds,5:F2} % of one core at {rate} pictures of 1280x720 a second, over {seconds} s"));
            foreach (var (part, cost) in spent)
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {part,-22}{100 * cost / seconds,6:F2} %"));
        }

        return 0;
    }

    private static BayScene Parked() => new(DateTimeOffset.UnixEpoch)
    {
        Car = new SceneCar(1, CarEnd.Front, 5) { Plate = PlateNumbers.Random(new Random(1), PlateKind.ChinaBlue) },
    };

    /// <returns>Processor seconds by what they were spent on, from when the bay has been still for a while.</returns>
    private static async Task<Dictionary<string, double>> WatchAsync(BayScene scene, int seconds, double rate)
    {
        var pictures = Encode(scene);
        using var bench = new ZoneBench(PlateRegion.Cn);
        using var watch = bench.Watch();
        var health = new PictureHealth(new PictureHealthOptions());
        var clock = new ProcessorTime();
        var settle = (int)(20 * rate);
        var spent = new Dictionary<string, double> { ["decode"] = 0, ["frozen or black"] = 0, ["motion, plates, empty"] = 0 };
        for (var number = 0; number < settle + (seconds * rate); number++)
        {
            var counts = number >= settle;
            var began = clock.GetTimestamp();
            using var picture = Pictures.Decode(pictures[number % Different])!;
            began = Count("decode", began, counts);
            var at = TimeSpan.FromSeconds(number / rate);
            health.Look(picture, at);
            began = Count("frozen or black", began, counts);
            using var frame = new Frame(picture.Clone(), new ObservedAt(DateTimeOffset.UnixEpoch, TimeSpan.Zero) + at);
            await watch.LookAsync(frame, CancellationToken.None);
            Count("motion, plates, empty", began, counts);
        }

        return spent;

        long Count(string part, long began, bool counts)
        {
            spent[part] += counts ? clock.GetElapsedTime(began).TotalSeconds : 0;
            return clock.GetTimestamp();
        }
    }

    private static byte[][] Encode(BayScene scene)
    {
        using var plates = new PlateRenderer();
        using var renderer = new SceneRenderer(plates, 1);
        return [.. Enumerable.Range(0, Different).Select(number =>
        {
            using var picture = renderer.Render(scene with { At = scene.At.AddSeconds(number) });
            return picture.ImEncode(".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, 80));
        })];
    }
}
