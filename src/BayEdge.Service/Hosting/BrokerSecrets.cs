using BayEdge.Core.Configuration;

namespace BayEdge.Service.Hosting;

/// <summary>A secret of the way to the broker.</summary>
/// <param name="FileKey">As which it stands in the secrets file.</param>
/// <param name="ShownKey">As which a page shows it within <c>mqtt</c>.</param>
/// <param name="IsHidden">Whether a page shows only that there is one.</param>
internal sealed record BrokerSecret(string FileKey, string ShownKey, bool IsHidden, Func<Secrets, string?> Of, Func<Secrets, string?, Secrets> With);

/// <summary>All of them.</summary>
internal static class BrokerSecrets
{
    public static IReadOnlyList<BrokerSecret> All { get; } =
    [
        new("mqttUser", "user", false, secrets => secrets.MqttUser, (secrets, value) => secrets with { MqttUser = value }),
        new("mqttPassword", "password", true, secrets => secrets.MqttPassword, (secrets, value) => secrets with { MqttPassword = value }),
        new("mqttKeyPassword", "keyPassword", true, secrets => secrets.MqttKeyPassword, (secrets, value) => secrets with { MqttKeyPassword = value }),
        new("mqttProxyUser", "proxyUser", false, secrets => secrets.MqttProxyUser, (secrets, value) => secrets with { MqttProxyUser = value }),
        new("mqttProxyPassword", "proxyPassword", true, secrets => secrets.MqttProxyPassword, (secrets, value) => secrets with { MqttProxyPassword = value }),
    ];

    public static BrokerSecret? Find(string fileKey) => All.FirstOrDefault(secret => secret.FileKey == fileKey);
}
