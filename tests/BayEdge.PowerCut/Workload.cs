using BayEdge.Contracts.Events;
using BayEdge.Core.Delivery;
using BayEdge.Storage.Journal;

namespace BayEdge.PowerCut;

/// <summary>Uses a journal as the service does, without pause, until the process is killed: one thread appends, one delivers.</summary>
internal sealed class Workload(string folder, PromiseLog log, int seed, long firstToken, long firstAppend)
{
    private const int MostBacklog = 2000;
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(2);

    private readonly Random _appends = new(seed);
    private readonly Random _deliveries = new(seed + 1);
    private long _token = firstToken;
    private long _append = firstAppend;

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        try
        {
            while (TimeProvider.System.GetElapsedTime(began) < LongestLife)
            {
                // An orderly stop and start now and then, so that cuts fall into these too.
                using var session = new CancellationTokenSource(TimeSpan.FromMilliseconds(_appends.Next(50, 1500)));
                using var journal = SqliteJournal.Open(new JournalOptions { Folder = folder }, TimeProvider.System);
                log.Opened(journal.Epoch, journal.LastSequence);
                await Task.WhenAll(Task.Run(() => Append(journal, session.Token)), Task.Run(() => Deliver(journal, session.Token)));
            }

            return 0;
        }
        catch (StorageFaultException exception)
        {
            log.Fault(exception.Message);
            return 1;
        }
    }

    private void Append(SqliteJournal journal, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (journal.GetStatus().Backlog > MostBacklog)
            {
                stop.WaitHandle.WaitOne(1);
                continue;
            }

            var count = _appends.Next(20) switch { 0 => 0, 1 => 20, < 6 => 3, _ => 1 };
            var (token, append) = (_token, _append);
            _token += count;
            _append++;
            log.Appending(append, token, count);
            journal.Append([.. Enumerable.Range(0, count).Select(index => Content.Event(token + index))], Content.Snapshot(append));
            log.Appended(append, journal.LastSequence);
        }
    }

    private void Deliver(SqliteJournal journal, CancellationToken stop)
    {
        var last = default(EventPosition);
        while (!stop.IsCancellationRequested)
        {
            var entries = journal.Read(last, _deliveries.Next(1, 60));
            if (entries.Count == 0)
            {
                stop.WaitHandle.WaitOne(1);
                continue;
            }

            last = entries[^1].Position;
            Publish(journal, entries);
            Confirm(journal, entries);
        }
    }

    private void Publish(SqliteJournal journal, IReadOnlyList<OutboxEntry> entries)
    {
        var own = entries.Select(entry => (entry.Position, Token: Content.TokenOf(entry)))
            .Where(entry => entry.Token is not null)
            .Select(entry => (entry.Position, entry.Token!.Value))
            .ToList();
        if (own.Count > 0 && _deliveries.Next(8) == 0)
        {
            var refused = own[0].Position;
            log.SettingAside(refused.Sequence);
            journal.Quarantine(refused, "The broker refuses it.");
            log.SetAside(refused.Sequence);
            own.RemoveAt(0);
        }

        log.Published(own);
    }

    private void Confirm(SqliteJournal journal, IReadOnlyList<OutboxEntry> entries)
    {
        var last = entries[^1].Position.Sequence;
        var positions = entries.Select(entry => entry.Position).ToList();
        switch (_deliveries.Next(10))
        {
            case < 4:
                log.ConfirmingUpTo(last);
                journal.Confirm(journal.Epoch, last);
                log.ConfirmedUpTo(last);
                break;
            case 4:
                log.Confirming(positions);
                journal.Confirm(positions);
                log.Confirmed(positions);
                break;
            default:
                // The central system is silent for now.
                break;
        }
    }
}
