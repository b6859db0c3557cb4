using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.R200;

/// <summary>How one module is reached and asked to read.</summary>
/// <param name="Framings">Tried in this order.</param>
/// <param name="PowerDbm">Null leaves the module's own power.</param>
/// <param name="Region">Null leaves the module's own region.</param>
/// <param name="AntennaGainDbi">Less what the cable takes; null when nobody said.</param>
/// <param name="MissingPort">An antenna that the configuration names and no such module has.</param>
internal sealed record R200Settings(
    string Port, int BaudRate, ImmutableArray<R200Framing> Framings, double? PowerDbm, R200Region? Region, double? AntennaGainDbi, int? MissingPort)
{
    public const double LeastPowerDbm = 5;
    public const double MostPowerDbm = 33;

    private const string FramingKey = "framing";
    private const string AutomaticFraming = "auto";

    public static ImmutableArray<FieldSpec> Fields { get; } =
    [
        SerialFields.Port,
        SerialFields.BaudRate(115_200),
        new(FramingKey, FieldType.Choice,
            new LocalizedText("帧格式", "Framing"),
            new LocalizedText("帧头和帧尾字节；auto 会自动试出。", "The bytes that begin and end a frame; auto finds out."))
        {
            Default = AutomaticFraming,
            Choices = [AutomaticFraming, R200Framing.BB7E.Name, R200Framing.AADD.Name],
        },
        ReaderFields.Power(LeastPowerDbm, MostPowerDbm),
        ReaderFields.Region([.. R200Region.All.Select(region => region.Name)]),
        ReaderFields.AntennaGain,
    ];

    /// <summary>As the module counts: hundredths of a dBm.</summary>
    public int? PowerCentiDbm => PowerDbm is { } power ? (int)Math.Round(power * 100) : null;

    public static R200Settings From(SourceConfiguration configuration)
    {
        var settings = configuration.Settings;
        var antennas = configuration is ReaderConfiguration reader ? reader.Antennas : [];
        return new R200Settings(
            settings.Text(SerialFields.PortKey),
            settings.Integer(SerialFields.BaudRateKey),
            settings.Text(FramingKey) switch
            {
                "BB7E" => [R200Framing.BB7E],
                "AADD" => [R200Framing.AADD],
                _ => [R200Framing.BB7E, R200Framing.AADD],
            },
            ReaderFields.PowerOf(settings),
            settings.Find(ReaderFields.RegionKey) is { } region ? R200Region.Named(region) : null,
            ReaderFields.AntennaGainOf(settings),
            antennas.Select(antenna => (int?)antenna.Port).FirstOrDefault(port => port != R200Source.OnlyAntenna));
    }

    /// <param name="region">Null when none is known.</param>
    /// <exception cref="DeviceFaultException">The region does not allow the power.</exception>
    public void RequireAllowed(R200Region? region, int centiDbm)
    {
        if (region is not null)
            RadioBand.Named(region.Name).RequireAllowed($"module at {Port}", centiDbm / 100.0, AntennaGainDbi);
    }

    /// <summary>For the power that the module has of its own.</summary>
    /// <inheritdoc cref="RequireAllowed"/>
    public void RequireOwnAllowed(R200Region region, int centiDbm) =>
        RadioBand.Named(region.Name).RequireOwnAllowed($"module at {Port}", centiDbm / 100.0, AntennaGainDbi);

    /// <exception cref="DeviceFaultException">The configuration asks for what no such module has.</exception>
    public void RequirePossible()
    {
        SerialFields.RequirePath(Port);
        if (MissingPort is { } port)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused,
                $"The module at {Port} has one antenna, port 1, but the configuration names port {port}. Remove that antenna.");
        }

        if (PowerCentiDbm is { } power)
            RequireAllowed(Region, power);
    }
}
