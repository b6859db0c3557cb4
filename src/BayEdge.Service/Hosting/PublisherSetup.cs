using BayEdge.Core.Commands;
using BayEdge.Core.Configuration;
using BayEdge.Messaging.Publishing;
using BayEdge.Service.Status;

namespace BayEdge.Service.Hosting;

internal static class PublisherSetup
{
    public static MqttPublisherOptions From(EdgeConfiguration configuration, MqttConfiguration mqtt, Secrets secrets, string bootId) => new()
    {
        Site = configuration.Site,
        Device = configuration.Device,
        Broker = mqtt.Broker,
        BootId = bootId,
        Version = HealthReporter.Version,
        Secrets = secrets,
        CertificateAuthorityFile = mqtt.CaFile,
        Confirmation = mqtt.Confirmation,
        Neighbours = mqtt.Neighbours,
        Commands = mqtt.Commands != CommandRight.Off,
    };
}
