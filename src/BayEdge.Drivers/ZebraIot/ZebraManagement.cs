using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Rest;

namespace BayEdge.Drivers.ZebraIot;

/// <summary>The reader's own REST interface, where it may be asked how it is set (Zebra IoT Connector, local REST).</summary>
/// <param name="Band">The one that the reader must be set to; null for any.</param>
/// <param name="PowerDbm">The power that it must be set to; null for any.</param>
/// <param name="AntennaGainDbi">Less what the cable takes; null when nobody said.</param>
internal sealed record ZebraManagement(HostAndPort Address, bool Tls, string Login, RadioBand? Band, double? PowerDbm, double? AntennaGainDbi)
{
    private const string AddressKey = "readerAddress";
    private const string TlsKey = "readerTls";
    private const string UserKey = "readerUser";
    private const string PasswordKey = "readerPassword";

    public static ImmutableArray<FieldSpec> Fields { get; } =
    [
        new(AddressKey, FieldType.HostAndPort,
            new LocalizedText("读写器地址", "Reader address"),
            new LocalizedText(
                "填写后，通过读写器的 REST 接口读取频段和功率并与配置比较。留空则不比较。",
                "With it, region and power are read from the reader's REST interface and compared. Empty compares nothing.")),
        new(TlsKey, FieldType.Boolean,
            new LocalizedText("加密", "Encrypted"),
            new LocalizedText("关闭后使用 HTTP，密码将以明文传输。", "Off means HTTP; the password then crosses the network in the clear."))
        {
            Default = "true",
        },
        new(UserKey, FieldType.Text,
            new LocalizedText("读写器用户名", "Reader user name"),
            new LocalizedText("读写器管理页面的登录名。", "Of the reader's own page."))
        {
            Default = "admin",
        },
        new(PasswordKey, FieldType.Text,
            new LocalizedText("读写器密码", "Reader password"),
            new LocalizedText("读写器管理页面的密码。", "Of the reader's own page."))
        {
            Secret = true,
        },
        ReaderFields.Power(least: 0, most: 33) with
        {
            Help = new LocalizedText("读写器应使用的功率，与其实际设置比较。", "What the reader must be set to; its own setting is compared. Empty compares nothing."),
        },
        ReaderFields.ComparedRegion([.. RadioBand.All.Select(band => band.Name)]),
        ReaderFields.AntennaGain,
    ];

    /// <summary>Null where the reader is not to be asked.</summary>
    /// <exception cref="DeviceFaultException">What is to be compared cannot be asked for, or may not be.</exception>
    public static ZebraManagement? From(SourceConfiguration configuration)
    {
        var settings = configuration.Settings;
        var (band, power) = (ReaderFields.BandOf(settings), ReaderFields.PowerOf(settings));
        if (settings.Find(AddressKey) is not { } text)
        {
            return band is null && power is null ? null : throw new DeviceFaultException(
                DeviceFaultKind.Local, $"The settings of {configuration.Id} name a region or power to compare, but not where the reader can be asked: set {AddressKey}, or leave them out.");
        }

        var tls = settings.Flag(TlsKey);
        if (!HostAndPort.TryParse(text, tls ? 443 : 80, out var address, out var problem))
            throw new ArgumentException($"{configuration.Id}: {AddressKey}: {problem}.", nameof(configuration));
        var gain = ReaderFields.AntennaGainOf(settings);
        if (power is { } wanted)
            band?.RequireAllowed($"reader at {address}", wanted, gain);
        return new ZebraManagement(address!, tls, $"{settings.Text(UserKey)}:{settings.Find(PasswordKey)}", band, power, gain);
    }

    /// <exception cref="DeviceFaultException">The reader does not answer, or refuses.</exception>
    public async Task<ZebraRadio> AskAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        using var client = await OpenAsync(time, cancellationToken);
        return await RadioAsync(client, cancellationToken);
    }

    /// <summary>Who the reader is, and how its radio is set.</summary>
    /// <exception cref="DeviceFaultException">The reader does not answer, or refuses.</exception>
    public async Task<(ZebraIdentity Identity, ZebraRadio Radio)> IdentifyAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        using var client = await OpenAsync(time, cancellationToken);
        var identity = ZebraIdentity.Read(await client.TryGetAsync("version", cancellationToken), await client.TryGetAsync("status", cancellationToken));
        return (identity, await RadioAsync(client, cancellationToken));
    }

    /// <exception cref="DeviceFaultException">The reader does not answer, or refuses.</exception>
    public async Task<ImmutableArray<DigitalInput>> InputsAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        using var client = await OpenAsync(time, cancellationToken);
        return ZebraPins.InputsIn(await client.GetAsync("gpi", "tell its inputs", cancellationToken));
    }

    /// <returns>Empty when the reader does not tell.</returns>
    /// <exception cref="DeviceFaultException">The reader does not answer.</exception>
    public async Task<ImmutableArray<DigitalOutput>> OutputsAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        using var client = await OpenAsync(time, cancellationToken);
        return ZebraPins.OutputsIn(await client.TryGetAsync("gpo", cancellationToken));
    }

    /// <remarks><c>{"port":1,"state":true}</c>, where true is the high level (Zebra IoT Connector, PUT /cloud/gpo).</remarks>
    /// <exception cref="DeviceFaultException">The reader does not answer, or refuses.</exception>
    public async Task SetOutputAsync(int port, bool on, TimeProvider time, CancellationToken cancellationToken)
    {
        using var client = await OpenAsync(time, cancellationToken);
        await client.PutAsync("gpo", new JsonObject { ["port"] = port, ["state"] = on }.ToJsonString(), "switch an output", cancellationToken);
    }

    private static async Task<ZebraRadio> RadioAsync(RestClient client, CancellationToken cancellationToken) =>
        ZebraRadio.Read(await client.GetAsync("region", "tell its radio region", cancellationToken), await client.GetAsync("mode", "tell its power", cancellationToken));

    /// <returns>Logged in.</returns>
    private async Task<RestClient> OpenAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var client = new RestClient(
            new RestAccess(
                new Uri($"{(Tls ? "https" : "http")}://{Address}/cloud/"), Address, Login, CertificateSha256: null, "a Zebra reader with the IoT Connector",
                $"Correct {UserKey}, and {PasswordKey} in secrets.json.",
                "Check that it is a Zebra reader and that its IoT Connector is switched on.",
                "Look at the reader's own page, or restart it.",
                TlsKey),
            time);
        try
        {
            client.Authorize(RestAnswer.TextIn(await client.GetAsync("localRestLogin", "accept a login", cancellationToken), "message") ?? throw new DeviceFaultException(
                DeviceFaultKind.Protocol, $"The reader at {Address} gives no token for its login. Update its firmware, or leave {AddressKey} out."));
            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }
}
