using System.Globalization;
using System.Text;
using BayEdge.Messaging.Ladder;
using BayEdge.Messaging.Publishing;

namespace BayEdge.Messaging.Transport;

/// <summary>Asks an HTTP proxy for a connection to the broker: CONNECT, RFC 9110 section 9.3.6.</summary>
internal static class ProxyTunnel
{
    private const int LongestAnswer = 8192;

    /// <exception cref="BrokerFaultException">The proxy does not let the device through.</exception>
    public static async Task OpenAsync(Stream stream, MqttPublisherOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.ReachLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var target = string.Create(CultureInfo.InvariantCulture, $"{options.Broker.Host}:{options.Broker.Port}");
        var login = options.Secrets.MqttProxyUser is { } user
            ? $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{options.Secrets.MqttProxyPassword}"))}\r\n"
            : "";
        int? status;
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{login}\r\n"), either.Token);
            status = StatusOf(await ReadHeadAsync(stream, either.Token));
        }
        catch (IOException exception)
        {
            throw Refused(options, null, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Refused(options, null, exception);
        }

        if (status is not (>= 200 and <= 299))
            throw Refused(options, status);
    }

    /// <param name="status">The proxy's answer; null where it is none.</param>
    public static BrokerFaultException Refused(MqttPublisherOptions options, int? status, Exception? cause = null) => new(
        status switch
        {
            null => LadderSentences.ProxyMute.With(("proxy", options.Proxy!)),
            407 => LadderSentences.ProxyWantsLogin.With(("proxy", options.Proxy!)),
            { } code => LadderSentences.ProxyRefuses.With(("proxy", options.Proxy!), ("host", options.Broker.Host), ("port", options.Broker.Port), ("status", code)),
        },
        cause);

    public static BrokerFaultException Unreachable(MqttPublisherOptions options, Exception cause) =>
        new(LadderSentences.ProxyUnreachable.With(("proxy", options.Proxy!)), cause) { Kind = BrokerFaultKind.NobodyThere };

    /// <summary>Byte by byte, since what follows the head is the broker's.</summary>
    private static async Task<string> ReadHeadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var (head, one) = (new StringBuilder(), new byte[1]);
        while (head.Length < LongestAnswer && await stream.ReadAsync(one, cancellationToken) == 1)
        {
            head.Append((char)one[0]);
            if (one[0] == '\n' && head.Length >= 4 && head[^2] == '\r' && head[^3] == '\n' && head[^4] == '\r')
                break;
        }

        return head.ToString();
    }

    private static int? StatusOf(string head) =>
        head.StartsWith("HTTP/1.", StringComparison.Ordinal) && head.Split(' ', 3) is [_, var code, ..]
        && int.TryParse(code.AsSpan(0, Math.Min(3, code.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status
            : null;
}
