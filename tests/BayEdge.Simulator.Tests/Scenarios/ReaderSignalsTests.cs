using BayEdge.Core.Sightings;
using BayEdge.Simulator.Scenarios;
using BayEdge.Simulator.Workshop;

namespace BayEdge.Simulator.Tests.Scenarios;

public sealed class ReaderSignalsTests
{
    private static readonly Scenario Hard = Days.Of(Days.Hard with { Sources = SourceSet.Tags });
    private static readonly ILookup<string, TrueVisit> VisitsOf =
        Hard.Visits.SelectMany(visit => visit.Vehicle.Tags.Select(tag => (tag, visit))).ToLookup(v => v.tag, v => v.visit);

    private static readonly List<(DateTimeOffset At, TagSighting Sighting)> Reads = [.. Hard.All<TagSighting>()];
    private static readonly ILookup<string, (DateTimeOffset At, TagSighting Sighting)> ReadsOf = Reads.ToLookup(read => read.Sighting.Tag);

    [Fact]
    public void A_tag_is_reported_at_most_once_a_second_by_an_antenna()
    {
        var seen = new HashSet<(string, int, string, long)>();

        Assert.All(Reads.Take(200_000), read =>
        {
            Assert.True(read.Sighting.Count >= 1);
            Assert.True(seen.Add((read.Sighting.Source, read.Sighting.Antenna, read.Sighting.Tag, (long)(read.At - Hard.Options.Start).TotalSeconds)));
        });
    }

    [Fact]
    public void Some_tags_are_read_many_times_a_second_and_some_hardly_ever()
    {
        var rates = Hard.Visits.Where(visit => visit.Vehicle.Tags.Count == 1)
            .Select(visit => ReadsDuring(visit).Sum(read => read.Sighting.Count) / (visit.LeftAt - visit.EnteredAt).TotalSeconds)
            .ToList();

        Assert.Contains(rates, rate => rate > 5);
        Assert.Contains(rates, rate => rate is > 0.05 and < 0.6);
        Assert.All(rates, rate => Assert.True(rate < 21));
    }

    [Fact]
    public void The_next_bays_hear_a_parked_vehicle_too_but_mostly_more_weakly()
    {
        var parked = Reads.Where(read => VisitsOf[read.Sighting.Tag].Any(visit => visit.IsParkedAt(read.At))).ToList();
        var own = parked.Where(read => VisitsOf[read.Sighting.Tag].Any(visit => visit.IsParkedAt(read.At) && read.Sighting.IsBy(visit.Bay))).ToList();

        Assert.InRange((double)own.Count / parked.Count, 0.3, 0.95);
        Assert.True(own.Average(read => read.Sighting.RssiDbm) > parked.Except(own).Average(read => read.Sighting.RssiDbm) + 5);
    }

    [Fact]
    public void A_shadow_hides_the_tag_from_its_own_bay()
    {
        var (shadowed, free) = (0.0, 0.0);
        var (shadowedReads, freeReads) = (0, 0);
        foreach (var visit in Hard.Visits.Where(visit => visit.Vehicle.Tags.Count == 1))
        {
            var shadows = visit.Obstructions.Where(shadow => shadow.Hides != HiddenSigns.Plate && shadow.To < visit.LeftAt).ToList();
            var during = ReadsDuring(visit).Count(read => shadows.Any(shadow => shadow.From <= read.At && read.At < shadow.To));
            var time = shadows.Sum(shadow => (shadow.To - shadow.From).TotalSeconds);
            (shadowed, free) = (shadowed + time, free + (visit.LeftAt - visit.EnteredAt).TotalSeconds - time);
            (shadowedReads, freeReads) = (shadowedReads + during, freeReads + ReadsDuring(visit).Count - during);
        }

        Assert.True(shadowed > 600);
        Assert.True(shadowedReads / shadowed < 0.5 * freeReads / free);
    }

    [Fact]
    public void Tags_become_louder_while_vehicles_drive_in_and_weaker_while_they_drive_out()
    {
        double Level(Func<TrueVisit, DateTimeOffset, double> seconds, double from, double to) => Hard.Visits
            .SelectMany(visit => ReadsDuring(visit).Where(read => seconds(visit, read.At) >= from && seconds(visit, read.At) < to))
            .Average(read => read.Sighting.RssiDbm!.Value);

        Assert.True(Level((visit, at) => (at - visit.EnteredAt).TotalSeconds, 8, 60) > Level((visit, at) => (at - visit.EnteredAt).TotalSeconds, -2, 1) + 3);
        Assert.True(Level((visit, at) => (visit.LeftAt - at).TotalSeconds, 8, 60) > Level((visit, at) => (visit.LeftAt - at).TotalSeconds, -2, 1) + 3);
    }

    [Fact]
    public void Vehicles_that_pass_in_the_aisle_are_read_without_a_visit() =>
        Assert.Contains(Reads, read => !VisitsOf[read.Sighting.Tag].Any());

    [Fact]
    public void Some_passing_vehicles_stop_before_a_bay()
    {
        var passers = ReadsOf.Where(reads => !VisitsOf[reads.Key].Any()).Select(reads => reads.Max(read => read.At) - reads.Min(read => read.At)).ToList();

        Assert.Contains(passers, time => time > TimeSpan.FromSeconds(25));
        Assert.All(passers, time => Assert.True(time < TimeSpan.FromSeconds(75)));
    }

    [Fact]
    public void A_tag_that_stays_behind_is_read_in_the_empty_bay()
    {
        var scenario = Days.With(traffic => traffic with { TagLeftBehindShare = 0.5 });
        var visits = scenario.Visits.SelectMany(visit => visit.Vehicle.Tags.Select(tag => (tag, visit))).ToLookup(v => v.tag, v => v.visit);

        Assert.Contains(
            scenario.All<TagSighting>(),
            read => visits[read.Sighting.Tag].LastOrDefault() is { } last && read.Sighting.IsBy(last.Bay) && read.At - last.LeftAt > TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void A_reflection_lets_a_neighbour_hear_the_tag_as_well_as_its_own_bay()
    {
        double LoudNeighbourReads(double perHour)
        {
            var scenario = Days.With(tags => tags with
            {
                Signal = tags.Signal with { TagSpreadDb = 0, SlowFadingDb = 0 },
                ReflectionsPerHour = perHour,
                ReflectionSpreadDb = 0,
                AntennaSpreadDb = 0,
            });
            return scenario.All<TagSighting>().Count(read => read.Sighting.RssiDbm > -57 && scenario.Visits.Any(visit =>
                visit.Vehicle.Tags.Contains(read.Sighting.Tag) && visit.IsParkedAt(read.At) && !read.Sighting.IsBy(visit.Bay)));
        }

        Assert.True(LoudNeighbourReads(1) > 5 * LoudNeighbourReads(0));
    }

    private static List<(DateTimeOffset At, TagSighting Sighting)> ReadsDuring(TrueVisit visit) =>
    [
        .. visit.Vehicle.Tags.SelectMany(tag => ReadsOf[tag]).Where(read => read.Sighting.IsBy(visit.Bay)
            && read.At >= VehicleMotion.InViewFrom(visit) && read.At <= VehicleMotion.InViewUntil(visit)),
    ];
}
