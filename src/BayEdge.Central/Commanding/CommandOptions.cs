namespace BayEdge.Central.Commanding;

/// <summary>One command to one device.</summary>
public sealed record CommandOptions
{
    /// <summary>The broker's URL, such as <c>mqtts://broker:8883</c>.</summary>
    public required string Broker { get; init; }

    public required string Site { get; init; }

    public required string Device { get; init; }

    /// <summary>One of <see cref="Contracts.Commands.CommandNames"/>.</summary>
    public required string Name { get; init; }

    /// <summary>What the command needs to know: JSON, or <c>@</c> and the path of a file that holds it; null for nothing.</summary>
    public string? Data { get; init; }

    /// <summary>The default value is a new one.</summary>
    public string Transaction { get; init; } = Guid.NewGuid().ToString("N");

    /// <summary>How long the reply may take. The default value is 10 seconds.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(10);

    public BrokerLogin Login { get; init; } = new();
}
