using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Chafon;

/// <summary>How one reader is reached and asked to read.</summary>
/// <param name="Model">Null lets the reader tell.</param>
/// <param name="PowerDbm">Null leaves the reader's own power.</param>
/// <param name="Band">Null leaves the reader's own band.</param>
/// <param name="AntennaGainDbi">Less what the cable takes; null when nobody said.</param>
/// <param name="StrengthOffset">From the reader's unit to dBm.</param>
/// <param name="Antennas">The ports, from 1; at least one.</param>
internal sealed record ChafonSettings(
    string Port, int BaudRate, ChafonModel? Model, int? PowerDbm, ChafonBand? Band, double? AntennaGainDbi, double StrengthOffset, ImmutableArray<int> Antennas)
{
    public const double LeastPowerDbm = 0;
    public const double MostPowerDbm = 33;

    private const string ModelKey = "model";
    private const string OffsetKey = "rssiOffsetDb";
    private const string AutomaticModel = "auto";

    public static ImmutableArray<FieldSpec> Fields { get; } =
    [
        SerialFields.Port,
        SerialFields.BaudRate(57_600),
        new(ModelKey, FieldType.Choice,
            new LocalizedText("型号", "Model"),
            new LocalizedText("标签数据格式；auto 按读写器自报的型号选择。", "The format of tag data; auto goes by what the reader says it is."))
        {
            Default = AutomaticModel,
            Choices = [AutomaticModel, "18", "288"],
        },
        ReaderFields.Power(LeastPowerDbm, MostPowerDbm, type: FieldType.Integer),
        ReaderFields.Region([.. ChafonBand.All.Select(band => band.Name)]),
        ReaderFields.AntennaGain,
        new(OffsetKey, FieldType.Number,
            new LocalizedText("信号强度偏移", "Strength offset"),
            new LocalizedText(
                "读写器给出的是未校准的数值，加上此偏移近似为 dBm。",
                "Readers of this kind give an uncalibrated number; with this added it is about dBm."))
        {
            Default = "-129",
            Minimum = -255,
            Maximum = 0,
            Unit = "dB",
        },
    ];

    public static ChafonSettings From(SourceConfiguration configuration)
    {
        var settings = configuration.Settings;
        return new ChafonSettings(
            settings.Text(SerialFields.PortKey),
            settings.Integer(SerialFields.BaudRateKey),
            settings.Text(ModelKey) switch
            {
                "18" => ChafonModel.UhfReader18,
                "288" => ChafonModel.UhfReader288,
                _ => null,
            },
            (int?)ReaderFields.PowerOf(settings),
            settings.Find(ReaderFields.RegionKey) is { } region ? ChafonBand.Named(region) : null,
            ReaderFields.AntennaGainOf(settings),
            settings.Number(OffsetKey),
            SerialFields.AntennasOf(configuration));
    }

    /// <exception cref="DeviceFaultException">The configuration asks for what no such reader can.</exception>
    public void RequirePossible()
    {
        SerialFields.RequirePath(Port);
        RequireAntennas(Model ?? ChafonModel.UhfReader288);
        if (PowerDbm is { } power)
            RequireAllowed(Band, power);
    }

    /// <param name="band">Null when none is known.</param>
    /// <exception cref="DeviceFaultException">The band does not allow the power.</exception>
    public void RequireAllowed(ChafonBand? band, int powerDbm)
    {
        if (band is not null)
            RadioBand.Named(band.Name).RequireAllowed($"reader at {Port}", powerDbm, AntennaGainDbi);
    }

    /// <summary>For the power that the reader has of its own.</summary>
    /// <inheritdoc cref="RequireAllowed"/>
    public void RequireOwnAllowed(ChafonBand band, int powerDbm) => RadioBand.Named(band.Name).RequireOwnAllowed($"reader at {Port}", powerDbm, AntennaGainDbi);

    /// <exception cref="DeviceFaultException">The configuration names an antenna that such a reader does not have.</exception>
    public void RequireAntennas(ChafonModel model)
    {
        var most = model == ChafonModel.UhfReader18 ? 1 : 8;
        if (Antennas[^1] > most)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused,
                $"The reader at {Port} has at most {most} antenna ports, but the configuration names port {Antennas[^1]}. Correct the antennas or the setting model.");
        }
    }
}
