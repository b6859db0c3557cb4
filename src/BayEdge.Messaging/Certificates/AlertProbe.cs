using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using BayEdge.Messaging.Publishing;
using BayEdge.Messaging.Transport;

namespace BayEdge.Messaging.Certificates;

/// <summary>Hears why the broker does not go on after a handshake.</summary>
/// <remarks>
/// With TLS 1.3 the device has finished, and has sent its CONNECT, before the broker looks at its certificate. A broker that then says
/// why and hangs up resets a connection whose CONNECT it has not read, and the alert may be lost in that. One who says nothing hears it.
/// </remarks>
internal sealed class AlertProbe(MqttPublisherOptions options, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <returns>The number of the alert; null where the broker says nothing of the kind.</returns>
    public async Task<int?> FindAsync(TlsFiles files, BrokerCertificate judge, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var transport = await new BrokerRoute(options, time).ConnectAsync(new DnsEndPoint(options.Broker.Host, options.Broker.Port), either.Token);
            await using var stream = new SslStream(transport);
            await stream.AuthenticateAsClientAsync(judge.Handshake(files.Own), either.Token);
            await stream.ReadExactlyAsync(new byte[1], either.Token);
            return null;
        }
        catch (Exception exception) when (exception is IOException or AuthenticationException or OperationCanceledException or BrokerFaultException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return TlsAlert.Find(exception);
        }
    }
}
