using System.Buffers;
using BayEdge.Core.Drivers;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace BayEdge.Drivers.Mqtt;

/// <summary>Gets a message and returns once it is dealt with; only then does the broker learn so and forget it.</summary>
/// <param name="from">Where an answer may be published.</param>
internal delegate Task MqttReceive(MqttSubscription from, string topic, ReadOnlyMemory<byte> payload);

/// <summary>One connection to the broker of a device, from CONNECT to its loss.</summary>
/// <remarks>
/// The library's own word on being connected is not trusted: in front of a frozen broker it says so for ever. So the pings are
/// ours, and each has a limit. The session outlives the connection, so the broker keeps what comes in between.
/// </remarks>
internal sealed class MqttSubscription : IAsyncDisposable
{
    /// <summary>Nothing longer is accepted from the broker.</summary>
    private const uint LongestPacketBytes = 256 * 1024;
    private const uint KeptSeconds = 24 * 3600;

    // MQTTnet's 8 KB are less than what a broker has on its way at once: each time they are full, TCP waits for 200 ms.
    private const int SocketBufferBytes = 256 * 1024;

    /// <summary>MQTT 3.1.1, table 3.1: how a broker that does not know MQTT 5 says so.</summary>
    private const MqttClientConnectResultCode UnacceptableVersion = (MqttClientConnectResultCode)1;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PingPeriod = TimeSpan.FromSeconds(5);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MqttAccess _access;
    private readonly MqttTrust _trust;
    private readonly TimeProvider _time;
    private bool _connected;

    private MqttSubscription(MqttAccess access, MqttTrust trust, MqttReceive receive, TimeProvider time)
    {
        (_access, _trust, _time) = (access, trust, time);
        _client.ApplicationMessageReceivedAsync += async received =>
        {
            try
            {
                await receive(this, received.ApplicationMessage.Topic, BuffersExtensions.ToArray(received.ApplicationMessage.Payload));
            }
            catch (Exception exception) when (exception is OperationCanceledException or DeviceFaultException)
            {
                // Not dealt with, as the connection ends: the broker is to send it again.
                (received.AutoAcknowledge, received.ProcessingFailed) = (false, true);
            }
        };
        _client.DisconnectedAsync += _ =>
        {
            _lost.TrySetResult();
            return Task.CompletedTask;
        };
    }

    /// <summary>Connects and subscribes.</summary>
    /// <param name="keep">Whether the broker is to keep for a day what comes while nobody listens.</param>
    /// <exception cref="DeviceFaultException">The broker does not answer, or refuses.</exception>
    public static async Task<MqttSubscription> OpenAsync(
        MqttAccess access, IReadOnlyList<string> topics, MqttReceive receive, bool keep, TimeProvider time, CancellationToken cancellationToken)
    {
        foreach (var version in (MqttProtocolVersion[])[MqttProtocolVersion.V500, MqttProtocolVersion.V311])
        {
            var subscription = new MqttSubscription(access, MqttTrust.Load(access, time), receive, time);
            try
            {
                if (await subscription.ConnectAsync(version, keep, cancellationToken))
                {
                    await subscription.SubscribeAsync(topics, cancellationToken);
                    return subscription;
                }
            }
            catch
            {
                await subscription.DisposeAsync();
                throw;
            }

            await subscription.DisposeAsync();
        }

        throw new DeviceFaultException(DeviceFaultKind.Refused, $"The broker at {access.Broker} speaks neither MQTT 5 nor 3.1.1.");
    }

    /// <summary>Pings the broker for as long as it answers.</summary>
    /// <exception cref="DeviceFaultException">The connection is lost.</exception>
    public async Task StayAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await EndsWithinAsync(_lost.Task, PingPeriod, cancellationToken))
                throw Lost();
            await LimitedAsync(
                async limited =>
                {
                    await _client.PingAsync(limited);
                    return true;
                },
                cancellationToken);
        }
    }

    public Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) => LimitedAsync(
        limited => _client.PublishAsync(
            new MqttApplicationMessage { Topic = topic, Payload = new ReadOnlySequence<byte>(payload), QualityOfServiceLevel = MqttQualityOfServiceLevel.AtMostOnce }, limited),
        cancellationToken);

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        _trust.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<bool> EndsWithinAsync(Task task, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(patience, _time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <returns>False when the broker does not speak this version of MQTT.</returns>
    private async Task<bool> ConnectAsync(MqttProtocolVersion version, bool keep, CancellationToken cancellationToken)
    {
        var result = await LimitedAsync(limited => _client.ConnectAsync(BuildOptions(version, keep), limited), cancellationToken);
        _connected = result.ResultCode == MqttClientConnectResultCode.Success;
        return result.ResultCode switch
        {
            _ when _connected => true,
            MqttClientConnectResultCode.UnsupportedProtocolVersion or UnacceptableVersion => false,
            MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized or (MqttClientConnectResultCode)4
                or (MqttClientConnectResultCode)5 => throw new DeviceFaultException(
                    DeviceFaultKind.Refused, $"The broker at {_access.Broker} does not know this user name and password. Correct user and password in secrets.json."),
            var other => throw new DeviceFaultException(DeviceFaultKind.Refused, $"The broker at {_access.Broker} refused the connection: {other}."),
        };
    }

    private async Task SubscribeAsync(IReadOnlyList<string> topics, CancellationToken cancellationToken)
    {
        var subscribe = new MqttClientSubscribeOptionsBuilder();
        foreach (var topic in topics)
            subscribe.WithTopicFilter(topic, MqttQualityOfServiceLevel.AtLeastOnce);
        var result = await LimitedAsync(limited => _client.SubscribeAsync(subscribe.Build(), limited), cancellationToken);
        if (result.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused, $"The broker at {_access.Broker} does not let {_access.ClientId} read {refused.TopicFilter.Topic}. Allow it there.");
        }
    }

    private MqttClientOptions BuildOptions(MqttProtocolVersion version, bool keep)
    {
        var broker = _access.Broker;
        var builder = new MqttClientOptionsBuilder()
            .WithProtocolVersion(version)
            .WithClientId(_access.ClientId)
            .WithCleanStart(!keep)
            .WithTimeout(AnswerLimit)
            .WithKeepAlivePeriod(PingPeriod * 3);
        if (version == MqttProtocolVersion.V500)
            builder.WithMaximumPacketSize(LongestPacketBytes).WithSessionExpiryInterval(keep ? KeptSeconds : 0);
        if (broker.WebSocketUrl is { } url)
            builder.WithWebSocketServer(socket => socket.WithUri(url));
        else
            builder.WithTcpServer(broker.Host, broker.Port);
        if (_access.User is { } user)
            builder.WithCredentials(user, _access.Password);
        if (broker.Tls)
            builder.WithTlsOptions(_trust.SetUp);
        var options = builder.Build();
        if (options.ChannelOptions is MqttClientTcpOptions tcp)
            tcp.BufferSize = SocketBufferBytes;
        return options;
    }

    private DeviceFaultException Lost(Exception? cause = null) => new(
        DeviceFaultKind.Lost, $"The broker at {_access.Broker} ended the connection or does not answer any more. Check the broker and the network.", cause);

    private async Task<TResult> LimitedAsync<TResult>(Func<CancellationToken, Task<TResult>> action, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(AnswerLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await action(either.Token);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception exception) when (exception is not DeviceFaultException)
        {
            // The library lets through whatever sockets, TLS and itself may throw.
            throw _connected ? Lost(exception) : MqttFaults.NotConnected(exception, _access.Broker, _trust);
        }
    }
}
