using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Sightings;
using BayEdge.Core.Tests.Bays;
using BayEdge.Core.Timing;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BayEdge.Core.Tests.Recording;

/// <summary>What holds for the recording of any day.</summary>
[Properties(Arbitrary = [typeof(RandomDays)], MaxTest = 100, EndSize = 60, QuietOnSuccess = true)]
public sealed class RecordingProperties
{
    [Property]
    public void A_replay_decides_what_the_device_decided(RandomDay day, int chance)
    {
        var recorded = Record(day, chance);

        var (decided, remarks) = RecordedDay.Replay(recorded.Segments);

        Assert.Equal(recorded.Decided.Select(RecordedDay.Tell), decided.Select(RecordedDay.Tell));
        Assert.Empty(remarks);
    }

    [Property]
    public void A_replay_from_any_segment_decides_what_the_device_decided_from_there(RandomDay day, int chance)
    {
        var recorded = Record(day, chance);

        for (var first = 0; first < recorded.Segments.Count; first++)
        {
            var (decided, remarks) = RecordedDay.Replay(recorded.Segments.Skip(first));

            Assert.Equal(recorded.DecidedFrom(first).Select(RecordedDay.Tell), decided.Select(RecordedDay.Tell));
            Assert.Empty(remarks);
        }
    }

    [Property]
    public void A_segment_is_a_sighting_log(RandomDay day, int chance)
    {
        var recorded = Record(day, chance);

        var lines = recorded.Segments.SelectMany(segment =>
        {
            var reader = new SightingLogReader();
            return segment.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(reader.Read);
        }).ToList();

        Assert.DoesNotContain(lines, line => line is UnreadableLine);
        Assert.Equal(day.Sightings.Length, lines.OfType<SightingLine>().Count());
    }

    // A property that no day puts to the test would always hold.
    [Fact]
    public void Recorded_days_have_segments_restarts_decisions_late_sightings_and_clock_steps()
    {
        var days = RandomDays.Arbitrary().Generator.Sample(40, 100).Select((day, number) => Record(day, number)).ToList();
        var text = string.Concat(days.SelectMany(day => day.Segments));

        Assert.InRange(days.Sum(day => day.Decided.Count), 100, int.MaxValue);
        Assert.All(
            ["\"follows\":", "\"sources\":", "\"late\":", "\"ahead\":", "\"kind\":\"time\"", "\"kind\":\"vehicles\"", "\"kind\":\"neighbour\""],
            sign => Assert.Contains(sign, text, StringComparison.Ordinal));
    }

    private static RecordedDay Record(RandomDay day, int seed)
    {
#pragma warning disable CA5394 // Chance from the property's own seed, so that a failure comes again.
        var chance = new Random(seed);
        var start = RandomDay.Start;
        var recorded = new RecordedDay(start);
        var (waiting, ahead) = (TimeSpan.Zero, TimeSpan.Zero);
        foreach (var sighting in day.Sightings)
        {
            if (Happens(0.02))
                ahead = TimeSpan.FromMilliseconds(chance.Next(-7_200_000, 7_200_000));
            if (Happens(0.3))
                recorded.Take(new TimePassed(Shown(sighting.At - TimeSpan.FromMilliseconds(chance.Next(4000)))));
            if (Happens(0.03))
                recorded.Take(new VehiclesExpected(Happens(0.5) ? [] : [new ExpectedVehicle { Ref = "WO-2", Plate = "P2", Tags = ["A2"] }]));
            if (Happens(0.03))
                recorded.Take(new NeighbourHeard(Shown(sighting.At), "pi-02", "bay-07", "A3", Happens(0.5) ? -61.5 : null, chance.Next(1, 9), Happens(0.5)));
            if (Happens(0.03))
                recorded.Take(new NeighboursReachable(Shown(sighting.At), Happens(0.5)));
            if (Happens(0.02))
                recorded.Restart(Shown(sighting.At));
            else if (Happens(0.05) && !(recorded.State.NextDeadline?.Monotonic <= recorded.State.Now.Monotonic))
                recorded.BeginNextSegment();
            recorded.Take(new SightingInput(sighting with { At = Shown(sighting.At - TimeSpan.FromMilliseconds(Happens(0.2) ? chance.Next(3000) : 0)) }));
        }

        recorded.Take(new TimePassed(Shown(day.End)));
        recorded.End();
        return recorded;

        bool Happens(double share) => chance.NextDouble() < share;

        // Neither clock shows whole milliseconds, and the two are read one after the other.
        ObservedAt Shown(ObservedAt at)
        {
            var exact = at + TimeSpan.FromTicks(chance.Next(10_000));
            return exact with { Wall = exact.Wall + ahead + TimeSpan.FromTicks(chance.Next(50)) };
        }
#pragma warning restore CA5394
    }
}
