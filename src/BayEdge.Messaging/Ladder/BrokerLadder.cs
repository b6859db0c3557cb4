using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using BayEdge.Core.Bays;
using BayEdge.Core.Commissioning;
using BayEdge.Messaging.Publishing;
using BayEdge.Messaging.Transport;

namespace BayEdge.Messaging.Ladder;

/// <summary>Goes the way to the central system rung by rung, so that a failure names its place: name, connection, certificate, login, writing, hearing, clock.</summary>
/// <remarks>It uses a client id of its own and no Will, so that a running service is not disturbed.</remarks>
public sealed class BrokerLadder(LadderOptions options, TimeProvider time)
{
    public const string Dns = "dns", Tcp = "tcp", Tls = "tls", Login = "login", Publish = "publish", Echo = "echo", Clock = "clock";

    /// <summary>The rungs, from the lowest.</summary>
    public static IReadOnlyList<string> Rungs { get; } = [Dns, Tcp, Tls, Login, Publish, Echo, Clock];

    /// <summary>Each rung as soon as it is decided; those above a failed one are not tried. Ends within the limits of the options.</summary>
    public async IAsyncEnumerable<Check> ClimbAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var broker = options.Publisher.Broker;
        // Behind a proxy it is the proxy that is looked for; it knows the broker's name.
        var (host, port) = options.Publisher.Proxy is { } proxy ? (proxy.Host, proxy.Port) : (broker.Host, broker.Port);
        var watch = new RungWatch(time);
        var (found, addresses) = await FindAsync(host, cancellationToken);
        yield return watch.Time(found);
        if (addresses.Length == 0)
            yield break;

        var (reached, transport) = await ConnectAsync(addresses, port, cancellationToken);
        yield return watch.Time(reached);
        if (transport is null)
            yield break;

        Check secured;
        await using (transport)
            secured = broker.Tls ? await new TlsRung(options, time).TryAsync(transport, cancellationToken) : new Check(Tls, StepState.Warning, LadderSentences.NoTls.With());
        yield return watch.Time(secured);
        if (secured.State == StepState.Failed)
            yield break;

        await foreach (var spoken in new MqttRungs(options, time).TryAsync(cancellationToken))
        {
            yield return watch.Time(spoken);
            if (spoken.State == StepState.Failed)
                yield break;
        }

        yield return await new ClockRung(options, time).TryAsync(addresses[0], cancellationToken);
    }

    private async Task<(Check, IPAddress[])> FindAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var literal))
            return (Ok(Dns, LadderSentences.NoName.With(("host", host))), [literal]);
        try
        {
            var addresses = await System.Net.Dns.GetHostAddressesAsync(host, cancellationToken).WaitAsync(options.Limit, time, cancellationToken);
            return addresses.Length > 0
                ? (Ok(Dns, LadderSentences.NameFound.With(("host", host), ("address", string.Join(", ", addresses.Select(address => address.ToString()))))), addresses)
                : (Failed(Dns, LadderSentences.NameUnknown.With(("host", host))), []);
        }
        catch (SocketException)
        {
            return (Failed(Dns, LadderSentences.NameUnknown.With(("host", host))), []);
        }
        catch (TimeoutException)
        {
            return (Failed(Dns, LadderSentences.NameSilent.With(("length", options.Limit))), []);
        }
    }

    private async Task<(Check, Stream?)> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        Check? failed = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            using var limit = new CancellationTokenSource(options.Limit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                await socket.ConnectAsync(address, port, either.Token);
                var transport = new NetworkStream(socket, ownsSocket: true);
                if (options.Publisher.Proxy is not null)
                    await ProxyTunnel.OpenAsync(transport, options.Publisher with { ReachLimit = options.Limit }, time, cancellationToken);
                return (Ok(Tcp, LadderSentences.Reached.With(("address", address), ("port", port))), transport);
            }
            catch (BrokerFaultException fault)
            {
                socket.Dispose();
                return (Failed(Tcp, fault.Rung!), null);
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException)
            {
                socket.Dispose();
                cancellationToken.ThrowIfCancellationRequested();
                failed ??= Failed(Tcp, Explain(exception as SocketException, address, port));
            }
        }

        return (failed!, null);
    }

    private Phrase Explain(SocketException? exception, IPAddress address, int port) => exception?.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => LadderSentences.NothingListens.With(("address", address), ("port", port)),
        SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.NetworkDown => LadderSentences.NoWay.With(("address", address)),
        _ => LadderSentences.NoAnswer.With(("address", address), ("port", port), ("length", options.Limit)),
    };

    private static Check Ok(string rung, Phrase says) => new(rung, StepState.Ok, says);

    private static Check Failed(string rung, Phrase says) => new(rung, StepState.Failed, says);
}
