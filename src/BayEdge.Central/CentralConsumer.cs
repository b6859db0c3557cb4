using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using BayEdge.Central.Broker;
using BayEdge.Central.Ledger;
using BayEdge.Central.Utilisation;
using BayEdge.Contracts;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.State;

namespace BayEdge.Central;

/// <summary>Takes the events of devices into a ledger, and only then acknowledges them.</summary>
/// <remarks>
/// <para>
/// An acknowledgement is cumulative and never passes a gap. A device sends again whatever is not acknowledged, so a message
/// that is lost between the broker and the ledger comes again; that is why MQTT's own acknowledgement may go out as soon as a
/// message arrives, and why the broker's session is a convenience, not a promise.
/// </para>
/// <para>It connects again for ever, also after refused credentials: somebody will mend the broker.</para>
/// </remarks>
public sealed class CentralConsumer
{
    // One commit costs a flush of the disk, so that what waits together is stored together.
    private const int LongestBatch = 512;
    private const int InboxCapacity = 4 * LongestBatch;

    private readonly CentralOptions _options;
    private readonly CentralLedger _ledger;
    private readonly ICentralListener _listener;
    private readonly TimeProvider _time;
    private readonly Intake _intake;
    private readonly UtilisationWatch? _watch;
    private readonly Lock _telling = new();
    private readonly Lock _ledgerUse = new();
    private readonly ConcurrentDictionary<EventSource, long> _acksDue = new();
    private readonly ConcurrentDictionary<string, SiteUtilisation> _levelsDue = new();
    private readonly Channel<InboundMessage> _inbox = Channel.CreateBounded<InboundMessage>(InboxCapacity);
    private volatile BrokerConnection? _connection;

    public CentralConsumer(CentralOptions options, CentralLedger ledger, ICentralListener listener, TimeProvider time)
    {
        _options = options;
        _ledger = ledger;
        _listener = listener;
        _time = time;
        _intake = new Intake(ledger, options.Acknowledge);
        _watch = options.Plans is { } plans ? new UtilisationWatch(ledger, plans, options.Site) : null;
    }

