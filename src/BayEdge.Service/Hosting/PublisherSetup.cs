using BayEdge.Contracts.Events;
using BayEdge.Core.Commands;
using BayEdge.Core.Configuration;
using BayEdge.Messaging.Publishing;
using BayEdge.Service.Status;

namespace BayEdge.Service.Hosting;

internal static class PublisherSetup
{
    public static MqttPublisherOptions From(EdgeConfiguration configuration, MqttConfiguration mqtt, Secrets secrets, string bootId, Func<ClockState> clock) => new()
    {
        Site = configuration.Site,
        Device = configuration.Device,
        Broker = mqtt.Broker,
        BootId = bootId,
        Version = HealthReporter.Version,
        Secrets = secrets,
        CertificateAuthorityFile = mqtt.CaFile,
        ClientCertificateFile = mqtt.CertFile,
        ClientKeyFile = mqtt.KeyFile,
        Proxy = mqtt.ProxyAddress,
        Clock = clock,
        Confirmation = mqtt.Confirmation,
        Neighbours = mqtt.Neighbours,
        Commands = mqtt.Commands != CommandRight.Off,
    };
}
