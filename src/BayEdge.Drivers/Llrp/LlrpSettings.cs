using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Llrp;

/// <summary>How one reader is reached and asked to read.</summary>
/// <param name="PowerDbm">Null leaves the reader's own power.</param>
/// <param name="Session">The Gen2 session, 0 or 1.</param>
/// <param name="KeepAlive">How often the reader is to prove that it lives.</param>
/// <param name="BySerialNumber">Whether a tag is known by the serial number of its chip instead of its EPC.</param>
/// <param name="Antennas">The ports, from 1; none means all.</param>
internal sealed record LlrpSettings(
    HostAndPort Address, double? PowerDbm, byte Session, TimeSpan KeepAlive, bool BySerialNumber, ImmutableArray<ushort> Antennas)
{
    /// <summary>Registered with IANA as llrp.</summary>
    public const int DefaultPort = 5084;

    private const string AddressKey = "address";
    private const string PowerKey = "powerDbm";
    private const string SessionKey = "session";
    private const string KeepAliveKey = "keepAliveSeconds";
    private const string IdentityKey = "identity";
    private const string SerialNumber = "TID";

    public static ImmutableArray<FieldSpec> Fields { get; } =
    [
        new(AddressKey, FieldType.HostAndPort,
            new LocalizedText("地址", "Address"),
            new LocalizedText("读写器的 IP 地址或主机名，端口默认 5084。", "The reader's IP address or host name; the port is 5084 unless given."))
        {
            Required = true,
        },
        new(PowerKey, FieldType.Number,
            new LocalizedText("发射功率", "Transmit power"),
            new LocalizedText("留空则使用读写器自身的设置。功率过大会读到相邻工位。", "Empty keeps the reader's own. Too much reads the next bay."))
        {
            Minimum = 0,
            Maximum = 33,
            Unit = "dBm",
        },
        new(SessionKey, FieldType.Choice,
            new LocalizedText("会话", "Session"),
            new LocalizedText(
                "S1：每个标签每隔几秒报告一次。S0：报告最频繁。S2 和 S3 会使停放车辆的标签静默，故不提供。",
                "S1: a tag reports every few seconds. S0: as often as it can. S2 and S3 would silence the tag of a parked car."))
        {
            Default = "S1",
            Choices = ["S0", "S1"],
        },
        new(KeepAliveKey, FieldType.Integer,
            new LocalizedText("心跳间隔", "Keep-alive"),
            new LocalizedText("读写器按此间隔报告在线；两次半未收到即视为断线。", "How often the reader says that it lives; it is lost after two and a half of these."))
        {
            Default = "10",
            Minimum = 1,
            // A lost reader must be noticed before the tracker takes its silence for a vehicle that left: 2.5 x 15 s < 45 s.
            Maximum = 15,
            Unit = "s",
        },
        new(IdentityKey, FieldType.Choice,
            new LocalizedText("标签身份", "Identity"),
            new LocalizedText(
                "EPC：可被改写。TID：芯片序列号，不可复制，需要 Impinj 读写器（FastID）。",
                "EPC: what is written on the tag, and can be rewritten. TID: the serial number of its chip; needs an Impinj reader (FastID)."))
        {
            Default = "EPC",
            Choices = ["EPC", SerialNumber],
        },
    ];

    /// <summary>Silence for longer than this means that the reader is lost: two keep-alives and the way here.</summary>
    public TimeSpan LongestSilence => KeepAlive * 2.5;

    public static LlrpSettings From(SourceConfiguration configuration)
    {
        var settings = configuration.Settings;
        if (!HostAndPort.TryParse(settings.Text(AddressKey), DefaultPort, out var address, out var problem))
            throw new ArgumentException($"{configuration.Id}: {AddressKey}: {problem}.", nameof(configuration));

        var antennas = configuration is ReaderConfiguration reader ? reader.Antennas : [];
        return new LlrpSettings(
            address!,
            settings.Find(PowerKey) is null ? null : settings.Number(PowerKey),
            settings.Text(SessionKey) == "S0" ? (byte)0 : (byte)1,
            TimeSpan.FromSeconds(settings.Integer(KeepAliveKey)),
            settings.Text(IdentityKey) == SerialNumber,
            [.. antennas.Select(antenna => checked((ushort)antenna.Port)).Distinct().Order()]);
    }
}
