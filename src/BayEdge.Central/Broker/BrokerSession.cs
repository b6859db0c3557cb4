using BayEdge.Contracts;

namespace BayEdge.Central.Broker;

/// <summary>Who connects to which broker, and what it wants to hear.</summary>
internal sealed record BrokerSession
{
    public required BrokerAddress Broker { get; init; }

    public required string ClientId { get; init; }

    public required BrokerLogin Login { get; init; }

    /// <summary>How long the broker keeps the session of an absent client; null gives it none to keep.</summary>
    public TimeSpan? KeptFor { get; init; }

    public required IReadOnlyList<string> Filters { get; init; }

    /// <summary>How often the broker is asked whether it still answers. The default value is 15 seconds.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the broker may take for any answer. The default value is 10 seconds.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(10);
}
