using System.Buffers;
using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Protocol;

namespace BayEdge.Central.Tests.Deployment;

/// <summary>Whoever connects to the workshop's broker with a name and a password.</summary>
internal sealed class SecuredClient : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();

    /// <summary>Topic and text of every message that came.</summary>
    public ConcurrentQueue<(string Topic, string Text)> Heard { get; } = new();

    public static async Task<SecuredClient> ConnectAsync(
        WorkshopBroker broker, string? user, string? password, CancellationToken cancellationToken, bool tls = true)
    {
        var client = new SecuredClient();
        client._client.ApplicationMessageReceivedAsync += args =>
        {
            client.Heard.Enqueue((args.ApplicationMessage.Topic, System.Text.Encoding.UTF8.GetString(args.ApplicationMessage.Payload.ToArray())));
            return Task.CompletedTask;
        };
        var builder = new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", broker.Port)
            .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500)
            .WithTimeout(TimeSpan.FromSeconds(5));
        if (tls)
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(broker.Authority);
            builder = builder.WithTlsOptions(options => options.UseTls().WithRevocationMode(X509RevocationMode.NoCheck).WithTrustChain(authorities));
        }

        if (user is not null)
            builder = builder.WithCredentials(user, password);
        try
        {
            var result = await client._client.ConnectAsync(builder.Build(), cancellationToken);
            client.Connected = result.ResultCode;
        }
        catch
        {
            client._client.Dispose();
            throw;
        }

        return client;
    }

    public MqttClientConnectResultCode Connected { get; private set; }

    public async Task<MqttClientPublishReasonCode> PublishAsync(string topic, byte[] payload, CancellationToken cancellationToken, bool retain = false)
    {
        var message = new MqttApplicationMessageBuilder()
            .WithTopic(topic).WithPayload(payload).WithRetainFlag(retain).WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
        return (await _client.PublishAsync(message, cancellationToken)).ReasonCode;
    }

    public Task SubscribeAsync(string filter, CancellationToken cancellationToken) =>
        _client.SubscribeAsync(filter, MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken);

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
