using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using BayEdge.Messaging.Certificates;
using BayEdge.Messaging.Commands;
using Microsoft.Extensions.Logging;

namespace BayEdge.Messaging.Publishing;

/// <summary>Delivers the outbox and the retained topics to the central system's broker, through whatever happens to the network.</summary>
/// <remarks>
/// Any doubt about a connection ends it: a new one begins at the first unconfirmed event. Waits between attempts run
/// on the monotonic clock, for ever, also after a refused password, since somebody will mend the broker.
/// </remarks>
public sealed class MqttPublisher : IRetainedPublisher
{
    // Nobody asks why the device itself ends a connection.
    private static readonly Phrase Over = new("", "");

    private readonly MqttPublisherOptions _options;
    private readonly IOutbox _outbox;
    private readonly GuardedListener _listener;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Func<double> _random;
    private readonly RetainedTopics _retained = new();
    private readonly FleetingMessages _neighbours;
    private readonly ReplyQueue _replies;
    private readonly ReplayOrder _replay = new();
    private readonly StatusReporter _status;
    private readonly DiskPatience _disk;
    private readonly NamesakeWatch _namesakes;
    private readonly CertificateWatch _certificates;
    private readonly string _commandPrefix;

    /// <param name="random">Numbers from 0 to 1, for the jitter of the waits.</param>
    public MqttPublisher(
        MqttPublisherOptions options,
        IOutbox outbox,
        IDeliveryListener listener,
        TimeProvider time,
        ILogger<MqttPublisher> logger,
        Func<double> random)
    {
        _options = options;
        _outbox = outbox;
        _listener = new GuardedListener(listener, logger);
        _time = time;
        _logger = logger;
        _random = random;
        _disk = new DiskPatience(options, random, time, logger);
        _neighbours = new FleetingMessages(Topics.Neighbours(options.Site));
        _replies = new ReplyQueue(logger);
        _commandPrefix = Topics.Command(options.Site, options.Device, "");
        _status = new StatusReporter(outbox, _disk, options, time);
        var dangers = new Dangers(_listener, logger);
        _namesakes = new NamesakeWatch(options, dangers, random, time);
        _certificates = new CertificateWatch(options, dangers, random, time, logger);
    }

    /// <summary>The central system sent the vehicles that it expects; they replace the list before. Called on a network thread.</summary>
    /// <remarks>Plates and tags are written as they are compared.</remarks>
    public event Action<ExpectedVehicles>? VehiclesExpected;

    /// <summary>What may be a report of another device of the site, as it came. Called on a network thread, one at a time.</summary>
    public event Action<ReadOnlyMemory<byte>>? NeighbourReported;

    /// <summary>The central system asks something of the device. Called on a network thread, one at a time; must return at once.</summary>
    public event Action<InboundCommand>? CommandReceived;

    private string AckTopic => Topics.Ack(_options.Site, _options.Device);

    public void Set(string topic, ReadOnlyMemory<byte> payload) => _retained.Set(topic, payload);

    /// <summary>
    /// Tells the other devices of the site something if the broker can be reached now; else it is dropped, as is what a newer
    /// offer overtakes.
    /// </summary>
    /// <param name="compose">Called at the moment of sending, on any thread; null when it is no longer worth sending.</param>
    public void OfferNeighbours(Func<ReadOnlyMemory<byte>?> compose) => _neighbours.Offer(compose);

    /// <summary>Sends a reply now or, where the broker is away, when it is back; of many that wait the oldest are dropped.</summary>
    public Task<ReplyFate> ReplyAsync(OutboundReply reply) => _replies.SendAsync(reply);

    /// <summary>Sends again every event that is still kept, from this one on.</summary>
    public void Replay(EventPosition from) => _replay.Set(from);

