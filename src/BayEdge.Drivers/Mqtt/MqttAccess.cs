using System.Collections.Immutable;
using BayEdge.Contracts;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Mqtt;

/// <summary>The broker that a device publishes to, and how to get in.</summary>
/// <param name="ClientId">The same each time, so that the broker keeps what came while nobody listened.</param>
internal sealed record MqttAccess(BrokerAddress Broker, string? User, string? Password, string ClientId)
{
    private const string UrlKey = "url";
    private const string UserKey = "user";
    private const string PasswordKey = "password";

    public static ImmutableArray<FieldSpec> Fields { get; } =
    [
        new(UrlKey, FieldType.Location,
            new LocalizedText("消息代理", "Broker"),
            new LocalizedText("设备所用的 MQTT 代理，例如 mqtt://192.0.2.9:1883 或 mqtts://…。", "The MQTT broker of the device, such as mqtt://192.0.2.9:1883 or mqtts://…."))
        {
            Required = true,
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
    ];

    /// <exception cref="DeviceFaultException">The URL cannot be read.</exception>
    public static MqttAccess From(SourceConfiguration configuration)
    {
        var settings = configuration.Settings;
        return BrokerAddress.TryParse(settings.Text(UrlKey), out var broker, out var problem)
            ? new MqttAccess(broker!, settings.Find(UserKey), settings.Find(PasswordKey), $"bayedge-{Environment.MachineName}-{configuration.Id}")
            : throw new DeviceFaultException(DeviceFaultKind.Local, $"The setting url of {configuration.Id} is wrong: {problem}.");
    }
}
