namespace BayEdge.Central.Listening;

/// <summary>What <c>bayedge listen</c> was asked to do.</summary>
public sealed record ListenOptions
{
    /// <summary>The environment variable that holds the broker's password, since a command line is there for all to read.</summary>
    public const string PasswordVariable = "BAYEDGE_MQTT_PASSWORD";

    /// <summary>Such as <c>mqtts://broker:8883</c>.</summary>
    public required string Broker { get; init; }

    /// <summary>The only site to listen to; null listens to all.</summary>
    public string? Site { get; init; }

    /// <summary>Whether to acknowledge, after which the devices forget their events. Off by default.</summary>
    public bool Acknowledge { get; init; }

    /// <summary>The SQLite file that keeps what was received; null keeps it in memory.</summary>
    public string? LedgerPath { get; init; }

    public string? UserName { get; init; }

    /// <summary>Null takes the value of <see cref="PasswordVariable"/>.</summary>
    public string? Password { get; init; }

    /// <summary>The MQTT client id; null takes the ledger's own.</summary>
    public string? ClientId { get; init; }

    /// <summary>Whether to print JSON lines instead of text.</summary>
    public bool Json { get; init; }
}
