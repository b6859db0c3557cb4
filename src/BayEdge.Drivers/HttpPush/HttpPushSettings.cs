using System.Collections.Immutable;
using System.Net;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Push;

namespace BayEdge.Drivers.HttpPush;

/// <summary>Where one sender's messages are awaited.</summary>
/// <param name="Token">What the sender proves itself with.</param>
/// <param name="LongestSilence">Null where silence says nothing.</param>
internal sealed record HttpPushSettings(string Id, HostAndPort Listen, string Token, TimeSpan? LongestSilence)
{
    private const string ListenKey = "listen";
    private const string TokenKey = "token";
    private const int DefaultPort = 8090;

    public static ImmutableArray<FieldSpec> Fields { get; } =
    [
        new(ListenKey, FieldType.HostAndPort,
            new LocalizedText("监听地址", "Listen at"),
            new LocalizedText(
                "本机接收推送的 IP 地址和端口；0.0.0.0 表示所有网卡。多个设备可共用一个端口。",
                "This computer's IP address and port to push to; 0.0.0.0 means every network card. Devices may share a port."))
        {
            Default = $"0.0.0.0:{DefaultPort}",
        },
        new(TokenKey, FieldType.Text,
            new LocalizedText("令牌", "Token"),
            new LocalizedText(
                "设备用 Authorization: Bearer 或作为 Basic 认证的密码发送。",
                "The device sends it as Authorization: Bearer, or as the password of Basic authentication."))
        {
            Required = true,
            Secret = true,
        },
        PushFields.Silence,
    ];

    /// <summary>Where the device is to post, without the host.</summary>
    public string Path => $"{PushListener.PathPrefix}{Id}";

    public static HttpPushSettings From(SourceConfiguration configuration)
    {
        var settings = configuration.Settings;
        if (!HostAndPort.TryParse(settings.Text(ListenKey), DefaultPort, out var listen, out var problem))
            throw new ArgumentException($"{configuration.Id}: {ListenKey}: {problem}.", nameof(configuration));
        return new HttpPushSettings(configuration.Id, listen!, settings.Text(TokenKey), PushFields.LongestSilence(settings));
    }

    /// <exception cref="DeviceFaultException">The address is a name.</exception>
    public IPEndPoint EndPoint() => IPAddress.TryParse(Listen.Host, out var address)
        ? new IPEndPoint(address, Listen.Port)
        : throw new DeviceFaultException(
            DeviceFaultKind.Local, $"Expected an IP address of this computer to listen at, such as 0.0.0.0:{DefaultPort}, but found {Listen}. Correct the setting listen.");
}
