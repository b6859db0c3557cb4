using System.Buffers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace BayEdge.Central.Broker;

/// <summary>One connection from its beginning to its loss; it is never mended, a new one takes its place.</summary>
internal sealed class BrokerConnection : IAsyncDisposable
{
    // MQTT 3.1.1, table 3.1: how a broker that does not know MQTT 5 says so.
    private const MqttClientConnectResultCode UnacceptableVersion = (MqttClientConnectResultCode)1;

    // MQTTnet's 8 KB are less than what Mosquitto has on its way at once: each time they are full, TCP waits for 200 ms.
    private const int SocketBufferBytes = 256 * 1024;

    private readonly BrokerSession _session;
    private readonly TimeProvider _time;
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BrokerConnection(BrokerSession session, TimeProvider time)
    {
        _session = session;
        _time = time;
        _client.DisconnectedAsync += args =>
        {
            // Not every broker says so when another client takes the session over; Mosquitto 2.0 just closes.
            _lost.TrySetResult(args.Exception is { } exception
                ? Describe("a ping", exception)
                : $"the broker closed the connection ({args.Reason}); if this repeats, another client has the same client id: "
                    + "give each its own ledger or its own client id");
            return Task.CompletedTask;
        };
    }

    /// <param name="receive">Gets every message, also those that the broker kept from before.</param>
    /// <exception cref="BrokerFaultException">It could not be made.</exception>
    public static async Task<BrokerConnection> OpenAsync(
        BrokerSession session,
        Func<InboundMessage, ValueTask> receive,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        return await TryOpenAsync(MqttProtocolVersion.V500, session, receive, time, cancellationToken)
            ?? await TryOpenAsync(MqttProtocolVersion.V311, session, receive, time, cancellationToken)
            ?? throw Refused("the connection", "it speaks neither MQTT 5 nor 3.1.1", "version");
    }

    /// <summary>Ends when the connection is lost, with the reason as a sentence.</summary>
    /// <remarks>
    /// MQTTnet's own keep-alive compares wall-clock times and is content with anything sent, so a broker that is frozen can
    /// pass for alive; hence a ping with a limit of our own.
    /// </remarks>
    public async Task<string> WaitForLossAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var pause = Task.Delay(_session.PingInterval, _time, cancellationToken);
            if (await Task.WhenAny(_lost.Task, pause) == _lost.Task)
                return await _lost.Task;

