using BayEdge.Central.Ledger.Stores;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;

namespace BayEdge.Central.Ledger;

/// <summary>Everything a central system holds: events, how far each device's sequence is complete, and the visits that follow.</summary>
/// <remarks>
/// Not for several threads at once. Other programs may read it meanwhile; several consumers may write one in PostgreSQL.
/// </remarks>
public sealed class CentralLedger : IDisposable
{
    private readonly LedgerDatabase _database;
    private readonly Dictionary<EventSource, SequenceLedger> _sources;
    private readonly HashSet<BayKey> _bays;

    private CentralLedger(LedgerDatabase database)
    {
        _database = database;
        ClientId = database.Query(null, "SELECT client_id FROM identity", row => row.GetString(0)).Single();
        _sources = [];
        Refresh();
        _bays = [.. ReadBays()];
    }

    /// <summary>Whether the ledger outlives the process.</summary>
    public bool IsOnDisk => _database.Store.IsOnDisk;

    /// <summary>Whether several consumers may write it at a time.</summary>
    public bool IsShareable => _database.Store is PostgresStore;

    /// <summary>Made once for each ledger, so that whoever opens it takes up the same MQTT session.</summary>
    public string ClientId { get; }

    /// <summary>How every source stood when this process last saw it.</summary>
    public IReadOnlyDictionary<EventSource, SequenceLedger> Sources => _sources;

    /// <summary>Opens a ledger, making it where there is none.</summary>
    /// <param name="address">
    /// The SQLite file; or PostgreSQL as <c>postgres://user@host/database</c> or <c>Host=...;Database=...</c>; null keeps the ledger in memory.
    /// </param>
    /// <exception cref="LedgerFaultException">It cannot be opened.</exception>
    public static CentralLedger Open(string? address)
    {
        ILedgerStore store = address is not null && PostgresStore.TryParse(address, out var postgres) ? postgres : new SqliteStore(address);
        var database = new LedgerDatabase(store);
        try
        {
            return new CentralLedger(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Learns what other consumers of a shared ledger have done.</summary>
    /// <exception cref="LedgerFaultException">The ledger cannot be read.</exception>
    public void Refresh()
    {
        foreach (var (source, ledger) in _database.Query(null, $"SELECT {SourceRow.Columns} FROM sources", SourceRow.Read))
            _sources[source] = ledger;
    }

    /// <summary>Begins a transaction; only one at a time. Disposed without a commit it changes nothing.</summary>
    /// <param name="devices">Whose events it may store; other processes are kept from these until it ends.</param>
    /// <param name="visits">Of which visits.</param>
    /// <exception cref="LedgerFaultException">The ledger is locked or its disk or server does not answer.</exception>
    internal LedgerTransaction Begin(IReadOnlyCollection<DeviceKey> devices, IReadOnlyCollection<VisitKey> visits) =>
        new(_database, devices, visits, _sources, _bays);

    /// <summary>All visits by entering, retracted ones included.</summary>
    /// <param name="window">Only those that can overlap it; null reads all.</param>
    /// <exception cref="LedgerFaultException">The ledger cannot be read.</exception>
    public IReadOnlyList<Visit> ReadVisits(LedgerWindow? window = null)
    {
        var (where, parameters) = (window ?? LedgerWindow.All).Clause("left_at", "entered_at");
        return
        [
            .. _database.Query(null, $"{VisitRow.Select} FROM visits{where}", VisitRow.Read, parameters)
                .OrderBy(visit => visit.Entered?.At ?? visit.Left?.At)
                .ThenBy(visit => visit.Site, StringComparer.Ordinal)
                .ThenBy(visit => visit.Device, StringComparer.Ordinal)
                .ThenBy(visit => visit.VisitId, StringComparer.Ordinal),
        ];
    }

    /// <summary>The bays that ever had a state or a visit, of one site or of all.</summary>
    /// <exception cref="LedgerFaultException">The ledger cannot be read.</exception>
    public IReadOnlyList<BayKey> ReadBays(string? site = null)
    {
        var (where, parameters) = (LedgerWindow.All with { Site = site }).Clause();
        return _database.Query(
            null, $"SELECT site, device, bay FROM bays{where}", row => new BayKey(row.GetString(0), row.GetString(1), row.GetString(2)), parameters);
    }

    /// <summary>What devices said they may have missed.</summary>
    /// <exception cref="LedgerFaultException">The ledger cannot be read.</exception>
    public IReadOnlyList<ReceivedEvent> ReadGaps(string? site = null)
    {
        var (where, parameters) = (LedgerWindow.All with { Site = site }).Clause();
        return EventRow.Read(
            _database, $"{(where.Length == 0 ? " WHERE" : $"{where} AND")} type = '{EventTypes.DeviceGap}'", parameters);
    }

    /// <summary>The alerts of sites, the earliest first.</summary>
    /// <param name="window">Only those that overlap it; null reads all.</param>
    /// <exception cref="LedgerFaultException">The ledger cannot be read.</exception>
    public IReadOnlyList<UtilisationAlert> ReadAlerts(LedgerWindow? window = null)
    {
        var (where, parameters) = (window ?? LedgerWindow.All).Clause("cleared_at", "raised_at");
        return _database.Query(null, $"{AlertRow.Select} FROM utilisation_alerts{where} ORDER BY raised_at, site", AlertRow.Read, parameters);
    }

    public void Dispose() => _database.Dispose();
}
