namespace BayEdge.Core.Configuration;

/// <summary>What is never written into the configuration, a page or a log.</summary>
public sealed record Secrets
{
    public static Secrets None { get; } = new();

    public string? MqttUser { get; init; }

    public string? MqttPassword { get; init; }

    public override string ToString() => "(secrets)";
}
