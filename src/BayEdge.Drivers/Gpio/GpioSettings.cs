using System.Collections.Immutable;
using System.Globalization;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Gpio;

/// <summary>Which input to watch and how.</summary>
/// <param name="Chip">Null lets the board decide.</param>
/// <param name="ActiveLow">Whether low means that something stands there.</param>
/// <param name="Repeat">How often a steady state is told again, so that silence means that the contact is lost.</param>
internal sealed record GpioSettings(int Pin, int? Chip, bool ActiveLow, TimeSpan Debounce, TimeSpan Repeat)
{
    public const string PinKey = "pin";
    private const string ActiveLowKey = "activeLow";
    private const string DebounceKey = "debounceMs";
    private const string RepeatKey = "repeatSeconds";
    private const string ChipKey = "chip";

    public static ImmutableArray<FieldSpec> Fields { get; } =
    [
        new(PinKey, FieldType.Integer,
            new LocalizedText("引脚", "Pin"),
            new LocalizedText("GPIO 编号（BCM），不是插针位置。", "The GPIO number (BCM), not the position on the header."))
        {
            Required = true,
            Minimum = 0,
            Maximum = 511,
        },
        new(ActiveLowKey, FieldType.Boolean,
            new LocalizedText("低电平有效", "Active low"),
            new LocalizedText("触点将引脚接地表示有车时选中。", "On when the contact pulls the pin to ground while a vehicle stands there."))
        {
            Default = "false",
        },
        new(DebounceKey, FieldType.Integer,
            new LocalizedText("消抖时间", "Debounce"),
            new LocalizedText("电平持续这么久才算数。", "How long a level must last to count."))
        {
            Default = "50",
            Minimum = 0,
            Maximum = 5000,
            Unit = "ms",
        },
        new(RepeatKey, FieldType.Integer,
            new LocalizedText("重复间隔", "Repeat"),
            new LocalizedText("状态不变时按此间隔再次报告。", "How often a steady state is told again."))
        {
            Default = "30",
            Minimum = 1,
            Maximum = 3600,
            Unit = "s",
        },
        new(ChipKey, FieldType.Integer,
            new LocalizedText("GPIO 芯片", "GPIO chip"),
            new LocalizedText("/dev/gpiochipN 中的 N；留空则由主板决定。", "The N of /dev/gpiochipN; empty lets the board decide."))
        {
            Minimum = 0,
            Maximum = 31,
        },
    ];

    public static GpioSettings From(DriverSettings settings) => new(
        settings.Integer(PinKey),
        settings.Find(ChipKey) is { } chip ? int.Parse(chip, CultureInfo.InvariantCulture) : null,
        settings.Flag(ActiveLowKey),
        TimeSpan.FromMilliseconds(settings.Integer(DebounceKey)),
        TimeSpan.FromSeconds(settings.Integer(RepeatKey)));
}
