namespace BayEdge.Contracts.Consuming;

/// <summary>Cuts time into the hours and shifts of a site.</summary>
public sealed class SiteCalendar(TimeZoneInfo zone, IReadOnlyList<WorkShift> shifts)
{
    public TimeZoneInfo Zone => zone;

    public bool HasShifts => shifts.Count > 0;

    /// <summary>A moment by the site's clock.</summary>
    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone);

    /// <summary>Midnight by the site's clock, at or before a moment.</summary>
    public DateTimeOffset StartOfDay(DateTimeOffset at) => Instant(DateOnly.FromDateTime(Local(at).DateTime), TimeOnly.MinValue);

    /// <summary>The full hours of the site's clock that overlap a span, the earliest first.</summary>
    public IEnumerable<UtilisationPeriod> Hours(DateTimeOffset from, DateTimeOffset to)
    {
        var hour = Local(from);
        hour -= SinceFullHour(hour);
        while (hour < to)
        {
            // Where the clock is moved by half an hour, the hour before is a short one.
            var next = Local(hour.AddHours(1));
            next -= SinceFullHour(next);
            if (next <= hour)
                next = Local(hour.AddHours(1));
            yield return new UtilisationPeriod(null, hour, next);
            hour = next;
        }
    }

    /// <summary>The shifts that overlap a span, by their start.</summary>
    public IEnumerable<UtilisationPeriod> Shifts(DateTimeOffset from, DateTimeOffset to)
    {
        var day = DateOnly.FromDateTime(Local(from).DateTime).AddDays(-1);
        var last = DateOnly.FromDateTime(Local(to).DateTime);
        for (; day <= last; day = day.AddDays(1))
        {
            var today = day;
            var periods =
                from shift in shifts
                where shift.StartsOn(today)
                let end = Instant(shift.End > shift.Start ? today : today.AddDays(1), shift.End)
                select new UtilisationPeriod(shift.Name, Instant(today, shift.Start), end);
            foreach (var period in periods.Where(period => period.From < to && period.To > from).OrderBy(period => period.From))
                yield return period;
        }
    }

    /// <summary>The shift that runs at a moment, the one that began last when several do; null outside of all.</summary>
    public UtilisationPeriod? ShiftAt(DateTimeOffset at) =>
        Shifts(at, at.AddTicks(1)).Where(period => period.From <= at).MaxBy(period => period.From);

    private static TimeSpan SinceFullHour(DateTimeOffset local) => TimeSpan.FromTicks(local.TimeOfDay.Ticks % TimeSpan.TicksPerHour);

    // A time that the clock skips is the moment of the jump; one that it shows twice is the first of both.
    private DateTimeOffset Instant(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddDays(-1))
            : zone.GetUtcOffset(local);
        return Local(new DateTimeOffset(local, offset));
    }
}
