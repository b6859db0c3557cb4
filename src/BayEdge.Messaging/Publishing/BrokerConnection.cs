using BayEdge.Messaging.Certificates;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace BayEdge.Messaging.Publishing;

/// <summary>One connection to the broker, from CONNECT to its loss; never used again after a fault.</summary>
/// <remarks>
/// MQTTnet's own word on being connected is not trusted: while one publishes into a frozen broker it says so for ever, and
/// its keep-alive follows the wall clock. So every answer has a limit, and the pings are ours.
/// </remarks>
internal sealed class BrokerConnection : IAsyncDisposable
{
    private const string EventContentType = "application/cloudevents+json; charset=utf-8";

    // Status, retained topics and replies, one message each.
    private const int PublishersBesideEvents = 3;

    // MQTT 3.1.1, table 3.1: how a broker that does not know MQTT 5 says so.
    private const MqttClientConnectResultCode UnacceptableVersion = (MqttClientConnectResultCode)1;

    private static readonly TimeSpan LossFollowsWithin = TimeSpan.FromMilliseconds(200);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MqttPublisherOptions _options;
    private readonly ConnectionMeans _means;
    private readonly TimeProvider _time;
    private TimeSpan _pingPeriod;
    private SemaphoreSlim _quota = new(1);
    private bool _isOpen;
    private uint _maximumPacketSize = uint.MaxValue;

    private BrokerConnection(MqttPublisherOptions options, ConnectionMeans means, TimeProvider time, Action<InboundMessage> receive)
    {
        _options = options;
        _means = means;
        _time = time;
        _client.ApplicationMessageReceivedAsync += received =>
        {
            var message = received.ApplicationMessage;
            receive(new InboundMessage(
                message.Topic,
                System.Buffers.BuffersExtensions.ToArray(message.Payload),
                message.Retain,
                message.ResponseTopic,
                message.CorrelationData is { } correlation ? correlation : default(ReadOnlyMemory<byte>?)));
            return Task.CompletedTask;
        };
        _client.DisconnectedAsync += disconnected =>
        {
            _lost.TrySetException(BrokerFaults.Lost(disconnected, options));
            // Nobody waits for the task when the connection is given up for another reason.
            _ = _lost.Task.Exception;
            return Task.CompletedTask;
        };
    }

    /// <summary>Events that may be on their way at once: the lesser of our cap and what the broker's receive maximum leaves.</summary>
    public int Window { get; private set; }

    /// <summary>The certificates that it was made with; null without TLS.</summary>
    public TlsFiles? Certificates => _means.Files;

    /// <summary>Fails with a <see cref="BrokerFaultException"/> once the connection is lost.</summary>
    public Task Lost => _lost.Task;

    /// <param name="willPayload">What the broker says on the status topic when the device falls silent; null for nothing.</param>
    /// <param name="receive">Gets what is subscribed, one message at a time.</param>
    public static async Task<BrokerConnection> OpenAsync(
        MqttPublisherOptions options,
        byte[]? willPayload,
        Action<InboundMessage> receive,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        foreach (var version in (MqttProtocolVersion[])[MqttProtocolVersion.V500, MqttProtocolVersion.V311])
        {
            var connection = new BrokerConnection(options, new ConnectionMeans(options, time), time, receive);
            try
            {
                if (await connection.TryConnectAsync(version, willPayload, cancellationToken))
                    return connection;
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }

            await connection.DisposeAsync();
        }

        throw BrokerFaults.Refused(MqttClientConnectResultCode.UnsupportedProtocolVersion, options);
    }

