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
/// <param name="Band">The one that the reader must be set to; null for any.</param>
/// <param name="AntennaGainDbi">Less what the cable takes; null when nobody said.</param>
internal sealed record LlrpSettings(
    HostAndPort Address, double? PowerDbm, byte Session, TimeSpan KeepAlive, bool BySerialNumber, ImmutableArray<ushort> Antennas, RadioBand? Band, double? AntennaGainDbi)
{
    /// <summary>Registered with IANA as llrp.</summary>
    public const int DefaultPort = 5084;

    public const string AddressKey = "address";

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
        ReaderFields.Power(least: 0, most: 33),
        ReaderFields.ComparedRegion([.. RadioBand.All.Select(band => band.Name)]),
        ReaderFields.AntennaGain,
        ReaderFields.Session,
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

    /// <exception cref="DeviceFaultException">The configured band does not allow the configured power.</exception>
    public void RequirePossible()
    {
        if (PowerDbm is { } power)
            RequireAllowed(Band, power);
    }

    /// <param name="band">Null when none is known.</param>
    /// <exception cref="DeviceFaultException">The band does not allow the power.</exception>
    public void RequireAllowed(RadioBand? band, double powerDbm) => band?.RequireAllowed($"reader at {Address}", powerDbm, AntennaGainDbi);

    public static LlrpSettings From(SourceConfiguration configuration)
    {
        var settings = configuration.Settings;
        if (!HostAndPort.TryParse(settings.Text(AddressKey), DefaultPort, out var address, out var problem))
            throw new ArgumentException($"{configuration.Id}: {AddressKey}: {problem}.", nameof(configuration));

        var antennas = configuration is ReaderConfiguration reader ? reader.Antennas : [];
        return new LlrpSettings(
            address!,
            ReaderFields.PowerOf(settings),
            ReaderFields.SessionOf(settings),
            TimeSpan.FromSeconds(settings.Integer(KeepAliveKey)),
            settings.Text(IdentityKey) == SerialNumber,
            [.. antennas.Select(antenna => checked((ushort)antenna.Port)).Distinct().Order()],
            ReaderFields.BandOf(settings),
            ReaderFields.AntennaGainOf(settings));
    }
}
