using System.Security.Cryptography.X509Certificates;
using BayEdge.Contracts;
using BayEdge.Core.Commissioning;
using BayEdge.Messaging.Certificates;
using BayEdge.Messaging.Transport;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace BayEdge.Messaging.Publishing;

/// <summary>What one connection is made with: the way, the certificates as their files hold them now, and the login.</summary>
internal sealed class ConnectionMeans : IDisposable
{
    private readonly MqttPublisherOptions _options;
    private readonly TimeProvider _time;
    private readonly TlsFiles? _files;
    private readonly BrokerCertificate? _judge;

    /// <exception cref="BrokerFaultException">A file with a certificate or key is of no use.</exception>
    public ConnectionMeans(MqttPublisherOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        if (!options.Broker.Tls)
            return;
        _files = TlsFiles.Load(options);
        _judge = new BrokerCertificate(_files.Authorities, options.Broker.Host, options.Clock, time);
    }

    /// <summary>The certificates in use; null without TLS.</summary>
    public TlsFiles? Files => _files;

    public MqttClientOptions Build(MqttProtocolVersion version, byte[]? willPayload)
    {
        var builder = new MqttClientOptionsBuilder()
            .WithProtocolVersion(version)
            .WithClientId(_options.ClientId)
            .WithCleanStart(true)
            .WithTimeout(_options.AnswerLimit)
            .WithKeepAlivePeriod(_options.KeepAlive);
        if (willPayload is not null)
        {
            builder
                .WithWillTopic(Topics.Status(_options.Site, _options.Device))
                .WithWillPayload(willPayload)
                .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
                .WithWillRetain(true);
        }

        AddWay(builder);
        if (_options.Secrets.MqttUser is { } user)
            builder.WithCredentials(user, _options.Secrets.MqttPassword);
        if (_judge is not null)
            builder.WithTlsOptions(AddTls);
        return builder.Build();
    }

    /// <summary>Why no connection came about, in a sentence.</summary>
    public async Task<BrokerFaultException> ExplainAsync(Exception exception, CancellationToken cancellationToken)
    {
        if (_judge?.Verdict is { State: StepState.Failed } verdict)
            return CertificateFaults.BrokerNotTrusted(_options, verdict.Says, exception);
        if (_judge?.Verdict is not null)
        {
            var alert = TlsAlert.Find(exception) ?? await new AlertProbe(_options, _time).FindAsync(_files!, _judge, cancellationToken);
            if (_files!.Own is null && alert is TlsAlert.CertificateRequired or TlsAlert.HandshakeFailure)
                return CertificateFaults.OwnWanted(exception);
            if (_files.Own is { } own && alert is { } said && TlsAlert.RefusesCertificate(said))
                return CertificateFaults.OwnRefused(_options.ClientCertificateFile!, own, said, _time.GetUtcNow(), exception);
        }

        return BrokerFaults.Unreachable(exception, _options);
    }

    public void Dispose() => _files?.Dispose();

    private void AddWay(MqttClientOptionsBuilder builder)
    {
        var broker = _options.Broker;
        if (broker.WebSocketUrl is null)
        {
            builder.WithTcpServer(broker.Host, broker.Port).WithStreamProvider(new BrokerRoute(_options, _time));
            return;
        }

        builder.WithWebSocketServer(socket =>
        {
            socket.WithUri(broker.WebSocketUrl);
            if (_options.Proxy is { } proxy)
                socket.WithProxyOptions(through => through.WithAddress(proxy.ToString()).WithUsername(_options.Secrets.MqttProxyUser).WithPassword(_options.Secrets.MqttProxyPassword));
        });
    }

    private void AddTls(MqttClientTlsOptionsBuilder tls)
    {
        tls.UseTls().WithTargetHost(_options.Broker.Host)
            .WithRevocationMode(X509RevocationMode.NoCheck)
            .WithCertificateValidationHandler(shown => _judge!.Accepts(shown.Certificate, shown.Chain, shown.SslPolicyErrors));
        if (_files!.Own is { } own)
            tls.WithClientCertificates([own]);
    }
}
