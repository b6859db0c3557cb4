using BayEdge.Contracts.Events;
using BayEdge.Messaging.Publishing;

namespace BayEdge.Messaging.Ladder;

/// <summary>What is tried, and how patiently.</summary>
public sealed record LadderOptions
{
    /// <summary>The broker, and as whom.</summary>
    public required MqttPublisherOptions Publisher { get; init; }

    /// <summary>How far the device's own clock can be trusted.</summary>
    public required ClockInfo Clock { get; init; }

    /// <summary>For each rung; a proxy that was reached has as long again for its answer. The default value is 5 s: on a workshop's network whoever needs longer is not there.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>For the question what time it is. The default value is 1 s.</summary>
    public TimeSpan ClockLimit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Where the server's clock answers, UDP. The default value is 123, that of NTP.</summary>
    public int TimePort { get; init; } = 123;

    /// <summary>Where its web server tells the time, if it has one. The default value is 80.</summary>
    public int WebPort { get; init; } = 80;

    /// <summary>By how much the device's clock may differ from the server's. The default value is 1 s.</summary>
    public TimeSpan SkewLimit { get; init; } = TimeSpan.FromSeconds(1);
}
