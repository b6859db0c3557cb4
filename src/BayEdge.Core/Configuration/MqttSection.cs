using BayEdge.Contracts;
using BayEdge.Core.Commands;

namespace BayEdge.Core.Configuration;

/// <summary>Reads which broker the events go to, and how the two prove to each other who they are.</summary>
internal static class MqttSection
{
    /// <returns>Null after a problem.</returns>
    public static MqttConfiguration? Read(ConfigurationNode node)
    {
        var url = node.Text("url");
        var confirmation = node.Choice("confirmation", DeliveryConfirmation.Central);
        var neighbours = node.Flag("neighbours", missing: true);
        var commands = node.Choice("commands", CommandRight.Operate);
        BrokerAddress? broker = null;
        if (url is not null && !BrokerAddress.TryParse(url, out broker, out var problem))
            node.Report(BrokerUrl.Problem(node.Path("url"), url, problem!));
        var caFile = TlsFile(node, "caFile", "ca.pem", broker);
        var certFile = TlsFile(node, "certFile", "device.pem", broker);
        var keyFile = TlsFile(node, "keyFile", "device.key", broker);
        if (keyFile is not null && certFile is null)
            node.Report("keyFile", "a key is without effect where there is no certificate; name its file with certFile, or leave keyFile out");
        else if (keyFile is not null && MqttConfiguration.IsPfx(certFile!))
            node.Report("keyFile", "a PFX file holds its key; leave keyFile out");
        var proxy = node.TextOrNull("proxy");
        if (proxy is not null && !ProxyAddress.TryParse(proxy, out _, out var proxyProblem))
            node.Report("proxy", proxyProblem!);
        node.ReportUnknownKeys();
        if (url is null || confirmation is null || neighbours is null || commands is null)
            return null;
        return new MqttConfiguration
        {
            Url = url,
            CaFile = caFile,
            CertFile = certFile,
            KeyFile = keyFile,
            Proxy = proxy,
            Confirmation = confirmation.Value,
            Neighbours = neighbours.Value,
            Commands = commands.Value,
        };
    }

    private static string? TlsFile(ConfigurationNode node, string key, string example, BrokerAddress? broker)
    {
        var file = node.TextOrNull(key);
        if (file is not null && !Path.IsPathFullyQualified(file))
            node.Report(key, $"expected the full path of a PEM file such as /etc/bayedge/{example}, but found '{file}'");
        else if (file is not null && broker is { Tls: false })
            node.Report(key, $"such a file is without effect where the url does not ask for TLS; write mqtts:// or wss://, or leave it out");
        return file;
    }
}
