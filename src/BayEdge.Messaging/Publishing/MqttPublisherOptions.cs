using BayEdge.Contracts;
using BayEdge.Core.Configuration;

namespace BayEdge.Messaging.Publishing;

/// <summary>Which broker, as whom, and with how much patience.</summary>
public sealed record MqttPublisherOptions
{
    public required string Site { get; init; }

    public required string Device { get; init; }

    public required BrokerAddress Broker { get; init; }

    /// <summary>Changes with every start of the computer.</summary>
    public required string BootId { get; init; }

    /// <summary>The service's version, told in the status; may be null.</summary>
    public string? Version { get; init; }

    public Secrets Secrets { get; init; } = Secrets.None;

    /// <summary>The default value is <c>bayedge-{site}-{device}</c>; two devices with one id throw each other out.</summary>
    public string ClientId
    {
        get => field ?? $"bayedge-{Site}-{Device}";
        init;
    }

    /// <summary>
    /// A PEM file with the certificate that the broker's own must descend from, for a workshop with its own authority.
    /// The default value is null: the system's authorities.
    /// </summary>
    public string? CertificateAuthorityFile { get; init; }

    /// <summary>Whose word lets the device forget an event. The default value is <see cref="DeliveryConfirmation.Central"/>.</summary>
    public DeliveryConfirmation Confirmation { get; init; } = DeliveryConfirmation.Central;

    /// <summary>
    /// Whether to listen to the other devices of the site, and to let <see cref="MqttPublisher.OfferNeighbours"/> speak to them.
    /// The default value is false.
    /// </summary>
    public bool Neighbours { get; init; }

    /// <summary>Whether to listen to commands, for <see cref="MqttPublisher.CommandReceived"/>. The default value is false.</summary>
    public bool Commands { get; init; }

    /// <summary>Events on their way at once, fewer where the broker says so. The default value is 10.</summary>
    public int Window { get; init; } = 10;

    /// <summary>
    /// Events sent and not yet confirmed by an ack, so that the broker never has to queue much: Mosquitto silently drops what
    /// exceeds 1,000 in its queue. Doubles while the central system acknowledges more rarely, and narrows again when it
    /// does not. The default value is 100, a tenth of Mosquitto's queue.
    /// </summary>
    /// <remarks>With few, a broker that waits for TCP's delayed acknowledgements passes only some 250 events a second.</remarks>
    public int AckWindow { get; init; } = 100;

    /// <summary>How long the broker may take for any one answer. The default value is 10 seconds.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The broker drops the device after one and a half times this silence. The default value is 15 seconds.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The first wait before another attempt. The default value is 1 second.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait before another attempt. The default value is 60 seconds.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long to wait for the central system's ack after everything was sent, before sending it again; doubles each
    /// time in vain. The default value is 60 seconds.
    /// </summary>
    public TimeSpan AckPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where <see cref="AckPatience"/> stops doubling. The default value is 10 minutes.</summary>
    public TimeSpan LongestAckPatience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The status is published again at most this often. The default value is 5 seconds.</summary>
    public TimeSpan StatusInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The status is published again after this long also when nothing changed, since anybody may have cleared the retained
    /// one. The default value is 1 minute.
    /// </summary>
    public TimeSpan StatusRefresh { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a clean stop may take. The default value is 2 seconds.</summary>
    public TimeSpan StopLimit { get; init; } = TimeSpan.FromSeconds(2);
}
