using BayEdge.Contracts.State;

namespace BayEdge.Contracts.Consuming;

/// <summary>When a site counts as busy, and when no longer.</summary>
public sealed record UtilisationAlarmOptions
{
    /// <summary>The share of the bays' time, 0 to 1, from which on an alert is raised. The default value is 0.7.</summary>
    public double Threshold { get; init; } = 0.7;

    /// <summary>How far below the threshold the share must fall before the alert is cleared. The default value is 0.05.</summary>
    public double Hysteresis { get; init; } = 0.05;

    /// <summary>Over how much of the past the share is taken. The default value is 1 hour.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a shift must have run before it is judged. The default value is 15 minutes.</summary>
    public TimeSpan LeastSpan { get; init; } = TimeSpan.FromMinutes(15);
}

/// <summary>An alert that was raised for a site.</summary>
/// <param name="Site">The site.</param>
/// <param name="RaisedAt">When its utilisation reached the threshold.</param>
/// <param name="Utilisation">How high it was then, 0 to 1.</param>
/// <param name="Threshold">0 to 1.</param>
/// <param name="ClearedAt">When it had fallen clearly below; null while the alert stands.</param>
public sealed record UtilisationAlert(
    string Site, DateTimeOffset RaisedAt, double Utilisation, double Threshold, DateTimeOffset? ClearedAt);

/// <summary>Judges whether a site is busy.</summary>
/// <remarks>
/// Only working time is judged where shifts are known: a vehicle that stays in its bay overnight makes no workshop busy. The
/// window never reaches back beyond the beginning of the shift.
/// </remarks>
public static class UtilisationAlarm
{
    /// <param name="isHigh">Whether an alert stands.</param>
    /// <returns>How the site stands now; null when there is nothing to judge it by yet, so that it stays as it was.</returns>
    public static SiteUtilisation? Judge(
        string site,
        bool isHigh,
        IReadOnlyCollection<BayKey> bays,
        BayStays stays,
        SiteCalendar calendar,
        UtilisationAlarmOptions options,
        DateTimeOffset now)
    {
        var verdict = new SiteUtilisation
        {
            Site = site, Level = UtilisationLevel.Normal, Threshold = options.Threshold, Bays = bays.Count, Since = now,
        };
        var from = now - options.Window;
        if (calendar.HasShifts)
        {
            if (calendar.ShiftAt(now) is not { } shift)
                return verdict;
            from = shift.From > from ? shift.From : from;
        }

        if (bays.Count == 0 || now - from < options.LeastSpan)
            return null;

        var share = bays.Sum(bay => stays.OccupiedSeconds(bay, from, now)) / (bays.Count * (now - from).TotalSeconds);
        var limit = isHigh ? options.Threshold - options.Hysteresis : options.Threshold;
        return verdict with { Utilisation = share, Level = share >= limit ? UtilisationLevel.High : UtilisationLevel.Normal };
    }
}
