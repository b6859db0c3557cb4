using System.Globalization;
using BayEdge.Central.Ledger;
using BayEdge.Central.Utilisation;
using BayEdge.Contracts.Consuming;

namespace BayEdge.Central.Export;

/// <summary>The rows that a ledger gives.</summary>
internal sealed class LedgerRows(CentralLedger ledger, SitePlans plans, LedgerWindow window, DateTimeOffset now)
{
    public static readonly string[] VisitColumns =
    [
        "site", "device", "bay", "visitId", "plate", "ref", "tags", "enteredAt", "leftAt", "utcOffset", "occupiedSeconds",
        "occupiedMinutes", "retracted", "reason",
    ];

    public static readonly string[] UtilisationColumns =
    [
        "site", "device", "bay", "shift", "from", "to", "utcOffset", "occupiedMinutes", "availableMinutes", "utilisationPercent",
    ];

    public static readonly string[] AlertColumns = ["site", "raisedAt", "clearedAt", "utcOffset", "utilisationPercent", "thresholdPercent"];

    /// <summary>Visits that overlap the window, retracted ones included.</summary>
    public IEnumerable<IReadOnlyList<Cell>> Visits() => ledger.ReadVisits(window).Select(visit =>
    {
        var calendar = plans.For(visit.Site).Calendar;
        return Row(
            VisitColumns,
            visit.Site, visit.Device, visit.Bay, visit.VisitId, visit.Vehicle.Plate, visit.Vehicle.Ref, visit.Vehicle.Tags,
            Local(calendar, visit.Entered?.At), Local(calendar, visit.Left?.At), Offset(calendar, visit.Entered?.At ?? visit.Left?.At),
            visit.OccupiedSeconds, visit.OccupiedSeconds / 60, visit.IsRetracted, visit.Reason);
    });

    /// <summary>Each bay in each hour or shift, and before them all bays of the site together, which names no bay.</summary>
    public IEnumerable<IReadOnlyList<Cell>> Utilisation(bool byShift)
    {
        foreach (var site in ledger.ReadBays(window.Site).GroupBy(bay => bay.Site).OrderBy(site => site.Key, StringComparer.Ordinal))
        {
            var calendar = plans.For(site.Key).Calendar;
            var from = window.From ?? calendar.StartOfDay(now);
            var to = window.To ?? now;
            var periods = (byShift ? calendar.Shifts(from, to) : calendar.Hours(from, to)).ToList();
            if (periods.Count == 0)
                continue;

            var whole = new LedgerWindow(site.Key, periods.Min(period => period.From), periods.Max(period => period.To));
            var stays = BayStays.Of(ledger.ReadVisits(whole), ledger.ReadGaps(site.Key), now);
            var bays = site.OrderBy(bay => bay.Device, StringComparer.Ordinal).ThenBy(bay => bay.Bay, StringComparer.Ordinal).ToList();
            foreach (var period in BayUtilisation.Of(stays, bays, periods, now).GroupBy(use => use.Period))
            {
                var (occupied, available) = (period.Sum(use => use.OccupiedSeconds), period.Sum(use => use.AvailableSeconds));
                yield return UtilisationRow(calendar, new(new(site.Key, "", ""), period.Key, occupied, available));
                foreach (var use in period)
                    yield return UtilisationRow(calendar, use);
            }
        }
    }

    public IEnumerable<IReadOnlyList<Cell>> Alerts() => ledger.ReadAlerts(window).Select(alert =>
    {
        var calendar = plans.For(alert.Site).Calendar;
        return Row(
            AlertColumns,
            alert.Site, calendar.Local(alert.RaisedAt), Local(calendar, alert.ClearedAt), Offset(calendar, alert.RaisedAt),
            100 * alert.Utilisation, 100 * alert.Threshold);
    });

    private static IReadOnlyList<Cell> UtilisationRow(SiteCalendar calendar, BayUtilisation use) => Row(
        UtilisationColumns,
        use.Bay.Site, Given(use.Bay.Device), Given(use.Bay.Bay), use.Period.Shift, calendar.Local(use.Period.From), calendar.Local(use.Period.To),
        Offset(calendar, use.Period.From), use.OccupiedSeconds / 60, use.AvailableSeconds / 60, 100 * use.Share);

    private static string? Given(string text) => text.Length == 0 ? null : text;

    private static DateTimeOffset? Local(SiteCalendar calendar, DateTimeOffset? at) => at is { } known ? calendar.Local(known) : null;

    private static string? Offset(SiteCalendar calendar, DateTimeOffset? at) =>
        Local(calendar, at)?.ToString("'UTC'zzz", CultureInfo.InvariantCulture);

    private static IReadOnlyList<Cell> Row(string[] columns, params object?[] values) =>
        [.. columns.Zip(values, (name, value) => new Cell(name, value))];
}
