using System.Globalization;
using BayEdge.Core.Drivers;
using BayEdge.Service.Sources;

namespace BayEdge.Service.Commands;

/// <summary>How a reader is, one line for each of the things that it can tell.</summary>
internal static class ReaderWords
{
    public static IEnumerable<string> Of(ReaderView view) =>
    [
        .. Line("power", view.Power, Of),
        .. Line("region", view.Region, region => region.Description),
        .. Line("antennas", view.Antennas, antennas => List(antennas, antenna => $"{antenna.Port}{Of(antenna.Connected, " connected", " not connected")}")),
        .. Line("inputs", view.Inputs, inputs => List(inputs, input => $"{input.Port}{Of(input.On, " on", " off")}")),
        .. Line("outputs", view.Outputs, Of),
    ];

    public static string Of(IReadOnlyList<DigitalOutput> outputs) => List(outputs, output => $"{output.Port}{Of(output.On, " on", " off")}");

    /// <param name="heard">The strongest first.</param>
    public static string Of(IReadOnlyList<HeardTag> heard)
    {
        if (heard is not [var first, ..])
            return "hears no tag now";
        var tags = heard.Select(tag => tag.Tag).Distinct().Count();
        var strongest = first.RssiDbm is { } dBm ? string.Create(CultureInfo.InvariantCulture, $"strongest {dBm:0.#} dBm ({first.Tag})") : $"such as {first.Tag}";
        return string.Create(CultureInfo.InvariantCulture, $"hears {tags} {(tags == 1 ? "tag" : "tags")}, {strongest} on antenna {first.Antenna}");
    }

    private static string Of(TransmitPower power) => power is { LeastDbm: { } least, MostDbm: { } most }
        ? $"{power.NowDbm:0.##} dBm of {least:0.##} to {most:0.##}"
        : $"{power.NowDbm:0.##} dBm";

    private static string Of(bool? state, string yes, string no) => state switch { true => yes, false => no, null => "" };

    private static string List<T>(IReadOnlyList<T> items, Func<T, string> words) => items.Count == 0 ? "none" : string.Join(", ", items.Select(words));

    private static IEnumerable<string> Line<T>(string name, ReaderPart<T>? part, Func<T, string> words)
        where T : class =>
        part is null ? [] : [$"{name,-9} {(part.Value is { } value ? words(value) : part.Says?.Text)}"];
}
