using BayEdge.Central.Ledger;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.State;

namespace BayEdge.Central.Utilisation;

/// <summary>Looks whether a site became busy or is no longer, and keeps that in the ledger.</summary>
internal sealed class UtilisationWatch(CentralLedger ledger, SitePlans plans, string? site)
{
    /// <summary>The sites whose level changed, and now stands in the ledger.</summary>
    /// <exception cref="LedgerFaultException">The ledger cannot be used.</exception>
    public IReadOnlyList<SiteUtilisation> Look(DateTimeOffset now)
    {
        var standing = ledger.ReadAlerts(new LedgerWindow(site, now, null)).Where(alert => alert.ClearedAt is null).Select(alert => alert.Site).ToHashSet();
        var bays = ledger.ReadBays(site).GroupBy(bay => bay.Site).ToDictionary(bays => bays.Key, bays => bays.ToList());
        var longest = bays.Keys.Select(name => plans.For(name).Alarm.Window).DefaultIfEmpty().Max();
        var stays = BayStays.Of(ledger.ReadVisits(new LedgerWindow(site, now - longest, now)), ledger.ReadGaps(site), now);
        var changes = bays
            .Select(pair => UtilisationAlarm.Judge(
                pair.Key, standing.Contains(pair.Key), pair.Value, stays, plans.For(pair.Key).Calendar, plans.For(pair.Key).Alarm, now))
            .OfType<SiteUtilisation>()
            .Where(judged => (judged.Level == UtilisationLevel.High) != standing.Contains(judged.Site))
            .ToList();
        return changes.Count == 0 ? [] : Keep(changes);
    }

    private List<SiteUtilisation> Keep(List<SiteUtilisation> changes)
    {
        using var transaction = ledger.Begin([], []);
        var kept = changes.Where(transaction.Keep).ToList();
        transaction.Commit();
        return kept;
    }
}