            await pause;
            try
            {
                await AnsweredAsync("a ping", limited => _client.PingAsync(limited), cancellationToken);
            }
            catch (BrokerFaultException fault)
            {
                return fault.Message;
            }
        }
    }

    /// <returns>False when the broker says that nobody listens; MQTT 3.1.1 never says so.</returns>
    /// <exception cref="BrokerFaultException">The broker did not take it.</exception>
    public async Task<bool> PublishAsync(string topic, byte[] payload, CancellationToken cancellationToken, bool retain = false)
    {
        var message = new MqttApplicationMessageBuilder()
            .WithTopic(topic)
            .WithPayload(payload)
            .WithRetainFlag(retain)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
            .Build();
        var isHeard = true;
        await AnsweredAsync(
            $"a message on {topic}",
            async limited =>
            {
                var result = await _client.PublishAsync(message, limited);
                if (!result.IsSuccess)
                    throw Refused($"a message on {topic}", result.ReasonCode.ToString(), "access list");
                isHeard = result.ReasonCode != MqttClientPublishReasonCode.NoMatchingSubscribers;
            },
            cancellationToken);
        return isHeard;
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <returns>Null when the broker does not speak this version of MQTT.</returns>
    private static async Task<BrokerConnection?> TryOpenAsync(
        MqttProtocolVersion version,
        BrokerSession session,
        Func<InboundMessage, ValueTask> receive,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var connection = new BrokerConnection(session, time);
        try
        {
            connection._client.ApplicationMessageReceivedAsync += args =>
                receive(new InboundMessage(
                    args.ApplicationMessage.Topic, args.ApplicationMessage.Payload.ToArray(), args.ApplicationMessage.Retain)).AsTask();
            if (await connection.TryConnectAsync(version, cancellationToken))
            {
                await connection.SubscribeAsync(cancellationToken);
                return connection;
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    /// <returns>False when the broker does not speak this version of MQTT.</returns>
    private async Task<bool> TryConnectAsync(MqttProtocolVersion version, CancellationToken cancellationToken)
    {
        var code = MqttClientConnectResultCode.UnspecifiedError;
        await AnsweredAsync(
            "a connection",
            async limited => code = (await _client.ConnectAsync(BuildOptions(version), limited)).ResultCode,
            cancellationToken);
        return code switch
        {
            MqttClientConnectResultCode.Success => true,
            MqttClientConnectResultCode.UnsupportedProtocolVersion or UnacceptableVersion => false,
            _ => throw Refused("the connection", code.ToString(), "user name and password"),
        };
    }

    private MqttClientOptions BuildOptions(MqttProtocolVersion version)
    {
        var builder = new MqttClientOptionsBuilder()
            .WithProtocolVersion(version)
            .WithClientId(_session.ClientId)
            .WithCleanStart(_session.KeptFor is null)
            .WithTimeout(_session.AnswerLimit)
            .WithKeepAlivePeriod(_session.PingInterval * 2);
        // In MQTT 3.1.1 how long a session is kept is the broker's own affair.
        if (version == MqttProtocolVersion.V500)
            builder = builder.WithSessionExpiryInterval((uint)(_session.KeptFor ?? TimeSpan.Zero).TotalSeconds);
        builder = _session.Broker.WebSocketUrl is { } url
            ? builder.WithWebSocketServer(socket => socket.WithUri(url))
            : builder.WithTcpServer(_session.Broker.Host, _session.Broker.Port);
        if (_session.Broker.Tls)
            builder = builder.WithTlsOptions(SetUpTls);
        if (_session.Login.UserName is { } user)
            builder = builder.WithCredentials(user, _session.Login.Password);
        var options = builder.Build();
        if (options.ChannelOptions is MqttClientTcpOptions tcp)
            tcp.BufferSize = SocketBufferBytes;
        return options;
    }

    private void SetUpTls(MqttClientTlsOptionsBuilder tls)
    {
        // A workshop has no way to a revocation list.
        tls.UseTls().WithTargetHost(_session.Broker.Host).WithRevocationMode(X509RevocationMode.NoCheck);
        if (_session.Login.CertificateAuthorityFile is not { } file)
            return;

        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new BrokerFaultException($"expected a PEM file with the broker's certificate authority at {file}, but {exception.Message}", exception);
        }

        tls.WithTrustChain(authorities);
    }

    private Task SubscribeAsync(CancellationToken cancellationToken)
    {
        if (_session.Filters.Count == 0)
            return Task.CompletedTask;

        var builder = new MqttClientSubscribeOptionsBuilder();
        foreach (var filter in _session.Filters)
            builder = builder.WithTopicFilter(filter, MqttQualityOfServiceLevel.AtLeastOnce);

        return AnsweredAsync(
            "a subscription",
            async limited =>
            {
                var result = await _client.SubscribeAsync(builder.Build(), limited);
                if (result.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused)
                {
                    throw Refused($"the subscription to {refused.TopicFilter.Topic}", refused.ResultCode.ToString(), "access list");
                }
            },
            cancellationToken);
    }

    private static BrokerFaultException Refused(string what, string code, string check) =>
        new($"the broker refuses {what} ({code}); check its {check}");

    /// <summary>Runs one exchange with the broker under the time limit and turns whatever goes wrong into a sentence.</summary>
    private async Task AnsweredAsync(string what, Func<CancellationToken, Task> exchange, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_session.AnswerLimit, _time);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await exchange(limited.Token);
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested)
        {
            // MQTTnet reports a cancelled exchange in several ways.
            throw new OperationCanceledException("The exchange was cancelled.", exception, cancellationToken);
        }
        catch (Exception exception) when (exception is not BrokerFaultException)
        {
            throw new BrokerFaultException(Describe(what, exception), exception);
        }
    }

    private string Describe(string what, Exception exception) =>
        exception.GetBaseException() is OperationCanceledException or MqttCommunicationTimedOutException
            ? $"{_session.Broker} did not answer {what} within {_session.AnswerLimit.TotalSeconds:0.#} s; "
                + "check that it runs and that no firewall is between"
            : $"{_session.Broker} did not take {what}: {exception.GetBaseException().Message}";
}
