using System.Collections.Immutable;
using System.Globalization;
using BayEdge.Core.Configuration;
using BayEdge.Core.Identity;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Simulator.Cameras;
using BayEdge.Simulator.Plates;
using BayEdge.Vision.Cameras;

namespace BayEdge.Benchmarks.Cameras;

/// <summary>Whether a visit's plate is published, and published right, by all readings of it together: rendered cars drive in, stand and drive off.</summary>
internal static class VisitFilms
{
    public const string Usage = "visits [--visits N] [--from N] [--region cn|eu|us|br] [--fault None|Blurred|Dark|Small|Compressed|Everything|all] [--keep FILE] | visits --again FILE";

    private const double Rate = StreamOptions.DefaultFramesPerSecond;
    private const double DriveSeconds = 6;
    private const double StandSeconds = 15;
    private const double EmptySeconds = 2;

    // Where the simulator's cars drive in, and stand.
    private static readonly ImmutableArray<PicturePoint> Bay = [new(0.25, 0.28), new(0.75, 0.28), new(0.75, 1), new(0.25, 1)];

    public static async Task<int> RunAsync(string[] arguments, TextWriter output)
    {
        var (visits, from, region, fault, keep) = (40, 0, PlateRegion.Cn, "None", (string?)null);
        for (var i = 0; i + 1 < arguments.Length; i += 2)
        {
            var value = arguments[i + 1];
            switch (arguments[i])
            {
                case "--again":
                    return Again([.. arguments.Skip(1).SelectMany(WatchedVisit.Load)], output);
                case "--visits":
                    visits = int.Parse(value, CultureInfo.InvariantCulture);
                    break;
                case "--from":
                    from = int.Parse(value, CultureInfo.InvariantCulture);
                    break;
                case "--fault":
                    fault = value;
                    break;
                case "--keep":
                    keep = value;
                    break;
                default:
                    region = Enum.Parse<PlateRegion>(value, ignoreCase: true);
                    break;
            }
        }

        NotingReader? notes = null;
        using var bench = new ZoneBench(region, Bay, reader => notes = new NotingReader(reader));
        using var plates = new PlateRenderer();
        var kinds = PlateNumbers.AllKindsOf(region.ToString().ToLowerInvariant());
        var faults = fault == "all" ? Enum.GetValues<PictureFault>() : [Enum.Parse<PictureFault>(fault, ignoreCase: true)];
        var watched = new List<WatchedVisit>();
        for (var number = from; number < from + visits; number++)
        {
            var random = new Random(7919 * number);
            var plate = PlateNumbers.Random(random, kinds[number % kinds.Count]);
            var visit = await WatchAsync(new WatchedVisit(number, faults[number % faults.Length], region, $"{plate.Kind}", plate.Text, [], []), bench, plates, plate, random, () => notes);
            watched.Add(visit);
            if (keep is not null)
                visit.Append(keep);
        }

        return Tell(watched, output);
    }

    private static int Tell(IReadOnlyList<WatchedVisit> visits, TextWriter output)
    {
        foreach (var visit in visits)
        {
            var published = VisitJudge.PublishedOf(visit.Told, PlateConfidence.LeastToTell);
            if (published.IsEmpty || published.Any(text => !VisitJudge.IsRight(visit, text)))
                output.WriteLine($"visit {visit.Number}, {visit.Fault}, {visit.Kind} {visit.Plate}: {(visit.Told.IsEmpty ? "nothing told" : string.Join(", ", visit.Told.GroupBy(plate => plate.Text).Select(same => string.Create(CultureInfo.InvariantCulture, $"{same.Key} ({same.Count()} x up to {same.Max(plate => plate.Confidence):F2})"))))}");
        }

        VisitJudge.WriteCurve(visits, visit => visit.Told, output);
        var told = visits.SelectMany(visit => visit.Told.Where(plate => VisitJudge.IsRight(visit, plate.Text)).Take(1)).Select(plate => plate.Second - EmptySeconds);
        var known = visits.Select(visit => VisitJudge.SecondOfPublishing(visit.Told, PlateConfidence.LeastToTell) - EmptySeconds).OfType<double>();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"the zone is sure {Median(told):F1} s after the car comes into view (median), the plate is published after {Median(known):F1} s"));
        return 0;

        static double Median(IEnumerable<double> seconds) => seconds.Order().ToList() is { Count: > 0 } ordered ? ordered[ordered.Count / 2] : double.NaN;
    }

    private static int Again(IReadOnlyList<WatchedVisit> visits, TextWriter output)
    {
        var (present, others) = (VisitJudge.Weightings[0], VisitJudge.Weightings.Skip(1));
        Tell([.. visits.Select(visit => visit with { Told = VisitJudge.ToldWith(visit, present.WeightOf) })], output);
        foreach (var (name, weightOf) in others)
        {
            output.WriteLine($"readings count {name}:");
            VisitJudge.WriteCurve(visits, visit => VisitJudge.ToldWith(visit, weightOf), output);
        }

        return 0;
    }

    private static async Task<WatchedVisit> WatchAsync(WatchedVisit visit, ZoneBench bench, PlateRenderer plates, PlateNumber number, Random random, Func<NotingReader?> notes)
    {
        using var renderer = new SceneRenderer(plates, visit.Number);
        using var watch = bench.Watch();
        var camera = FaultyCamera.Of(visit.Fault, random);
        var scene = new BayScene(DateTimeOffset.UnixEpoch) { Light = camera.Light, DoorOpen = random.Next(2), Trolley = random.Next(3) == 0 };
        var car = new SceneCar(0, random.Next(3) == 0 ? CarEnd.Rear : CarEnd.Front, random.Next(200)) { Plate = number };
        var (seen, told) = (ImmutableArray.CreateBuilder<SeenPicture>(), ImmutableArray.CreateBuilder<ToldPlate>());
        for (var picture = 0; picture < Rate * (EmptySeconds + (2 * DriveSeconds) + StandSeconds); picture++)
        {
            var at = picture / Rate;
            using var shot = renderer.Render(scene with { At = scene.At.AddSeconds(at), Car = ApproachAt(at - EmptySeconds) is { } approach ? car with { Approach = approach } : null });
            using var frame = new Frame(camera.Take(shot), new ObservedAt(scene.At, TimeSpan.Zero) + TimeSpan.FromSeconds(at));
            var plateSightings = (await watch.LookAsync(frame, CancellationToken.None)).OfType<PlateSighting>();
            told.AddRange(plateSightings.Select(plate => new ToldPlate(at, plate.Text, plate.Confidence)));
            if (notes()?.Last is not { } readings)
                continue;
            seen.Add(new SeenPicture(at, readings));
            notes()!.Last = null;
        }

        return visit with { Seen = seen.ToImmutable(), Told = told.ToImmutable() };
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
