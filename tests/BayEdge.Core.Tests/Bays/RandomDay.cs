using System.Collections.Immutable;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace BayEdge.Core.Tests.Bays;

/// <summary>A few hours of anything that sources, devices and people may say, in any order that could and could not be.</summary>
/// <param name="Words">In the order of their time.</param>
public sealed record RandomDay(ImmutableArray<RandomWord> Words)
{
    private static readonly DateTimeOffset Morning = BayScenario.Time("08:00:00");
    private static readonly BayLayout Layout = new(Workshop.WithBays(3));
    private static readonly ImmutableArray<ExpectedVehicle> Expected = [new ExpectedVehicle { Ref = "WO-1", Plate = "P1", Tags = ["A1"] }];

    public static ObservedAt Start => At(TimeSpan.Zero);

    public static ObservedAt At(TimeSpan time) => new(Morning + time, time);

    public ObservedAt End => (Words.IsEmpty ? Start : Words[^1].At) + TimeSpan.FromHours(1);

    /// <summary>What this device's own sources say.</summary>
    public ImmutableArray<Sighting> Sightings =>
        [.. Words.Select(word => word.Say(Fresh(Start))).OfType<SightingInput>().Select(input => input.Sighting)];

    public static TrackerState Fresh(ObservedAt now) => TrackerState.Start(Layout, Expected, now);

    /// <summary>The same day with everything at full steps, so that much comes at the same instant; of one subject only the first.</summary>
    /// <remarks>
    /// What a person or the workshop says is decided at once, and what other devices say stands in one queue with the sightings, where the
    /// first word for a tag makes a difference: these come between the steps.
    /// </remarks>
    public RandomDay InStepsOf(TimeSpan step) => new(
    [
        .. Words
            .Select(word => word.MovedTo(At((word.At.Monotonic.Ticks / step.Ticks * step) + (word.IsSighting ? TimeSpan.Zero : step / 2))))
            .DistinctBy(word => (word.At, word.Subject)).OrderBy(word => word.At.Monotonic),
    ]);

    /// <summary>The same day with another order within each instant.</summary>
    public RandomDay Shuffled(int seed)
    {
        var random = new Random(seed);
        return new([.. Words.OrderBy(word => word.At.Monotonic).ThenBy(word => word.IsSighting ? random.Next() : 0)]);
    }

    public override string ToString() => string.Join('\n', Words);
}

/// <summary>One thing that is said, to be moved in time.</summary>
/// <param name="Subject">Of one subject nothing is said twice at an instant: a camera takes one picture.</param>
/// <param name="IsDecidedAtOnce">Whether it has no time of its own but the tracker's present.</param>
/// <param name="SayAt">What it comes to at an instant, and in a state.</param>
public sealed record RandomWord(ObservedAt At, string Subject, bool IsDecidedAtOnce, Func<ObservedAt, TrackerState, TrackerInput> SayAt)
{
    public bool IsSighting => Say(RandomDay.Fresh(RandomDay.Start)) is SightingInput;

    public TrackerInput Say(TrackerState state) => SayAt(At, state);

    public RandomWord MovedTo(ObservedAt at) => this with { At = at };

    public override string ToString() => SayAt(At, RandomDay.Fresh(RandomDay.Start)) is SightingInput { Sighting: var sighting }
        ? SightingLog.Write(sighting)
        : $"{At.Monotonic} {SayAt(At, RandomDay.Fresh(RandomDay.Start))}";
}

/// <summary>
/// Makes <see cref="RandomDay"/>s: bursts of reads, shadows, changes of bay,
/// contacts, pictures, failing sources, other devices, lists and plates that people say.
/// </summary>
public static class RandomDays
{
    private static readonly Gen<string> Bay = Gen.Elements("bay-01", "bay-02", "bay-03");

    private static readonly Gen<TimeSpan> Pause = Gen.Frequency(
        (6, Gen.Choose(1, 40).Select(tenths => TimeSpan.FromMilliseconds(100 * tenths))),
        (3, Gen.Choose(5, 60).Select(seconds => TimeSpan.FromSeconds(seconds))),
        (1, Gen.Choose(60, 1200).Select(seconds => TimeSpan.FromSeconds(seconds))));

