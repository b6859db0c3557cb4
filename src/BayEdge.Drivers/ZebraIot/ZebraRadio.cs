using System.Globalization;
using System.Text.Json;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Rest;

namespace BayEdge.Drivers.ZebraIot;

/// <summary>How a reader's radio is set, as its management interface tells.</summary>
/// <param name="Band">Null where it does not say, or says what has no name here.</param>
/// <param name="Region">In words; null where it does not say.</param>
/// <param name="PowersDbm">Of its antennas; empty where it does not say.</param>
/// <param name="Mode">In which it reads, such as <c>INVENTORY</c>; null where it does not say.</param>
internal sealed record ZebraRadio(RadioBand? Band, string? Region, IReadOnlyList<double> PowersDbm, string? Mode)
{
    /// <summary>The mode that tells at every interval which tags are there.</summary>
    private const string Repeating = "INVENTORY";

    // Made for tags that pass: SIMPLE tells each once, PORTAL stops when none is new. CUSTOM is as its user has made it.
    private static readonly string[] ForPassing = ["SIMPLE", "PORTAL", "CONVEYOR", "DIRECTIONALITY"];

    // Not China, which has two bands: there only the channels tell.
    private static readonly (string Word, string Band)[] Standards =
        [("FCC", "us"), ("ETSI", "eu"), ("EU", "eu"), ("KOREA", "kr"), ("INDIA", "in"), ("JAPAN", "jp"), ("AUSTRALIA", "au"), ("NEW_ZEALAND", "nz")];

    /// <summary>
    /// <c>{"country":"…","regulatoryStandard":"…","channelData":[kHz,…]}</c> and <c>{"type":"INVENTORY","transmitPower":dBm}</c>, or a list of powers
    /// (Zebra IoT Connector, /cloud/region and /cloud/mode).
    /// </summary>
    public static ZebraRadio Read(JsonElement region, JsonElement mode)
    {
        var khz = Numbers(region, "channelData").Select(carrier => (uint)carrier).ToList();
        var standard = RestAnswer.TextIn(region, "regulatoryStandard") ?? "";
        var named = Standards.Where(known => standard.Contains(known.Word, StringComparison.OrdinalIgnoreCase)).Select(known => known.Band).FirstOrDefault();
        var band = RadioBand.Of(khz) ?? (named is null ? null : RadioBand.Named(named));
        var words = string.Join(", ", new[] { RestAnswer.TextIn(region, "country"), RestAnswer.TextIn(region, "regulatoryStandard") }.OfType<string>().Where(word => word.Length > 0));
        return new ZebraRadio(band, words.Length > 0 ? words : band?.Description, [.. Numbers(mode, "transmitPower")], RestAnswer.TextIn(mode, "type"));
    }

    /// <exception cref="DeviceFaultException">The reader is set otherwise than configured, or to what the region does not allow, or reads so that a parked car would seem to leave.</exception>
    public void Require(ZebraManagement expected)
    {
        if (expected.Band is { } wanted && Band is { } found && !IsWithin(found, wanted))
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused,
                $"The reader at {expected.Address} is set to {Region}, but {wanted.Description} is configured. Set the region on the reader's own page, or correct the setting region.");
        }

        if (expected.Band is { } asked && Band is null && Region is { } vague)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused,
                $"The reader at {expected.Address} names its region {vague} without channels, which could not be compared with {asked.Description}. Update its firmware, or leave the setting region empty.");
        }

        RequireRepeating(expected);
        foreach (var power in PowersDbm)
        {
            if (expected.PowerDbm is { } wantedDbm && Math.Abs(power - wantedDbm) > 0.05)
            {
                throw new DeviceFaultException(
                    DeviceFaultKind.Refused,
                    $"The reader at {expected.Address} sends with {power:0.##} dBm, but {wantedDbm:0.##} dBm is configured. Set the power on the reader's own page, or correct the setting powerDbm.");
            }

            (expected.Band ?? Band)?.RequireOwnAllowed($"reader at {expected.Address}", power, expected.AntennaGainDbi, "Lower it on the reader's own page.");
        }
    }

    private void RequireRepeating(ZebraManagement expected)
    {
        if (Mode is { } mode && ForPassing.Contains(mode, StringComparer.OrdinalIgnoreCase))
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused,
                $"The reader at {expected.Address} is in operating mode {mode}, which does not report a tag for as long as it is there, so a parked car would seem to leave. Set operating mode {Repeating} on the reader's own page.");
        }
    }

    private static bool IsWithin(RadioBand found, RadioBand wanted) => found.LeastKhz >= wanted.LeastKhz && found.MostKhz <= wanted.MostKhz;

    /// <summary>One number or a list of them, as numbers or as texts.</summary>
    private static IEnumerable<double> Numbers(JsonElement from, string key)
    {
        if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty(key, out var value))
            return [];
        return (value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : Enumerable.Repeat(value, 1)).Select(Number).OfType<double>();
    }

    private static double? Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out var number) && number is >= 0 and <= 10_000_000 => number,
        JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 10_000_000 => number,
        _ => null,
    };
}
