using System.Collections.Immutable;

namespace BayEdge.Core.Configuration;

/// <summary>What is never written into the configuration; a password is never shown on a page or logged.</summary>
public sealed record Secrets
{
    public static Secrets None { get; } = new();

    public string? MqttUser { get; init; }

    public string? MqttPassword { get; init; }

    /// <summary>Opens the private key of the device's certificate for the broker; null where it is not encrypted.</summary>
    public string? MqttKeyPassword { get; init; }

    /// <summary>For the proxy on the way to the broker; null where it asks for none.</summary>
    public string? MqttProxyUser { get; init; }

    public string? MqttProxyPassword { get; init; }

    /// <summary>By the id of the reader, camera or contact, then by the key of the driver's field.</summary>
    public ImmutableDictionary<string, ImmutableDictionary<string, string>> Sources { get; init; } =
        ImmutableDictionary.Create<string, ImmutableDictionary<string, string>>(StringComparer.Ordinal);

    public string? Find(string source, string key) => Sources.GetValueOrDefault(source)?.GetValueOrDefault(key);

    public override string ToString() => "(secrets)";
}