    /// <param name="fleeting">Topics of which the broker need keep nothing for the device, nor send its own messages back.</param>
    /// <param name="live">Topics on which nothing counts that the broker had kept.</param>
    /// <returns>The topics that the broker does not let the device hear.</returns>
    public async Task<IReadOnlyList<string>> SubscribeAsync(
        IEnumerable<string> topics, IEnumerable<string> live, IEnumerable<string> fleeting, CancellationToken cancellationToken)
    {
        var subscribe = new MqttClientSubscribeOptionsBuilder();
        foreach (var topic in topics)
            subscribe.WithTopicFilter(topic, MqttQualityOfServiceLevel.AtLeastOnce);
        foreach (var topic in live)
        {
            subscribe.WithTopicFilter(
                topic,
                MqttQualityOfServiceLevel.AtLeastOnce,
                retainHandling: IsMqtt5 ? MqttRetainHandling.DoNotSendOnSubscribe : MqttRetainHandling.SendAtSubscribe);
        }

        foreach (var topic in fleeting)
            subscribe.WithTopicFilter(topic, MqttQualityOfServiceLevel.AtMostOnce, noLocal: IsMqtt5);
        var result = await LimitedAsync(limited => _client.SubscribeAsync(subscribe.Build(), limited), cancellationToken);
        return [.. result.Items
            .Where(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2)
            .Select(item => item.TopicFilter.Topic)];
    }

    public Task<MqttClientPublishReasonCode> PublishEventAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        PublishConfirmedAsync(NewMessage(topic, payload, EventContentType), cancellationToken);

    public Task<MqttClientPublishReasonCode> PublishRetainedAsync(
        string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var message = NewMessage(topic, payload, contentType: null);
        message.Retain = true;
        return PublishConfirmedAsync(message, cancellationToken);
    }

    public Task<MqttClientPublishReasonCode> PublishReplyAsync(
        string topic, ReadOnlyMemory<byte> payload, ReadOnlyMemory<byte>? correlationData, CancellationToken cancellationToken)
    {
        var message = NewMessage(topic, payload, "application/json");
        message.CorrelationData = IsMqtt5 ? correlationData?.ToArray() : null;
        return PublishConfirmedAsync(message, cancellationToken);
    }

    /// <summary>Publishes something that is neither an event nor kept by the broker.</summary>
    public Task<MqttClientPublishReasonCode> PublishPlainAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        PublishConfirmedAsync(NewMessage(topic, payload, contentType: null), cancellationToken);

