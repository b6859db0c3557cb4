using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Rest;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.ImpinjIot;

/// <summary>How one reader is reached and asked to read.</summary>
/// <param name="CertificateSha256">Of the certificate that the reader must show, upper-case hex; null accepts any, as the reader makes its own.</param>
/// <param name="Session">The Gen2 session, 0 or 1.</param>
/// <param name="RfMode">By the reader's own numbering.</param>
/// <param name="Antennas">The ports, from 1; at least one.</param>
/// <param name="Band">The one that the reader must be set to; null for any.</param>
/// <param name="AntennaGainDbi">Less what the cable takes; null when nobody said.</param>
internal sealed record ImpinjIotSettings(
    HostAndPort Address, bool Tls, string? CertificateSha256, string User, string Password,
    double PowerDbm, int Session, int RfMode, ImmutableArray<int> Antennas, RadioBand? Band, double? AntennaGainDbi)
{
    public const string AddressKey = "address";

    private const string TlsKey = "tls";
    private const string CertificateKey = "certificateSha256";
    private const string UserKey = "user";
    private const string PasswordKey = "password";
    private const string RfModeKey = "rfMode";

    /// <summary>As the reader comes from the factory.</summary>
    private const string FactoryPassword = "impinj";

    public static ImmutableArray<FieldSpec> Fields { get; } =
    [
        new(AddressKey, FieldType.HostAndPort,
            new LocalizedText("地址", "Address"),
            new LocalizedText("读写器的 IP 地址或主机名。", "The reader's IP address or host name."))
        {
            Required = true,
        },
        new(TlsKey, FieldType.Boolean,
            new LocalizedText("加密", "Encrypted"),
            new LocalizedText("关闭后使用 HTTP，密码将以明文传输。", "Off means HTTP; the password then crosses the network in the clear."))
        {
            Default = "true",
        },
        new(CertificateKey, FieldType.Text,
            new LocalizedText("证书指纹", "Certificate"),
            new LocalizedText(
                "读写器证书的 SHA-256 指纹（十六进制）。留空则接受任何证书，因为读写器使用自签名证书。",
                "The SHA-256 of the reader's certificate in hex. Empty accepts any, since readers make their own.")),
        new(UserKey, FieldType.Text,
            new LocalizedText("用户名", "User name"),
            new LocalizedText("读写器的登录名。", "Of the reader."))
        {
            Default = "root",
        },
        new(PasswordKey, FieldType.Text,
            new LocalizedText("密码", "Password"),
            new LocalizedText("留空则使用出厂密码。", "Empty means the one from the factory."))
        {
            Secret = true,
        },
        ReaderFields.Power(least: 10, most: 33, usual: 20),
        ReaderFields.ComparedRegion([.. ImpinjRegion.Bands]),
        ReaderFields.AntennaGain,
        ReaderFields.Session,
        new(RfModeKey, FieldType.Integer,
            new LocalizedText("射频模式", "RF mode"),
            new LocalizedText("读写器型号与频段所支持的模式编号。", "A number of the reader's own list, which depends on model and region."))
        {
            Default = "4",
            Minimum = 0,
            Maximum = 65535,
        },
    ];

    public RestAccess Rest => new(
        new Uri($"{(Tls ? "https" : "http")}://{Address}/api/v1/"), Address, $"{User}:{Password}", CertificateSha256, "an Impinj reader with the IoT device interface",
        "Correct user, and password in secrets.json.",
        "Check that it is an Impinj reader and that its IoT device interface is switched on.",
        "Look at the reader's own page, or restart it.",
        TlsKey);

    /// <exception cref="DeviceFaultException">The configured band does not allow the configured power.</exception>
    public void RequirePossible() => RequireAllowed(Band, PowerDbm);

    /// <param name="band">Null when none is known.</param>
    /// <exception cref="DeviceFaultException">The band does not allow the power.</exception>
    public void RequireAllowed(RadioBand? band, double powerDbm) => band?.RequireAllowed($"reader at {Address}", powerDbm, AntennaGainDbi);

    public static ImpinjIotSettings From(SourceConfiguration configuration)
    {
        var settings = configuration.Settings;
        var tls = settings.Flag(TlsKey);
        if (!HostAndPort.TryParse(settings.Text(AddressKey), tls ? 443 : 80, out var address, out var problem))
            throw new ArgumentException($"{configuration.Id}: {AddressKey}: {problem}.", nameof(configuration));

        return new ImpinjIotSettings(
            address!,
            tls,
            settings.Find(CertificateKey)?.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant(),
            settings.Text(UserKey),
            settings.Find(PasswordKey) ?? FactoryPassword,
            settings.Number(ReaderFields.PowerKey),
            ReaderFields.SessionOf(settings),
            settings.Integer(RfModeKey),
            SerialFields.AntennasOf(configuration),
            ReaderFields.BandOf(settings),
            ReaderFields.AntennaGainOf(settings));
    }
}
