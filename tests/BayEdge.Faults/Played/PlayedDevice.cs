using System.Globalization;
using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;
using BayEdge.Core.Timing;
using BayEdge.Faults.Truth;
using BayEdge.Messaging.Publishing;
using BayEdge.Storage.Journal;

namespace BayEdge.Faults.Played;

/// <summary>
/// A device's process: journal and publisher of the product under busy bays. How many events a second the bays decide stands in a
/// file that may change at any time; 0 ends them.
/// </summary>
internal sealed class PlayedDevice(string dataFolder, string logPath, string ratePath, int life, DeliveryConfirmation confirmation)
{
    /// <summary>What it prints whenever it has reached the broker.</summary>
    public const string ConnectedWords = "Connected to";

    private const string BootId = "played";

    // Of events; more than any life stores.
    private const long TokensInALife = 1_000_000;

    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan StorageRetry = TimeSpan.FromMilliseconds(100);

    private readonly EventComposer _composer = new(Names.Site, Names.Device);
    private readonly TimeProvider _time = TimeProvider.System;
    private EventPosition _saidDrained;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var journal = await OpenAsync(cancellationToken);
        using var log = new TruthLog(logPath);
        log.Opened(journal.Epoch, journal.LastSequence, life);
        var bays = new BusyBays(Snapshot(journal), FirstToken, new Random());
        await OwnUpAsync(journal, bays, log, cancellationToken);
        var publisher = new MqttPublisher(Options, journal, new NoListener(), _time, new PrintedLog(_time), Random.Shared.NextDouble);
        var publishing = publisher.RunAsync(cancellationToken);
        await WorkAsync(journal, bays, log, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await publishing;
    }

    private long FirstToken => life * TokensInALife;

    private MqttPublisherOptions Options => new()
    {
        Site = Names.Site,
        Device = Names.Device,
        Broker = BrokerAddress.TryParse($"mqtt://127.0.0.1:{Names.DevicePort}", out var broker, out var problem)
            ? broker! : throw new InvalidOperationException(problem),
        BootId = BootId,
        Confirmation = confirmation,
        Secrets = new Secrets { MqttUser = Names.DeviceUser, MqttPassword = Names.Password },
        // Less patience than in life, so that a schedule of seconds shows what there takes minutes.
        AnswerLimit = TimeSpan.FromSeconds(5),
        KeepAlive = TimeSpan.FromSeconds(3),
        FirstRetry = TimeSpan.FromSeconds(0.2),
        LongestRetry = TimeSpan.FromSeconds(2),
        AckPatience = TimeSpan.FromSeconds(3),
        LongestAckPatience = TimeSpan.FromSeconds(6),
        StatusInterval = TimeSpan.FromSeconds(1),
        StatusRefresh = TimeSpan.FromSeconds(5),
    };

    // As systemd does with a service that ends because the disk takes nothing.
    private async Task<SqliteJournal> OpenAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return SqliteJournal.Open(new JournalOptions { Folder = dataFolder }, _time);
            }
            catch (StorageFaultException fault)
            {
                Console.WriteLine(fault.Message);
                await Task.Delay(StorageRetry, cancellationToken);
            }
        }
    }

    private static ReadOnlyMemory<byte>? Snapshot(SqliteJournal journal) => journal.ReadSnapshot();

    private async Task OwnUpAsync(SqliteJournal journal, BusyBays bays, TruthLog log, CancellationToken cancellationToken)
    {
        if (journal.Recovery is not { } recovery)
            return;

        var gap = new GapData
        {
            Reason = "journal-damaged",
            From = recovery.RecoveredAt,
            To = recovery.RecoveredAt,
            PreviousEpoch = recovery.PreviousEpoch,
            PreviousLastSequence = recovery.PreviousLastSequence,
        };
        await StoreAsync(
            journal, bays, log, [_composer.Compose(gap, recovery.RecoveredAt)], [new TruthEvent(FirstToken, "", EventTypes.DeviceGap, "")], cancellationToken);
    }

    private async Task WorkAsync(SqliteJournal journal, BusyBays bays, TruthLog log, CancellationToken cancellationToken)
    {
        var clock = new ClockInfo(ClockState.Unsynced, null, BootId);
        var random = new Random();
        while (true)
        {
            var rate = Rate();
            if (rate <= 0)
            {
                SayDrained(journal, log);
                await Task.Delay(Turn, _time, cancellationToken);
                continue;
            }

            // Arrivals without memory, so that any two things may fall together.
            await Task.Delay(TimeSpan.FromSeconds(-Math.Log(1 - random.NextDouble()) / rate), _time, cancellationToken);
            var decided = bays.Decide(_time.Observe());
            await StoreAsync(
                journal, bays, log, [.. decided.Select(one => _composer.Compose(one, clock))], [.. decided.Select(BusyBays.TruthOf)], cancellationToken);
        }
    }

    private async Task StoreAsync(
        SqliteJournal journal, BusyBays bays, TruthLog log, IReadOnlyList<PendingEvent> events, IReadOnlyList<TruthEvent> truth, CancellationToken cancellationToken)
    {
        log.Appending(truth);
        while (true)
        {
            try
            {
                log.Appended(journal.Append(events, bays.Snapshot())[^1]);
                return;
            }
            catch (StorageFaultException)
            {
                await Task.Delay(StorageRetry, _time, cancellationToken);
            }
        }
    }

    private double Rate()
    {
        try
        {
            return double.Parse(File.ReadAllText(ratePath), CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            // Being written just now.
            return 1;
        }
    }

    private void SayDrained(SqliteJournal journal, TruthLog log)
    {
        var last = new EventPosition(journal.Epoch, journal.LastSequence);
        if (last == _saidDrained || !IsEmpty(journal))
            return;

        _saidDrained = last;
        log.Drained(last.Epoch, last.Sequence);
    }

    private static bool IsEmpty(SqliteJournal journal)
    {
        try
        {
            return journal.GetStatus().Backlog == 0;
        }
        catch (StorageFaultException)
        {
            // Asked again in a moment.
            return false;
        }
    }

    private sealed class NoListener : IDeliveryListener
    {
        public void Connected(string broker)
        {
            // The publisher says so in its log.
        }

        public void Disconnected(string reason)
        {
            // The publisher says so in its log.
        }

        public void Confirmed(IReadOnlyList<OutboxEntry> entries)
        {
            // What counts is what the ledger holds.
        }
    }
}
