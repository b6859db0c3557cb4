using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.State;

namespace BayEdge.Contracts.Tests.Consuming;

public sealed class UtilisationAlarmTests
{
    private static readonly DateTimeOffset Eight = VisitEvents.Eight;

    private static readonly BayKey[] Bays = [.. Enumerable.Range(1, 10).Select(i => new BayKey("sh-01", "pi-01", $"bay-{i:00}"))];

    private static readonly SiteCalendar AllDay = new(TimeZoneInfo.Utc, []);

    private static readonly SiteCalendar Early =
        new(TimeZoneInfo.Utc, [new WorkShift { Name = "early", Start = new(8, 0), End = new(16, 0) }]);

    [Theory]
    [InlineData(6, false, UtilisationLevel.Normal)]
    [InlineData(7, false, UtilisationLevel.High)]
    [InlineData(7, true, UtilisationLevel.High)]
    [InlineData(6, true, UtilisationLevel.Normal)]
    public void Seventy_percent_raise_the_alert_unless_told_otherwise(int occupied, bool isHigh, UtilisationLevel expected) =>
        Assert.Equal(expected, Judge(isHigh, Occupied(occupied, from: 0), AllDay, minute: 60)!.Level);

    [Fact]
    public void The_alert_stands_until_the_share_has_fallen_by_the_hysteresis()
    {
        var justBelow = Occupied(7, from: 2);
        Assert.Equal(UtilisationLevel.Normal, Judge(isHigh: false, justBelow, AllDay, minute: 60)!.Level);
        Assert.Equal(UtilisationLevel.High, Judge(isHigh: true, justBelow, AllDay, minute: 60)!.Level);
        Assert.Equal(UtilisationLevel.Normal, Judge(isHigh: true, Occupied(7, from: 6), AllDay, minute: 60)!.Level);
    }

    [Fact]
    public void A_site_that_hovers_about_the_threshold_raises_one_alert()
    {
        var isHigh = false;
        var raised = 0;
        for (var i = 0; i < 100; i++)
        {
            var judged = Judge(isHigh, Occupied(7, from: i % 2 == 0 ? 0 : 2), AllDay, minute: 60)!;
            raised += !isHigh && judged.Level == UtilisationLevel.High ? 1 : 0;
            isHigh = judged.Level == UtilisationLevel.High;
        }

        Assert.Equal(1, raised);
    }

    [Fact]
    public void Vehicles_that_stay_overnight_make_no_workshop_busy()
    {
        var overnight = Occupied(10, from: -600);

        var judged = Judge(isHigh: true, overnight, Early, minute: -30)!;

        Assert.Equal(UtilisationLevel.Normal, judged.Level);
        Assert.Null(judged.Utilisation);
    }

    [Fact]
    public void A_shift_is_judged_once_it_has_run_a_quarter_of_an_hour_and_only_by_itself()
    {
        var overnight = Occupied(10, from: -600).Select(visit => visit with { Left = new VisitMoment(Eight.AddMinutes(3), null, null) }).ToList();

        Assert.Null(Judge(isHigh: false, overnight, Early, minute: 14));
        Assert.Equal(0.2, Judge(isHigh: false, overnight, Early, minute: 15)!.Utilisation!.Value, 6);
    }

    [Fact]
    public void A_site_without_bays_stays_as_it_was() =>
        Assert.Null(UtilisationAlarm.Judge("sh-01", true, [], BayStays.Of([], [], Eight), AllDay, new(), Eight));

    [Fact]
    public void The_default_alarm_looks_at_an_hour_and_seventy_percent() => Assert.Equal(
        new UtilisationAlarmOptions
        {
            Threshold = 0.7, Hysteresis = 0.05, Window = TimeSpan.FromHours(1), LeastSpan = TimeSpan.FromMinutes(15),
        },
        new UtilisationAlarmOptions());

    private static IEnumerable<Visit> Occupied(int bays, double from) =>
        Bays.Take(bays).Select(bay => BayUtilisationTests.Visit($"in-{bay.Bay}", from, null, bay));

    private static SiteUtilisation? Judge(bool isHigh, IEnumerable<Visit> visits, SiteCalendar calendar, double minute)
    {
        var now = Eight.AddMinutes(minute);
        return UtilisationAlarm.Judge("sh-01", isHigh, Bays, BayStays.Of(visits, [], now), calendar, new(), now);
    }
}
