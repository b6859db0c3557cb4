using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Mercury;

/// <summary>How one module is reached and asked to read.</summary>
/// <param name="PowerDbm">Null leaves the module's own power.</param>
/// <param name="Region">Null leaves the module's own region.</param>
/// <param name="Antennas">The ports, from 1; at least one.</param>
internal sealed record MercurySettings(string Port, int BaudRate, double? PowerDbm, MercuryRegion? Region, ImmutableArray<int> Antennas)
{
    private const string PowerKey = "powerDbm";
    private const string RegionKey = "region";

    public static ImmutableArray<FieldSpec> Fields { get; } =
    [
        SerialFields.Port,
        SerialFields.BaudRate(115_200),
        new(PowerKey, FieldType.Number,
            new LocalizedText("发射功率", "Transmit power"),
            new LocalizedText(
                "留空则使用模块自身的设置。功率过大会读到相邻工位，并使没有散热片的模块过热。",
                "Empty keeps the module's own. Too much reads the next bay, and overheats a module without a heat sink."))
        {
            Minimum = 0,
            Maximum = 33,
            Unit = "dBm",
        },
        new(RegionKey, FieldType.Choice,
            new LocalizedText("无线电频段", "Radio region"),
            new LocalizedText(
                "模块所用的频段，须符合当地法规。断电后不保存频段的模块必须填写。",
                "The band that the module uses; it must be the lawful one. Needed for a module that forgets it without power."))
        {
            Choices = [.. MercuryRegion.All.Select(region => region.Name)],
        },
    ];

    /// <summary>As the module counts: hundredths of a dBm.</summary>
    public int? PowerCentiDbm => PowerDbm is { } power ? (int)Math.Round(power * 100) : null;

    public static MercurySettings From(SourceConfiguration configuration)
    {
        var settings = configuration.Settings;
        return new MercurySettings(
            settings.Text(SerialFields.PortKey),
            settings.Integer(SerialFields.BaudRateKey),
            settings.Find(PowerKey) is null ? null : settings.Number(PowerKey),
            settings.Find(RegionKey) is { } region ? MercuryRegion.Named(region) : null,
            SerialFields.AntennasOf(configuration));
    }

    /// <exception cref="DeviceFaultException">The configuration names an antenna that no such module has.</exception>
    public void RequirePossible()
    {
        const int most = 16;
        if (Antennas[^1] > most)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused,
                $"The module at {Port} has at most {most} antenna ports, but the configuration names port {Antennas[^1]}. Correct the antennas.");
        }
    }
}
