using System.Collections.Immutable;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace BayEdge.Core.Tests.Bays;

/// <summary>A few hours of anything that sources may say, in any order that a workshop could and could not produce.</summary>
/// <param name="Sightings">In the order of their time.</param>
public sealed record RandomDay(ImmutableArray<Sighting> Sightings)
{
    private static readonly DateTimeOffset Morning = BayScenario.Time("08:00:00");
    private static readonly BayLayout Layout = new(Workshop.WithBays(3));
    private static readonly ImmutableArray<ExpectedVehicle> Expected = [new ExpectedVehicle { Ref = "WO-1", Plate = "P1", Tags = ["A1"] }];

    public static ObservedAt Start => At(TimeSpan.Zero);

    public static ObservedAt At(TimeSpan time) => new(Morning + time, time);

    public ObservedAt End => (Sightings.IsEmpty ? Start : Sightings[^1].At) + TimeSpan.FromHours(1);

    public static TrackerState Fresh(ObservedAt now) => TrackerState.Start(Layout, Expected, now);

    /// <summary>The same day with everything at full steps, so that much comes at the same instant; of one subject only the first.</summary>
    public RandomDay InStepsOf(TimeSpan step) => new(
    [
        .. Sightings.Select(sighting => sighting with { At = At(TimeSpan.FromTicks(sighting.At.Monotonic.Ticks / step.Ticks * step.Ticks)) }).DistinctBy(sighting => (sighting.At, SubjectOf(sighting))),
    ]);

    /// <summary>The same day with another order within each instant.</summary>
    public RandomDay Shuffled(int seed)
    {
        var random = new Random(seed);
        return new([.. Sightings.OrderBy(sighting => sighting.At.Monotonic).ThenBy(_ => random.Next())]);
    }

    // One antenna hears a tag once at an instant, and a camera takes one picture.
    private static (string Source, string? What) SubjectOf(Sighting sighting) => sighting switch
    {
        TagSighting tag => (tag.Source, $"{tag.Antenna}/{tag.Tag}"),
        PlateSighting plate => (plate.Source, "plate"),
        OccupancySighting picture => (picture.Source, "picture"),
        _ => (sighting.Source, null),
    };

    public override string ToString() => string.Join('\n', Sightings.Select(SightingLog.Write));
}

/// <summary>Makes <see cref="RandomDay"/>s: bursts of reads, shadows, changes of bay, contacts, pictures, failing sources.</summary>
public static class RandomDays
{
    private static readonly Gen<string> Bay = Gen.Elements("bay-01", "bay-02", "bay-03");

    private static readonly Gen<TimeSpan> Pause = Gen.Frequency(
        (6, Gen.Choose(1, 40).Select(tenths => TimeSpan.FromMilliseconds(100 * tenths))),
        (3, Gen.Choose(5, 60).Select(seconds => TimeSpan.FromSeconds(seconds))),
        (1, Gen.Choose(60, 1200).Select(seconds => TimeSpan.FromSeconds(seconds))));

    private static readonly Gen<Func<ObservedAt, Sighting>> One = Gen.Frequency(
        (6, from bay in Bay
            from tag in Gen.Elements("A1", "A2", "A3", "A4")
            from rssi in Gen.Frequency((5, Gen.Choose(-80, -45).Select(dbm => (double?)dbm)), (1, Gen.Constant((double?)null)))
            from count in Gen.Choose(1, 3)
            select See(at => new TagSighting(at, Workshop.Reader, Workshop.Number(bay), tag, rssi, count))),
        (2, from bay in Bay
            from plate in Gen.Elements("P1", "P2", "P3")
            from hundredths in Gen.Choose(0, 100)
            select See(at => new PlateSighting(at, Workshop.Camera(bay), bay, plate, hundredths / 100.0))),
        (1, from bay in Bay
            from present in Gen.Elements(true, false)
            select See(at => new PresenceSighting(at, Workshop.Loop(bay), present))),
        (1, from bay in Bay
            from occupied in Gen.Elements(0.02, 0.5, 0.97)
            select See(at => new OccupancySighting(at, Workshop.Camera(bay), bay, occupied))),
        (1, from source in Gen.Elements(Workshop.Reader, "cam-1", "cam-2", "loop-1", "loop-3")
            from up in Gen.Elements(SourceState.Up, SourceState.Up, SourceState.Down)
            select See(at => new SourceSighting(at, source, up))));

    private static readonly Gen<ImmutableArray<(TimeSpan Pause, Func<ObservedAt, Sighting> See)>> Burst =
        from one in One
        from rhythm in Gen.Choose(2, 40)
        from times in Gen.Choose(1, 30)
        from pause in Pause
        select Enumerable.Range(0, times).Select(time => (time == 0 ? pause : TimeSpan.FromMilliseconds(100 * rhythm), one)).ToImmutableArray();

    public static Arbitrary<RandomDay> Arbitrary() => Arb.From(Burst.ListOf().Select(Merge), Shrink);

    // Every third burst begins before the one before it has ended, so that bays hear the same vehicle at once.
    private static RandomDay Merge(IEnumerable<ImmutableArray<(TimeSpan Pause, Func<ObservedAt, Sighting> See)>> bursts)
    {
        var sightings = new List<Sighting>();
        var (start, number) = (TimeSpan.Zero, 0);
        foreach (var burst in bursts)
        {
            var at = start;
            foreach (var (pause, see) in burst)
                sightings.Add(see(RandomDay.At(at += pause)));
            if (++number % 3 != 0)
                start = at;
        }

        return new RandomDay([.. sightings.OrderBy(sighting => sighting.At.Monotonic)]);
    }

    private static IEnumerable<RandomDay> Shrink(RandomDay day)
    {
        for (var size = day.Sightings.Length / 2; size >= 1; size /= 2)
        {
            for (var from = 0; from + size <= day.Sightings.Length; from += size)
                yield return new RandomDay(day.Sightings.RemoveRange(from, size));
        }
    }

    private static Func<ObservedAt, Sighting> See(Func<ObservedAt, Sighting> see) => see;
}
