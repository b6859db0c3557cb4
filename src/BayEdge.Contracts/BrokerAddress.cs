namespace BayEdge.Contracts;

/// <summary>Where a broker is, taken from a URL such as <c>mqtts://broker:8883</c> or <c>wss://broker/mqtt</c>.</summary>
public sealed record BrokerAddress
{
    private static readonly Dictionary<string, (int Port, bool Tls, bool WebSocket)> Schemes = new(StringComparer.Ordinal)
    {
        ["mqtt"] = (1883, false, false),
        ["mqtts"] = (8883, true, false),
        ["ws"] = (80, false, true),
        ["wss"] = (443, true, true),
    };

    public required string Host { get; init; }

    public required int Port { get; init; }

    public required bool Tls { get; init; }

    /// <summary>The full URL when the transport is a WebSocket, else null.</summary>
    public string? WebSocketUrl { get; init; }

    /// <summary>Reads a URL; on failure <paramref name="problem"/> says in a sentence what was expected.</summary>
    public static bool TryParse(string url, out BrokerAddress? address, out string? problem)
    {
        address = null;
        if (url.Contains('@', StringComparison.Ordinal))
        {
            // Before anything repeats the text: it may hold a password, also where it is no URL.
            problem = "user name and password do not belong into the broker URL; put them into the secrets file";
            return false;
        }

        problem = $"expected a broker URL such as mqtt://192.0.2.1:1883 or mqtts://broker:8883, but found '{url}'";
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri)
            || !Schemes.TryGetValue(uri.Scheme, out var scheme) || uri.Host.Length == 0 || uri.Port == 0)
            return false;

        problem = null;
        address = new BrokerAddress
        {
            Host = uri.Host,
            Port = uri.IsDefaultPort ? scheme.Port : uri.Port,
            Tls = scheme.Tls,
            WebSocketUrl = scheme.WebSocket ? uri.ToString() : null,
        };
        return true;
    }

    public override string ToString() => WebSocketUrl ?? $"{(Tls ? "mqtts" : "mqtt")}://{Host}:{Port}";
}
