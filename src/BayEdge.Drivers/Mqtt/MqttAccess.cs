using System.Collections.Immutable;
using BayEdge.Contracts;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Mqtt;

/// <summary>The broker that a device publishes to, and how to get in.</summary>
/// <param name="AuthorityFile">Holds the authority of the broker's certificate; null for those that the system knows.</param>
/// <param name="ClientId">The same each time, so that the broker keeps what came while nobody listened.</param>
internal sealed record MqttAccess(BrokerAddress Broker, string? AuthorityFile, string? User, string? Password, string ClientId)
{
    private const string UrlKey = "url";
    private const string AuthorityKey = "caFile";
    private const string UserKey = "user";
    private const string PasswordKey = "password";
    private const string ClientIdKey = "clientId";

    public static ImmutableArray<FieldSpec> Fields { get; } =
    [
        new(UrlKey, FieldType.Location,
            new LocalizedText("消息代理", "Broker"),
            new LocalizedText("设备所用的 MQTT 代理，例如 mqtt://192.0.2.9:1883 或 mqtts://…。", "The MQTT broker of the device, such as mqtt://192.0.2.9:1883 or mqtts://…."))
        {
            Required = true,
            Example = "mqtt://192.0.2.9:1883",
        },
        new(AuthorityKey, FieldType.Location,
            new LocalizedText("证书颁发机构文件", "Authority file"),
            new LocalizedText(
                "使用 mqtts:// 或 wss:// 且代理的证书由内部机构签发时，该机构证书（PEM）的完整路径。",
                "For mqtts:// or wss:// where an authority of one's own issued the broker's certificate: the full path of that authority's certificate as PEM."))
        {
            Example = "/etc/bayedge/authority.pem",
        },
        new(UserKey, FieldType.Text,
            new LocalizedText("用户名", "User name"),
            new LocalizedText("代理要求登录时填写。", "Where the broker asks for one."))
        {
            Secret = true,
        },
        new(PasswordKey, FieldType.Text,
            new LocalizedText("密码", "Password"),
            new LocalizedText("代理要求登录时填写。", "Where the broker asks for one."))
        {
            Secret = true,
        },
        new(ClientIdKey, FieldType.Text,
            new LocalizedText("客户端标识", "Client id"),
            new LocalizedText(
                "在同一代理上必须唯一。留空则由本机名称和设备编号组成。",
                "No other client of the broker may have the same. Empty makes one of this computer's name and the device's id.")),
    ];

    /// <exception cref="DeviceFaultException">The URL cannot be read.</exception>
    public static MqttAccess From(SourceConfiguration configuration)
    {
        var settings = configuration.Settings;
        return BrokerAddress.TryParse(settings.Text(UrlKey), out var broker, out var problem)
            ? new MqttAccess(
                broker!, settings.Find(AuthorityKey), settings.Find(UserKey), settings.Find(PasswordKey),
                settings.Find(ClientIdKey) ?? $"bayedge-{Environment.MachineName}-{configuration.Id}")
            : throw new DeviceFaultException(DeviceFaultKind.Local, $"The setting url of {configuration.Id} is wrong: {problem}.");
    }
}
