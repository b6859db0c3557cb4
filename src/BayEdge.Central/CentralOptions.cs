using BayEdge.Central.Utilisation;
using BayEdge.Contracts;

namespace BayEdge.Central;

/// <summary>What a <see cref="CentralConsumer"/> listens to and how.</summary>
public sealed record CentralOptions
{
    public required BrokerAddress Broker { get; init; }

    public BrokerLogin Login { get; init; } = new();

    /// <summary>The only site to listen to; null listens to all.</summary>
    public string? Site { get; init; }

    /// <summary>
    /// Whether to acknowledge, after which devices forget their events. Let exactly one consumer of a site do so. One that does
    /// not acknowledge only watches: it answers for events from the first that it sees.
    /// </summary>
    public bool Acknowledge { get; init; } = true;

    /// <summary>The MQTT client id; null takes the ledger's own, so that a consumer started again finds its session again.</summary>
    public string? ClientId { get; init; }

    /// <summary>How long the broker keeps the session of an absent consumer. The default value is 7 days.</summary>
    public TimeSpan SessionExpiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// A name that several consumers share, which then share the events of all devices between them (MQTT shared subscription) and
    /// write one ledger in PostgreSQL; null for a consumer of its own.
    /// </summary>
    public string? Group { get; init; }

    /// <summary>The clocks and working hours of sites, by which their utilisation is watched; null does not watch it.</summary>
    public SitePlans? Plans { get; init; }

    /// <summary>Whether to publish when a site's utilisation passes its threshold. Off by default.</summary>
    public bool PublishUtilisation { get; init; }

    /// <summary>How often the utilisation of sites is judged. The default value is 1 minute.</summary>
    public TimeSpan UtilisationInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The shortest time between two acknowledgements. The default value is 20 milliseconds: a device
    /// sends only a few events beyond the last one acknowledged, so this bounds how fast a backlog drains.</summary>
    public TimeSpan AckInterval { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How often the broker is asked whether it still answers. The default value is 15 seconds.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the broker may take for any answer. The default value is 10 seconds.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The wait after the first failed connection, which doubles with each further one, and after an acknowledgement that the broker
    /// did not take. The default value is 1 second.
    /// </summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The wait before a ledger that could not be written is tried again. The default value is 5 seconds.</summary>
    public TimeSpan LedgerRetry { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait between two attempts to connect. The default value is 60 seconds.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(60);
}
