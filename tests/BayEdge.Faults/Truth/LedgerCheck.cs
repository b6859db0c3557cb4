using BayEdge.Central.Ledger;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;
using BayEdge.Faults.Played;
using Microsoft.Data.Sqlite;

namespace BayEdge.Faults.Truth;

/// <summary>Holds a consumer's ledger against what the device has stored.</summary>
internal sealed class LedgerCheck
{
    private readonly DeviceTruth _truth;
    private readonly Dictionary<EventPosition, ReceivedEvent> _held = [];
    private readonly List<string> _problems = [];
    private readonly CentralLedger _ledger;
    private readonly IReadOnlySet<EventPosition> _gone;

    private LedgerCheck(DeviceTruth truth, IReadOnlySet<EventPosition> gone, CentralLedger ledger, string path)
    {
        (_truth, _gone, _ledger) = (truth, gone, ledger);
        Read(path);
    }

    /// <summary>Events that are not in the ledger and that a <c>device.gap</c> owns up to.</summary>
    public int Declared { get; private set; }

    public int Lost { get; private set; }

    public int Doubled { get; private set; }

    public IReadOnlyList<string> Problems => _problems;

    /// <param name="gone">What went with a journal unconfirmed, and may be missing where a <c>device.gap</c> says so.</param>
    public static LedgerCheck Run(DeviceTruth truth, IReadOnlySet<EventPosition> gone, string path)
    {
        using var ledger = CentralLedger.Open(path);
        var check = new LedgerCheck(truth, gone, ledger, path);
        check.CompareEvents();
        check.CompareTokens();
        check.CompareSources();
        check.CompareVisits();
        return check;
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private void Read(string path)
    {
        using var connection = Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT topic, payload FROM events";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (!ReceivedEvent.TryRead(reader.GetString(0), reader.GetFieldValue<byte[]>(1), out var received, out var problem))
                _problems.Add($"The ledger holds what is no event: {problem}");
            else if (!_held.TryAdd(received.Position, received))
                _problems.Add($"The ledger holds {received.Position} twice.");
        }
    }

    private void CompareEvents()
    {
        foreach (var (position, stored) in _truth.Stored)
        {
            if (!_held.TryGetValue(position, out var held))
                Miss(position, stored);
            else if (!IsSame(held, stored))
                _problems.Add($"{position} was stored as {stored.Line} and is held as {held.Type} of '{held.Envelope.Subject}'.");
        }

        foreach (var position in _held.Keys.Where(position => !_truth.Stored.ContainsKey(position)))
            _problems.Add($"The ledger holds {position}, which the device never stored.");
    }

    private void Miss(EventPosition position, TruthEvent stored)
    {
        if (_gone.Contains(position) && IsDeclared(position))
        {
            Declared++;
            return;
        }

        Lost++;
        _problems.Add($"{position} ({stored.Line}) is not in the ledger.");
    }

    private bool IsDeclared(EventPosition position) => _held.Values.Any(
        held => held.Gap is { PreviousEpoch: { } epoch, PreviousLastSequence: { } last } && epoch == position.Epoch && last >= position.Sequence);

    private static bool IsSame(ReceivedEvent held, TruthEvent stored) =>
        held.Type == stored.Type
        && (held.Visit is not { } visit
            ? stored.Visit.Length == 0
            : (visit.VisitId, visit.Bay, BusyBays.TokenOf(visit.Evidence)) == (stored.Visit, stored.Bay, stored.Token));

    // Whatever the positions say: no decision may be there twice, and those of a bay stand in the order in which they were made.
    private void CompareTokens()
    {
        var tokens = _held.OrderBy(pair => pair.Key).Where(pair => pair.Value.Visit is not null)
            .Select(pair => (pair.Value.Visit!.Bay, Token: BusyBays.TokenOf(pair.Value.Visit.Evidence) ?? -1))
            .ToList();
        foreach (var twice in tokens.GroupBy(one => one.Token).Where(group => group.Count() > 1))
        {
            Doubled += twice.Count() - 1;
            _problems.Add($"The decision {twice.Key} is in the ledger {twice.Count()} times.");
        }

        foreach (var bay in tokens.GroupBy(one => one.Bay))
        {
            if (!bay.Select(one => one.Token).SequenceEqual(bay.Select(one => one.Token).Order()))
                _problems.Add($"The events of {bay.Key} are out of order.");
        }
    }

    private void CompareSources()
    {
        foreach (var (source, ledger) in _ledger.Sources)
        {
            foreach (var range in ledger.Missing.Concat(ledger.Lost).Where(range => !IsDeclared(new EventPosition(source.Epoch, range.Last))))
                _problems.Add($"The ledger misses {range} of epoch {source.Epoch}, and no device.gap says so.");
        }
    }

    // By a rule of its own, simpler than the consumer's: these bays never take anything back but whole visits.
    private void CompareVisits()
    {
        var told = _held.Values.Where(held => held.Visit is not null).GroupBy(held => held.Visit!.VisitId)
            .ToDictionary(group => group.Key, group => group.Select(held => held.Type).ToHashSet());
        var visits = _ledger.ReadVisits().ToDictionary(visit => visit.VisitId);
        foreach (var id in told.Keys.Union(visits.Keys))
        {
            var (isTold, isHeld) = (told.TryGetValue(id, out var types), visits.TryGetValue(id, out var visit));
            if (!isTold || !isHeld
                || types!.Contains(EventTypes.VehicleLeft) != visit!.Left is not null
                || types.Contains(EventTypes.VisitRetracted) != visit.IsRetracted)
                _problems.Add($"The ledger's visit {id} is not what its events say.");
        }
    }
}
