using BayEdge.Contracts;
using BayEdge.Contracts.Events;
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

    /// <summary>The device's own certificate: PEM, or PFX by its name. Read at each connect. The default value is null: none.</summary>
    public string? ClientCertificateFile { get; init; }

    /// <summary>The key of it (PEM). The default value is null: it is in <see cref="ClientCertificateFile"/> too.</summary>
    public string? ClientKeyFile { get; init; }

    /// <summary>An HTTP proxy between the device and the broker. The default value is null: none.</summary>
    public ProxyAddress? Proxy { get; init; }

    /// <summary>How far the device's own clock can be trusted, by which it judges certificates. The default is synchronised.</summary>
    public Func<ClockState> Clock { get; init; } = () => ClockState.Synced;

    /// <summary>Whose word lets the device forget an event. The default value is <see cref="DeliveryConfirmation.Central"/>.</summary>
    public DeliveryConfirmation Confirmation { get; init; } = DeliveryConfirmation.Central;

    /// <summary>
    /// Whether to listen to the other devices of the site, and to let <see cref="MqttPublisher.OfferNeighbours"/> speak to them.
    /// The default value is false.
    /// </summary>
    public bool Neighbours { get; init; }

    /// <summary>Whether to listen to commands, for <see cref="MqttPublisher.CommandReceived"/>. The default value is false.</summary>
    public bool Commands { get; init; }

    /// <summary>Events on their way at once, fewer where the broker says so. The default value is 20, what Mosquitto takes.</summary>
    public int Window { get; init; } = 20;

    /// <summary>
    /// Events sent and not yet confirmed by an ack, so that the broker never has to queue much: Mosquitto silently drops what
    /// exceeds 1,000 in its queue. Doubles each time everything is sent again while acks come, but more rarely, and narrows again
    /// when they come sooner; while none comes it stays. Events behind one that the broker refuses for now do not count, since no
    /// ack can reach them. The default value is 100, a tenth of Mosquitto's queue.
    /// </summary>
    /// <remarks>With few, a broker that waits for TCP's delayed acknowledgements passes only some 250 events a second.</remarks>
    public int AckWindow { get; init; } = 100;

    /// <summary>How long the broker may take for any one answer. The default value is 10 seconds.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long the broker's computer, or the proxy's, may take for the TCP connection, and the proxy then for its answer. The default
    /// value is 5 seconds: in it, TCP asks three times.
    /// </summary>
    public TimeSpan ReachLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The broker drops the device after one and a half times this silence. The default value is 15 seconds.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The first wait before another attempt. The default value is 1 second.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait before another attempt. The default value is 60 seconds.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The longest wait before another attempt where nobody answered at all: that costs nobody anything, and a broker that comes back is
    /// found soon. The default value is 2 seconds.
    /// </summary>
    public TimeSpan LongestRetryUnanswered { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often the files of the certificates are looked at, so that renewed ones are taken. The default value is 1 minute.</summary>
    public TimeSpan CertificateInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a connection must last before a namesake that threw the device off counts as gone: longer than the longest wait of one.
    /// The default value is 20 minutes.
    /// </summary>
    public TimeSpan NamesakeQuiet { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>The longest wait before another attempt while a namesake throws the device off. The default value is 10 minutes.</summary>
    public TimeSpan LongestRetryBesideNamesake { get; init; } = TimeSpan.FromMinutes(10);

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
