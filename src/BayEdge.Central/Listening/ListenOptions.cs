namespace BayEdge.Central.Listening;

/// <summary>What <c>bayedge listen</c> was asked to do.</summary>
public sealed record ListenOptions
{
    /// <summary>Such as <c>mqtts://broker:8883</c>.</summary>
    public required string Broker { get; init; }

    /// <summary>The only site to listen to; null listens to all.</summary>
    public string? Site { get; init; }

    /// <summary>Whether to acknowledge, after which the devices forget their events. Off by default.</summary>
    public bool Acknowledge { get; init; }

    /// <summary>The ledger that keeps what was received, as <see cref="Ledger.CentralLedger.Open"/> takes it; null keeps it in memory.</summary>
    public string? Ledger { get; init; }

    /// <summary>The file of the sites' clocks and shifts (<see cref="Utilisation.SitePlans"/>); null knows none.</summary>
    public string? PlansPath { get; init; }

    /// <summary>Whether to publish when a site's utilisation passes its threshold. Off by default.</summary>
    public bool PublishUtilisation { get; init; }

    /// <summary>A name that several consumers of one PostgreSQL ledger share; null for a consumer of its own.</summary>
    public string? Group { get; init; }

    public BrokerLogin Login { get; init; } = new();

    /// <summary>The MQTT client id; null takes the ledger's own.</summary>
    public string? ClientId { get; init; }

    /// <summary>Whether to print JSON lines instead of text.</summary>
    public bool Json { get; init; }
}