    private static readonly Gen<RandomWord> One = Gen.Frequency(
        (12, from bay in Bay
            from tag in Gen.Elements("A1", "A2", "A3", "A4")
            from rssi in Gen.Frequency((5, Gen.Choose(-80, -45).Select(dbm => (double?)dbm)), (1, Gen.Constant((double?)null)))
            from count in Gen.Choose(1, 3)
            select See($"{bay} {tag}", at => new TagSighting(at, Workshop.Reader, Workshop.Number(bay), tag, rssi, count))),
        (4, from bay in Bay
            from plate in Gen.Elements("P1", "P2", "P3")
            from hundredths in Gen.Choose(0, 100)
            select See($"{bay} plate", at => new PlateSighting(at, Workshop.Camera(bay), bay, plate, hundredths / 100.0))),
        (2, from bay in Bay
            from present in Gen.Elements(true, false)
            select See(Workshop.Loop(bay), at => new PresenceSighting(at, Workshop.Loop(bay), present))),
        (2, from bay in Bay
            from occupied in Gen.Elements(0.02, 0.5, 0.97)
            select See($"{bay} picture", at => new OccupancySighting(at, Workshop.Camera(bay), bay, occupied))),
        (2, from source in Gen.Elements(Workshop.Reader, "cam-1", "cam-2", "loop-1", "loop-3")
            from up in Gen.Elements(SourceState.Up, SourceState.Up, SourceState.Down)
            select See(source, at => new SourceSighting(at, source, up))),
        (2, from bay in Gen.Elements("bay-08", "bay-09")
            from tag in Gen.Elements("A1", "A2", "A3", "A5")
            from rssi in Gen.Frequency((5, Gen.Choose(-80, -45).Select(dbm => (double?)dbm)), (1, Gen.Constant((double?)null)))
            from count in Gen.Choose(0, 4)
            from isVisiting in Gen.Elements(true, false)
            select Say($"pi-02/{bay} {tag}", at =>
                new NeighbourHeard(at, "pi-02", bay, tag, count == 0 ? null : rssi, count, isVisiting || count == 0))),
        (1, from reachable in Gen.Elements(true, true, false)
            select Say("neighbours", at => new NeighboursReachable(at, reachable))),
        (1, from first in Gen.Elements("P1", "P2", "P3")
            from tag in Gen.Elements("A1", "A2", "A4")
            select SayAtOnce("list", (_, _) => new VehiclesExpected(
                [new ExpectedVehicle { Ref = $"WO-{first}", Plate = first, Tags = [tag] },
                    new ExpectedVehicle { Ref = "WO-9", Tags = ["A3"] }]))),
        (1, from bay in Bay
            from plate in Gen.Elements("P1", "P2", "P4")
            select SayAtOnce($"{bay} stated", (_, state) => new PlateStated(bay, VisitOf(state.Bays[bay]), plate))));

    private static readonly Gen<ImmutableArray<(TimeSpan Pause, RandomWord Word)>> Burst =
        from one in One
        from rhythm in Gen.Choose(2, 40)
        from times in Gen.Choose(1, 30)
        from pause in Pause
        select Enumerable.Range(0, times).Select(time => (time == 0 ? pause : TimeSpan.FromMilliseconds(100 * rhythm), one)).ToImmutableArray();

    public static Arbitrary<RandomDay> Arbitrary() => Arb.From(Burst.ListOf().Select(Merge), Shrink);

    // Every third burst begins before the one before it has ended, so that bays hear the same vehicle at once.
    private static RandomDay Merge(IEnumerable<ImmutableArray<(TimeSpan Pause, RandomWord Word)>> bursts)
    {
        var words = new List<RandomWord>();
        var (start, number) = (TimeSpan.Zero, 0);
        foreach (var burst in bursts)
        {
            var at = start;
            foreach (var (pause, word) in burst)
                words.Add(word.MovedTo(RandomDay.At(at += pause)));
            if (++number % 3 != 0)
                start = at;
        }

        return new RandomDay([.. words.OrderBy(word => word.At.Monotonic)]);
    }

    private static IEnumerable<RandomDay> Shrink(RandomDay day)
    {
        for (var size = day.Words.Length / 2; size >= 1; size /= 2)
        {
            for (var from = 0; from + size <= day.Words.Length; from += size)
                yield return new RandomDay(day.Words.RemoveRange(from, size));
        }
    }

    private static string VisitOf(BayState bay) => bay.Visit?.Id ?? bay.Former?.Visit.Id ?? "none";

    private static RandomWord See(string subject, Func<ObservedAt, Sighting> see) => Say(subject, at => new SightingInput(see(at)));

    private static RandomWord Say(string subject, Func<ObservedAt, TrackerInput> say) =>
        new(RandomDay.Start, subject, IsDecidedAtOnce: false, (at, _) => say(at));

    private static RandomWord SayAtOnce(string subject, Func<ObservedAt, TrackerState, TrackerInput> say) =>
        new(RandomDay.Start, subject, IsDecidedAtOnce: true, say);
}
