using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Mercury;

/// <summary>How one module is reached and asked to read.</summary>
/// <param name="PowerDbm">Null leaves the module's own power.</param>
/// <param name="Region">Null leaves the module's own region.</param>
/// <param name="AntennaGainDbi">Less what the cable takes; null when nobody said.</param>
/// <param name="Antennas">The ports, from 1; at least one.</param>
internal sealed record MercurySettings(string Port, int BaudRate, double? PowerDbm, MercuryRegion? Region, double? AntennaGainDbi, ImmutableArray<int> Antennas)
{
    public static ImmutableArray<FieldSpec> Fields { get; } =
    [
        SerialFields.Port,
        SerialFields.BaudRate(115_200),
        ReaderFields.Power(least: 0, most: 33),
        ReaderFields.Region([.. MercuryRegion.All.Select(region => region.Name)]),
        ReaderFields.AntennaGain,
    ];

    /// <summary>As the module counts: hundredths of a dBm.</summary>
    public int? PowerCentiDbm => PowerDbm is { } power ? (int)Math.Round(power * 100) : null;

    public static MercurySettings From(SourceConfiguration configuration)
    {
        var settings = configuration.Settings;
        return new MercurySettings(
            settings.Text(SerialFields.PortKey),
            settings.Integer(SerialFields.BaudRateKey),
            ReaderFields.PowerOf(settings),
            settings.Find(ReaderFields.RegionKey) is { } region ? MercuryRegion.Named(region) : null,
            ReaderFields.AntennaGainOf(settings),
            SerialFields.AntennasOf(configuration));
    }

    /// <param name="region">Null when none is known.</param>
    /// <exception cref="DeviceFaultException">The region does not allow the power.</exception>
    public void RequireAllowed(MercuryRegion? region, int centiDbm)
    {
        if (region is not null)
            RadioBand.Named(region.Name).RequireAllowed($"module at {Port}", centiDbm / 100.0, AntennaGainDbi);
    }

    /// <summary>For the power that the module has of its own.</summary>
    /// <inheritdoc cref="RequireAllowed"/>
    public void RequireOwnAllowed(MercuryRegion region, int centiDbm) =>
        RadioBand.Named(region.Name).RequireOwnAllowed($"module at {Port}", centiDbm / 100.0, AntennaGainDbi);

    /// <exception cref="DeviceFaultException">The configuration names an antenna that no such module has.</exception>
    public void RequirePossible()
    {
        const int most = 16;
        SerialFields.RequirePath(Port);
        if (Antennas[^1] > most)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused,
                $"The module at {Port} has at most {most} antenna ports, but the configuration names port {Antennas[^1]}. Correct the antennas.");
        }

        if (PowerCentiDbm is { } power)
            RequireAllowed(Region, power);
    }
}