    /// <summary>Runs until cancelled; returns without an exception then.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Due(_ledger.Sources.Keys);
        List<Task> loops = [StayConnectedAsync(stop.Token), StoreAsync(stop.Token), AcknowledgeAsync(stop.Token)];
        if (_watch is not null)
            loops.Add(WatchAsync(_watch, stop.Token));
        var first = await Task.WhenAny(loops);
        await stop.CancelAsync();
        await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            // The others only followed it.
            await first;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked for.
        }
    }

    private async Task StayConnectedAsync(CancellationToken cancellationToken)
    {
        var session = ConsumerSession.For(_options, _ledger);
        var failures = 0;
        while (true)
        {
            string reason;
            try
            {
                await using var connection = await BrokerConnection.OpenAsync(
                    session, message => _inbox.Writer.WriteAsync(message, cancellationToken), _time, cancellationToken);
                failures = 0;
                _connection = connection;
                Tell(listener => listener.Connected(_options.Broker.ToString()));
                reason = await connection.WaitForLossAsync(cancellationToken);
            }
            catch (BrokerFaultException fault)
            {
                reason = fault.Message;
            }
            finally
            {
                _connection = null;
            }

            Tell(listener => listener.Disconnected(reason));
            await Task.Delay(Pause(failures++), _time, cancellationToken);
        }
    }

    // Doubles up to the longest, with jitter so that many consumers do not knock at the same second.
    private TimeSpan Pause(int failures)
    {
        var step = _options.FirstRetry * Math.Pow(2, Math.Min(failures, 30));
        return (step < _options.LongestRetry ? step : _options.LongestRetry) * (0.5 + (Random.Shared.NextDouble() / 2));
    }

    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        var batch = new List<InboundMessage>(LongestBatch);
        while (await _inbox.Reader.WaitToReadAsync(cancellationToken))
        {
            batch.Clear();
            while (batch.Count < LongestBatch && _inbox.Reader.TryRead(out var message))
                batch.Add(message);

            var (notices, touched) = await TakeAsync(batch, cancellationToken);
            foreach (var notice in notices)
                Tell(notice);
            Due(touched);
        }
    }

    private async Task<(IReadOnlyList<Action<ICentralListener>> Notices, IReadOnlySet<EventSource> Touched)> TakeAsync(
        List<InboundMessage> batch, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                lock (_ledgerUse)
                    return _intake.Take(batch);
            }
            catch (LedgerFaultException fault)
            {
                Tell(listener => listener.LedgerFailed(fault.Message));
                await Task.Delay(_options.LedgerRetry, _time, cancellationToken);
            }
        }
    }

    private void Due(IEnumerable<EventSource> sources)
    {
        if (!_options.Acknowledge)
            return;

        foreach (var source in sources)
        {
            if (_ledger.Sources.TryGetValue(source, out var ledger) && ledger.AckUpTo is { } upTo)
                _acksDue[source] = upTo;
        }
    }

    private async Task AcknowledgeAsync(CancellationToken cancellationToken)
    {
        // Each failing source waits alone: one refused topic must not hold up the acknowledgements of other devices.
        var failedAt = new Dictionary<EventSource, long>();
        using var timer = new PeriodicTimer(_options.AckInterval, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            foreach (var (source, upTo) in _acksDue)
            {
                if (_connection is not { } connection)
                    break;
                if (failedAt.TryGetValue(source, out var at) && _time.GetElapsedTime(at) < _options.FirstRetry)
                    continue;

                if (await TryAcknowledgeAsync(connection, source, upTo, cancellationToken))
                    failedAt.Remove(source);
                else
                    failedAt[source] = _time.GetTimestamp();
            }
        }
    }

    private async Task<bool> TryAcknowledgeAsync(BrokerConnection connection, EventSource source, long upTo, CancellationToken cancellationToken)
    {
        var ack = JsonSerializer.SerializeToUtf8Bytes(new Ack { Epoch = source.Epoch, UpTo = upTo }, ContractsJson.Wire.Ack);
        try
        {
            await connection.PublishAsync(Topics.Ack(source.Site, source.Device), ack, cancellationToken);
        }
        catch (BrokerFaultException fault)
        {
            // It stays due. A lost connection is noticed and mended elsewhere; a refusal needs somebody to mend the broker.
            Tell(listener => listener.AcknowledgementFailed(source, fault.Message));
            return false;
        }

        _acksDue.TryRemove(new(source, upTo));
        Tell(listener => listener.Acknowledged(source, upTo));
        return true;
    }

    private async Task WatchAsync(UtilisationWatch watch, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.UtilisationInterval, _time);
        do
        {
            foreach (var change in Look(watch))
            {
                Tell(listener => listener.UtilisationChanged(change));
                if (_options.PublishUtilisation)
                    _levelsDue[change.Site] = change;
            }

            foreach (var (site, level) in _levelsDue)
                await PublishAsync(site, level, cancellationToken);
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private IReadOnlyList<SiteUtilisation> Look(UtilisationWatch watch)
    {
        try
        {
            lock (_ledgerUse)
                return watch.Look(_time.GetUtcNow());
        }
        catch (LedgerFaultException fault)
        {
            Tell(listener => listener.LedgerFailed(fault.Message));
            return [];
        }
    }

    private async Task PublishAsync(string site, SiteUtilisation level, CancellationToken cancellationToken)
    {
        if (_connection is not { } connection)
            return;

        try
        {
            var payload = JsonSerializer.SerializeToUtf8Bytes(level, ContractsJson.Wire.SiteUtilisation);
            await connection.PublishAsync(Topics.Utilisation(site), payload, cancellationToken, retain: true);
            _levelsDue.TryRemove(new(site, level));
        }
        catch (BrokerFaultException fault)
        {
            // It stays due.
            Tell(listener => listener.UtilisationNotPublished(site, fault.Message));
        }
    }

    private void Tell(Action<ICentralListener> notice)
    {
        lock (_telling)
            notice(_listener);
    }
}