    /// <summary>Publishes with QoS 0: whether it arrives is never known.</summary>
    public Task PublishFleetingAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var message = new MqttApplicationMessage
        {
            Topic = topic,
            Payload = new System.Buffers.ReadOnlySequence<byte>(payload),
            QualityOfServiceLevel = MqttQualityOfServiceLevel.AtMostOnce,
        };
        return WholeAsync(() => _client.PublishAsync(message, CancellationToken.None), cancellationToken);
    }

    /// <summary>Whether the broker takes an event of this size.</summary>
    /// <remarks>MQTT 5.0 section 3.3: topic, packet identifier, content type as the only property, payload; and 2.1.4, the length of their length.</remarks>
    public bool Fits(string topic, int payloadBytes)
    {
        const int lengths = 2 + 2 + 1 + 3;
        var remaining = lengths + System.Text.Encoding.UTF8.GetByteCount(topic) + EventContentType.Length + (long)payloadBytes;
        var fixedHeader = 1 + (remaining < 1 << 7 ? 1 : remaining < 1 << 14 ? 2 : remaining < 1 << 21 ? 3 : 4);
        return fixedHeader + remaining <= _maximumPacketSize;
    }

    /// <summary>Pings for as long as the connection answers.</summary>
    public async Task KeepAliveAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_pingPeriod, _time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await LimitedAsync(
                async limited =>
                {
                    await _client.PingAsync(limited);
                    return true;
                },
                cancellationToken);
        }
    }

    /// <summary>Says good-bye, so that the broker does not send the Will.</summary>
    public Task CloseAsync(CancellationToken cancellationToken) =>
        LimitedAsync(
            async limited =>
            {
                await _client.DisconnectAsync(new MqttClientDisconnectOptions(), limited);
                return true;
            },
            cancellationToken);

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        _means.Dispose();
        return ValueTask.CompletedTask;
    }

    private bool IsMqtt5 => _client.Options.ProtocolVersion == MqttProtocolVersion.V500;

    private MqttApplicationMessage NewMessage(string topic, ReadOnlyMemory<byte> payload, string? contentType) => new()
    {
        Topic = topic,
        Payload = new System.Buffers.ReadOnlySequence<byte>(payload),
        // MQTT 3.1.1 has no properties.
        ContentType = IsMqtt5 ? contentType : null,
        QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
    };

    private async Task<MqttClientPublishReasonCode> PublishConfirmedAsync(MqttApplicationMessage message, CancellationToken cancellationToken)
    {
        await _quota.WaitAsync(cancellationToken);
        return (await WholeAsync(SendAsync, cancellationToken)).ReasonCode;

        async Task<MqttClientPublishResult> SendAsync()
        {
            try
            {
                return await _client.PublishAsync(message, CancellationToken.None);
            }
            finally
            {
                _quota.Release();
            }
        }
    }

    /// <returns>False when the broker does not speak this version of MQTT.</returns>
    private async Task<bool> TryConnectAsync(MqttProtocolVersion version, byte[]? willPayload, CancellationToken cancellationToken)
    {
        var result = await LimitedAsync(limited => _client.ConnectAsync(_means.Build(version, willPayload), limited), cancellationToken);
        switch (result.ResultCode)
        {
            case MqttClientConnectResultCode.Success:
                break;
            case MqttClientConnectResultCode.UnsupportedProtocolVersion or UnacceptableVersion:
                return false;
            default:
                throw BrokerFaults.Refused(result.ResultCode, _options);
        }

        // MQTTnet may give 0 where the broker sets no limit.
        var receiveMaximum = result.ReceiveMaximum is > 0 and { } maximum ? maximum : ushort.MaxValue;
        _quota = new SemaphoreSlim(receiveMaximum);
        Window = Math.Clamp(_options.Window, 1, Math.Max(1, receiveMaximum - PublishersBesideEvents));
        _maximumPacketSize = result.MaximumPacketSize is > 0 and { } size ? size : uint.MaxValue;
        var keepAlive = result.ServerKeepAlive > 0 ? TimeSpan.FromSeconds(result.ServerKeepAlive) : _options.KeepAlive;
        _isOpen = true;
        _pingPeriod = (keepAlive < _options.KeepAlive ? keepAlive : _options.KeepAlive) / 2;
        return true;
    }

    /// <summary>Sends a message whole, however little its sender waits.</summary>
    /// <remarks>
    /// MQTTnet writes the header and the payload of a message one after the other. Cancelled between the two, it leaves a header for
    /// which the broker takes the next message as the payload.
    /// </remarks>
    private Task<MqttClientPublishResult> WholeAsync(Func<Task<MqttClientPublishResult>> send, CancellationToken cancellationToken) =>
        LimitedAsync(
            limited =>
            {
                var sent = send();
                // Where nobody waits any more, nobody asks why it failed; the connection's loss says so.
                _ = sent.ContinueWith(
                    static failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
                return sent.WaitAsync(limited);
            },
            cancellationToken);

    private async Task<TResult> LimitedAsync<TResult>(Func<CancellationToken, Task<TResult>> action, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.AnswerLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await action(either.Token);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException or MqttCommunicationTimedOutException)
        {
            throw BrokerFaults.Silent(_options);
        }
        catch (Exception exception) when (exception is not BrokerFaultException)
        {
            if (!_isOpen)
                throw await _means.ExplainAsync(exception, cancellationToken);
            // The loss itself says why, and mostly comes a moment after an answer that it broke.
            await _lost.Task.WaitAsync(LossFollowsWithin, _time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_lost.Task.IsFaulted)
                await _lost.Task;
            throw BrokerFaults.Unreachable(exception, _options);
        }
    }
}
