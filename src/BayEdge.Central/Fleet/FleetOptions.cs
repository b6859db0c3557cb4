namespace BayEdge.Central.Fleet;

/// <summary>What <c>bayedge fleet</c> was asked to do.</summary>
public sealed record FleetOptions
{
    /// <summary>Such as <c>mqtts://broker:8883</c>.</summary>
    public required string Broker { get; init; }

    /// <summary>How many devices connect. The default value is 5,000.</summary>
    public int Devices { get; init; } = 5000;

    /// <summary>Over how many sites they are spread. The default value is 1.</summary>
    public int Sites { get; init; } = 1;

    /// <summary>Events a second of all devices together. The default value is 50.</summary>
    public double EventsPerSecond { get; init; } = 50;

    /// <summary>How long events are sent. The default value is 1 minute.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long the last acknowledgements may take. The default value is 30 seconds.</summary>
    public TimeSpan SettleLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After what time an unacknowledged event is sent again. The default value is 5 seconds.</summary>
    public TimeSpan Resend { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many connections are opened at a time. The default value is 32.</summary>
    public int ParallelConnects { get; init; } = 32;

    /// <summary>Whether another consumer acknowledges; then only the acknowledgements are checked, not the visits.</summary>
    public bool ForeignConsumer { get; init; }

    /// <summary>The ledger of our own consumer, which must be new; null makes a SQLite file and deletes it afterwards.</summary>
    public string? Ledger { get; init; }

    /// <summary>The broker's process, to print its memory; null does not.</summary>
    public int? BrokerProcess { get; init; }

    public BrokerLogin Login { get; init; } = new();

    /// <summary>Whether to print one JSON object instead of text.</summary>
    public bool Json { get; init; }
}
