namespace BayEdge.Central.Conformance;

/// <summary>What <c>bayedge conformance</c> was asked to do.</summary>
public sealed record ConformanceOptions
{
    /// <summary>Such as <c>mqtts://broker:8883</c>; the consumer under test listens there, too.</summary>
    public required string Broker { get; init; }

    /// <summary>The site to play a device of.</summary>
    public required string Site { get; init; }

    /// <summary>The device to play; a second one is called the same with <c>-late</c> behind it.</summary>
    public required string Device { get; init; }

    public BrokerLogin Login { get; init; } = new();

    /// <summary>The JSON file to which the consumer's visits are exported afterwards; null does not compare them.</summary>
    public string? VisitsPath { get; init; }

    /// <summary>How long to wait for the exported visits to be right. The default value is 2 minutes.</summary>
    public TimeSpan VisitsLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the consumer may take for an acknowledgement. The default value is 15 seconds.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long to watch that no wrong acknowledgement comes. The default value is 2 seconds.</summary>
    public TimeSpan Quiet { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After what time unacknowledged events are sent again. The default value is 3 seconds.</summary>
    public TimeSpan Resend { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Whether to print one JSON object instead of sentences.</summary>
    public bool Json { get; init; }
}
