using System.Globalization;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers;

/// <summary>The settings that readers of several makes share.</summary>
internal static class ReaderFields
{
    public const string PowerKey = "powerDbm";
    public const string RegionKey = "region";
    public const string SessionKey = "session";
    public const string AntennaGainKey = "antennaGainDbi";

    /// <summary>In dBm.</summary>
    /// <param name="usual">Null where a reader has a power of its own, which no setting keeps.</param>
    public static FieldSpec Power(double least, double most, double? usual = null, FieldType type = FieldType.Number) => new(PowerKey, type,
        new LocalizedText("发射功率", "Transmit power"),
        usual is null
            ? new LocalizedText("留空则使用读写器自身的设置。功率过大会读到相邻工位。", "Empty keeps the reader's own. Too much reads the next bay.")
            : new LocalizedText("功率过大会读到相邻工位。", "Too much reads the next bay."))
    {
        Default = usual?.ToString(CultureInfo.InvariantCulture),
        Minimum = least,
        Maximum = most,
        Unit = "dBm",
    };

    public static FieldSpec Region(IReadOnlyCollection<string> names) => RegionWith(
        names,
        new LocalizedText(
            "读写器所用的频段，须符合当地法规。留空则使用读写器自身的设置。",
            "The band that the reader uses; it must be the lawful one. Empty keeps the reader's own."));

    /// <summary>The band that a reader must already be set to, since its protocol cannot set it.</summary>
    public static FieldSpec ComparedRegion(IReadOnlyCollection<string> names) => RegionWith(
        names,
        new LocalizedText(
            "读写器应使用的频段。与读写器的实际设置比较，不符则拒绝使用。留空则不比较。",
            "The band that the reader must use; its own setting is compared, and a reader with another one is refused. Empty compares nothing."));

    public static FieldSpec AntennaGain { get; } = new(AntennaGainKey, FieldType.Number,
        new LocalizedText("天线增益", "Antenna gain"),
        new LocalizedText(
            "天线增益减去馈线损耗。填写后，按频段的辐射功率上限检查发射功率。",
            "Of the antenna, less what its cable takes. With it the power is held against what the region lets an antenna radiate."))
    {
        Minimum = -10,
        Maximum = 15,
        Unit = "dBi",
    };

    public static FieldSpec Session { get; } = new(SessionKey, FieldType.Choice,
        new LocalizedText("会话", "Session"),
        new LocalizedText(
            "S1（常用）：每个标签每隔几秒报告一次。S0：报告最频繁。S2 和 S3 会使停放车辆的标签静默，故不提供。",
            "S1, the usual one: a tag reports every few seconds. S0: as often as it can. S2 and S3 would silence the tag of a parked car, and are not offered."))
    {
        Default = "S1",
        Choices = ["S0", "S1"],
    };

    /// <summary>Null leaves the reader's own power.</summary>
    public static double? PowerOf(DriverSettings settings) => settings.Find(PowerKey) is null ? null : settings.Number(PowerKey);

    /// <summary>Null when nobody said.</summary>
    public static double? AntennaGainOf(DriverSettings settings) => settings.Find(AntennaGainKey) is null ? null : settings.Number(AntennaGainKey);

    /// <summary>Null where the reader's own counts.</summary>
    public static RadioBand? BandOf(DriverSettings settings) => settings.Find(RegionKey) is { } name ? RadioBand.Named(name) : null;

    /// <summary>The Gen2 session, 0 or 1.</summary>
    public static byte SessionOf(DriverSettings settings) => settings.Text(SessionKey) == "S0" ? (byte)0 : (byte)1;

    private static FieldSpec RegionWith(IReadOnlyCollection<string> names, LocalizedText help) => new(RegionKey, FieldType.Choice,
        new LocalizedText("无线电频段", "Radio region"),
        new LocalizedText($"{help.Chinese}{RadioBand.Explain(names)}。", $"{help.English} {RadioBand.Explain(names)}."))
    {
        Choices = [.. names],
    };
}
