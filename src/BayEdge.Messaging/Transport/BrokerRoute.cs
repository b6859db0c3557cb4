using System.Net;
using System.Net.Sockets;
using BayEdge.Messaging.Publishing;
using MQTTnet.Channel;

namespace BayEdge.Messaging.Transport;

/// <summary>Gets a connection to the broker's port, through the proxy where there is one.</summary>
internal sealed class BrokerRoute(MqttPublisherOptions options, TimeProvider time) : IMqttClientStreamProvider
{
    /// <exception cref="BrokerFaultException">There is no way; the message says where it ends.</exception>
    public async Task<Stream> ConnectAsync(EndPoint brokerEndPoint, CancellationToken cancellationToken)
    {
        var (host, port) = options.Proxy is { } proxy ? (proxy.Host, proxy.Port) : (options.Broker.Host, options.Broker.Port);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await ReachAsync(socket, host.Trim('[', ']'), port, cancellationToken);
            var stream = new PromptStream(socket);
            if (options.Proxy is not null)
                await ProxyTunnel.OpenAsync(stream, options, time, cancellationToken);
            return stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task ReachAsync(Socket socket, string host, int port, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.ReachLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await socket.ConnectAsync(host, port, either.Token);
        }
        catch (SocketException exception)
        {
            throw options.Proxy is null ? BrokerFaults.Unreachable(exception, options) : ProxyTunnel.Unreachable(options, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw options.Proxy is null ? BrokerFaults.NotReached(options) : ProxyTunnel.Unreachable(options, exception);
        }
    }
}