    /// <summary>Delivers until cancelled; then says <c>offline</c> and disconnects within <see cref="MqttPublisherOptions.StopLimit"/>.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var waits = new RetryWaits(_options, _random);
        string? saidReason = null;
        while (!cancellationToken.IsCancellationRequested)
        {
            var began = _time.GetTimestamp();
            var (reason, kind, connected) = await ConnectAndDeliverAsync(cancellationToken);
            if (cancellationToken.IsCancellationRequested)
                return;

            if (connected)
                waits.Connected(_time.GetElapsedTime(began));
            if (kind == BrokerFaultKind.Renewed)
            {
                // The listener stands at connected, and hears of whatever comes next.
                saidReason = null;
                PublisherLog.Renewed(_logger);
            }
            else if (connected || reason.Text != saidReason)
            {
                saidReason = reason.Text;
                PublisherLog.Disconnected(_logger, reason.Text);
                _listener.Disconnected(reason);
            }

            var wait = _namesakes.Ended(kind, connected) ?? waits.After(kind);
            await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<(Phrase Reason, BrokerFaultKind Kind, bool Connected)> ConnectAndDeliverAsync(CancellationToken cancellationToken)
    {
        var connected = false;
        try
        {
            var acks = new AckInbox(_outbox, _listener, _disk, _logger);
            await using var connection = await BrokerConnection.OpenAsync(
                _options, await _status.ComposeWillAsync(cancellationToken), message => Receive(message, acks), _time, cancellationToken);
            foreach (var deaf in await connection.SubscribeAsync(
                [AckTopic, Topics.Vehicles(_options.Site)],
                _options.Commands ? [Topics.AllCommands(_options.Site, _options.Device)] : [],
                _options.Neighbours ? [_neighbours.Topic] : [],
                cancellationToken))
                PublisherLog.SubscriptionRefused(_logger, deaf);
            connected = true;
            _namesakes.Connected();
            _neighbours.Forget();
            PublisherLog.Connected(_logger, _options.Broker.ToString());
            _listener.Connected(_options.Broker.ToString());
            await DeliverAsync(connection, acks, cancellationToken);
            return (Over, default, connected);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return (Over, default, connected);
        }
        catch (BrokerFaultException fault)
        {
            return (fault.Says, fault.Kind, connected);
        }
#pragma warning disable CA1031 // Delivery must outlive an error that nobody foresaw; it is logged whole, and retried.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            PublisherLog.Unexpected(_logger, exception);
            return (Wording.Of($"An unexpected error ({exception.Message}).").Phrase, default, connected);
        }
    }

    /// <summary>Works on one connection until any part of the work fails, or the service stops.</summary>
    private async Task DeliverAsync(BrokerConnection connection, AckInbox acks, CancellationToken cancellationToken)
    {
        using var session = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var held = new HeldTopics(_options, _random, _time);
        var drain = new EventDrain(connection, _outbox, acks, _replay, _listener, _options, held, _disk, _time, _logger);
        Task[] parts = [
            connection.Lost.WaitAsync(session.Token),
            connection.KeepAliveAsync(session.Token),
            _certificates.RunAsync(connection.Certificates, session.Token),
            _namesakes.HopeAsync(session.Token),
            _status.RunAsync(connection, session.Token),
            PublishRetainedAsync(connection, session.Token),
            _neighbours.RunAsync(connection, session.Token),
            _replies.RunAsync(connection, session.Token),
            acks.RunAsync(session.Token),
            drain.RunAsync(session.Token)];
        var first = await Task.WhenAny(parts);
        await session.CancelAsync();
        // The first to fail says why; what the others say then follows from it.
        await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var isOver = cancellationToken.IsCancellationRequested;
        if (isOver || first.Exception?.InnerException is BrokerFaultException { Kind: BrokerFaultKind.Renewed })
            await SayGoodbyeAsync(connection, isOver);
        if (!isOver)
            await first;
    }

    private async Task PublishRetainedAsync(BrokerConnection connection, CancellationToken cancellationToken)
    {
        var saidRefused = false;
        _retained.ForgetPublished();
        while (true)
        {
            while (_retained.TryTake(out var topic, out var payload))
            {
                var reason = await connection.PublishRetainedAsync(topic, payload, cancellationToken);
                if (PublishVerdicts.Of(reason) is PublishVerdict.Taken or PublishVerdict.NobodyListening || saidRefused)
                    continue;

                saidRefused = true;
                PublisherLog.RetainedRefused(_logger, topic, reason);
            }

            await _retained.WaitForChangeAsync(cancellationToken);
        }
    }

    /// <param name="isOver">Whether the device goes, or comes back at once.</param>
    private async Task SayGoodbyeAsync(BrokerConnection connection, bool isOver)
    {
        using var limit = new CancellationTokenSource(_options.StopLimit, _time);
        try
        {
            if (isOver)
                await connection.PublishRetainedAsync(_status.Topic, await _status.ComposeOfflineAsync(limit.Token), limit.Token);
            await connection.CloseAsync(limit.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or BrokerFaultException or MQTTnet.Exceptions.MqttCommunicationException)
        {
            // The broker is gone or too slow; its Will says the same.
        }
    }

    private void Receive(InboundMessage message, AckInbox acks)
    {
        if (message.Topic == AckTopic)
            acks.Receive(message.Payload);
        else if (message.Topic == Topics.Vehicles(_options.Site))
            ReceiveVehicles(message.Payload);
        else if (message.Topic == _neighbours.Topic && !message.IsRetained)
            NeighbourReported?.Invoke(message.Payload);
        else if (_options.Commands && message.Topic.StartsWith(_commandPrefix, StringComparison.Ordinal))
            CommandReceived?.Invoke(new InboundCommand(
                message.Topic[_commandPrefix.Length..], message.Payload, message.IsRetained, message.ResponseTopic, message.CorrelationData));
    }

    private void ReceiveVehicles(ReadOnlyMemory<byte> payload)
    {
        if (VehicleList.TryParse(payload.Span, out var expected, out var problem))
            VehiclesExpected?.Invoke(expected);
        else
            PublisherLog.VehiclesIgnored(_logger, problem);
    }
}
