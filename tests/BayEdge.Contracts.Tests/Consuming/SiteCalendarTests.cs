using System.Globalization;
using BayEdge.Contracts.Consuming;

namespace BayEdge.Contracts.Tests.Consuming;

public sealed class SiteCalendarTests
{
    private static readonly WorkShift Early = new() { Name = "早班", Start = new(8, 0), End = new(16, 0) };

    private static readonly WorkShift Night = new() { Name = "夜班", Start = new(22, 0), End = new(6, 0), Days = [DayOfWeek.Monday] };

    [Fact]
    public void Hours_begin_at_the_full_hour_of_the_sites_own_clock()
    {
        var calendar = new SiteCalendar(TimeZoneInfo.FindSystemTimeZoneById("Asia/Kolkata"), []);

        var hours = calendar.Hours(At("2026-03-02T00:10Z"), At("2026-03-02T01:45Z"));

        Assert.Equal(["05:00+05:30 to 06:00+05:30", "06:00+05:30 to 07:00+05:30", "07:00+05:30 to 08:00+05:30"], hours.Select(Words));
    }

    [Theory]
    [InlineData("2026-03-28T23:00Z", "2026-03-29T22:00Z", 23)]
    [InlineData("2026-10-24T22:00Z", "2026-10-25T23:00Z", 25)]
    public void The_days_on_which_the_clock_is_moved_have_an_hour_less_and_one_more(string from, string to, int expected)
    {
        var calendar = new SiteCalendar(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), []);

        var hours = calendar.Hours(At(from), At(to)).ToList();

        Assert.Equal(expected, hours.Count);
        Assert.All(hours.Zip(hours.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.All(hours, hour => Assert.Equal(TimeSpan.FromHours(1), hour.To - hour.From));
    }

    [Fact]
    public void Where_the_clock_moves_by_half_an_hour_the_hours_still_meet()
    {
        var calendar = new SiteCalendar(TimeZoneInfo.FindSystemTimeZoneById("Australia/Lord_Howe"), []);

        var hours = calendar.Hours(At("2026-10-03T13:00Z"), At("2026-10-04T13:00Z")).ToList();

        Assert.All(hours.Zip(hours.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.All(hours, hour => Assert.InRange((hour.To - hour.From).TotalMinutes, 30, 60));
    }

    [Fact]
    public void A_night_shift_ends_on_the_next_day_and_runs_only_where_it_is_named()
    {
        var calendar = new SiteCalendar(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), [Early, Night]);

        var shifts = calendar.Shifts(At("2026-03-02T00:00+08:00"), At("2026-03-04T00:00+08:00"));

        Assert.Equal(
            ["早班 08:00+08:00 to 16:00+08:00", "夜班 22:00+08:00 to 06:00+08:00", "早班 08:00+08:00 to 16:00+08:00"],
            shifts.Select(shift => $"{shift.Shift} {Words(shift)}"));
    }

    [Theory]
    [InlineData("2026-03-02T07:59+08:00", null)]
    [InlineData("2026-03-02T08:00+08:00", "早班")]
    [InlineData("2026-03-02T16:00+08:00", null)]
    [InlineData("2026-03-03T05:59+08:00", "夜班")]
    [InlineData("2026-03-04T05:59+08:00", null)]
    public void The_running_shift_is_found(string at, string? expected) =>
        Assert.Equal(expected, new SiteCalendar(TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"), [Early, Night]).ShiftAt(At(at))?.Shift);

    [Fact]
    public void A_shift_that_begins_in_the_hour_that_the_clock_skips_begins_when_it_jumps()
    {
        var shift = new WorkShift { Name = "night", Start = new(2, 30), End = new(6, 0) };
        var calendar = new SiteCalendar(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), [shift]);

        var period = calendar.Shifts(At("2026-03-29T00:00Z"), At("2026-03-29T12:00Z")).Single();

        Assert.Equal(At("2026-03-29T01:30Z"), period.From);
        Assert.Equal(At("2026-03-29T04:00Z"), period.To);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static string Words(UtilisationPeriod period) =>
        string.Create(CultureInfo.InvariantCulture, $"{period.From:HH:mmzzz} to {period.To:HH:mmzzz}");
}
