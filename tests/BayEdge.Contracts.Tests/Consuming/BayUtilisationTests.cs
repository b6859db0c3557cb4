using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;

namespace BayEdge.Contracts.Tests.Consuming;

public sealed class BayUtilisationTests
{
    private static readonly DateTimeOffset Eight = VisitEvents.Eight;

    private static readonly BayKey Bay = new("sh-01", "pi-01", "bay-01");

    [Fact]
    public void A_visit_counts_in_each_hour_for_as_long_as_it_lasted_there()
    {
        var uses = Hours([Visit("v", 30, 75)], now: 180);

        Assert.Equal([30, 15, 0], uses.Select(use => use.OccupiedSeconds / 60));
        Assert.Equal([0.5, 0.25, 0], uses.Select(use => use.Share));
    }

    [Fact]
    public void An_open_visit_counts_up_to_now_and_the_rest_of_the_hour_is_not_vacant_but_not_yet()
    {
        var uses = Hours([Visit("v", 45, null)], now: 75);

        Assert.Equal([15, 15], uses.Select(use => use.OccupiedSeconds / 60));
        Assert.Equal([60, 15], uses.Select(use => use.AvailableSeconds / 60));
    }

    [Fact]
    public void A_retracted_visit_does_not_count() =>
        Assert.Equal(0, Minutes([Visit("v", 0, 60) with { IsRetracted = true }], now: 60));

    [Fact]
    public void Visits_that_overlap_count_once() => Assert.Equal(50, Minutes([Visit("a", 0, 30), Visit("b", 20, 40), Visit("c", 45, 55)], now: 60));

    [Fact]
    public void A_corrected_visit_counts_as_it_now_stands()
    {
        ReceivedEvent[] events =
        [
            VisitEvents.Entered(1, Eight), VisitEvents.Left(2, Eight, Eight.AddMinutes(50), 3000),
            VisitEvents.Event(3, EventTypes.VisitCorrected, Eight.AddMinutes(20), data => data with { EnteredAt = Eight, OccupiedSeconds = 1200 }),
        ];

        Assert.Equal(50, Minutes(VisitProjection.Fold(events[..2]), now: 60));
        Assert.Equal(20, Minutes(VisitProjection.Fold(events), now: 60));
    }

    [Fact]
    public void A_visit_whose_entering_was_never_told_counts_back_from_its_leaving()
    {
        var visit = Visit("v", 0, 50) with { Entered = null, OccupiedSeconds = 600 };

        Assert.Equal(10, Minutes([visit], now: 60));
        Assert.Equal(0, Minutes([visit with { OccupiedSeconds = null }], now: 60));
        Assert.Equal(0, Minutes([visit with { OccupiedSeconds = 1e300 }], now: 60));
    }

    [Fact]
    public void A_visit_that_a_wrong_clock_lets_end_before_it_began_does_not_count() =>
        Assert.Equal(0, Minutes([Visit("v", 50, 10)], now: 60));

    [Fact]
    public void An_open_visit_does_not_outlast_the_beginning_of_the_next_one_in_its_bay() =>
        Assert.Equal(30, Minutes([Visit("lost", 0, null), Visit("next", 20, 30)], now: 60));

    [Fact]
    public void An_open_visit_does_not_outlast_the_moment_at_which_the_device_lost_its_bays()
    {
        var gap = Gap(new GapData { Reason = "bays-lost", From = Eight.AddMinutes(25), To = Eight.AddMinutes(40) });
        var elsewhere = Gap(new GapData { Reason = "bays-lost", From = Eight.AddMinutes(5), To = Eight.AddMinutes(40), Bays = ["bay-02"] });
        var before = Gap(new GapData { Reason = "bays-lost", From = Eight.AddMinutes(-9), To = Eight.AddMinutes(-5) });

        Assert.Equal(25, Minutes([Visit("v", 0, null)], now: 60, gap, elsewhere, before));
        Assert.Equal(60, Minutes([Visit("v", 0, 60)], now: 60, gap));
    }

    [Fact]
    public void A_bay_without_a_visit_was_vacant()
    {
        var other = Bay with { Bay = "bay-02" };
        var stays = BayStays.Of([Visit("v", 0, 60)], [], Eight.AddMinutes(60));

        var uses = BayUtilisation.Of(stays, [Bay, other], [new UtilisationPeriod(null, Eight, Eight.AddMinutes(60))], Eight.AddMinutes(60));

        Assert.Equal([1.0, 0.0], uses.Select(use => use.Share));
    }

    internal static Visit Visit(string id, double fromMinute, double? toMinute, BayKey? bay = null) => new()
    {
        Site = (bay ?? Bay).Site,
        Device = (bay ?? Bay).Device,
        VisitId = id,
        Bay = (bay ?? Bay).Bay,
        Vehicle = VisitEvents.Known,
        Entered = new VisitMoment(Eight.AddMinutes(fromMinute), null, null),
        Left = toMinute is { } minute ? new VisitMoment(Eight.AddMinutes(minute), null, null) : null,
    };

    private static ReceivedEvent Gap(GapData gap) =>
        VisitEvents.Entered(9, Eight) with { Visit = null, Gap = gap };

    private static double Minutes(IEnumerable<Visit> visits, double now, params ReceivedEvent[] gaps) =>
        BayStays.Of(visits, gaps, Eight.AddMinutes(now)).OccupiedSeconds(Bay, Eight.AddDays(-1), Eight.AddDays(1)) / 60;

    private static List<BayUtilisation> Hours(IEnumerable<Visit> visits, double now)
    {
        var at = Eight.AddMinutes(now);
        var calendar = new SiteCalendar(TimeZoneInfo.Utc, []);
        return [.. BayUtilisation.Of(BayStays.Of(visits, [], at), [Bay], calendar.Hours(Eight, Eight.AddHours(3)), at)];
    }
}
