using System.Globalization;
using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers;

/// <summary>A band in which UHF readers may send somewhere, and how strongly.</summary>
/// <param name="Name">As written in the configuration.</param>
/// <param name="LeastKhz">No carrier lies below.</param>
/// <param name="MostKhz">None lies above.</param>
/// <param name="MostConductedDbm">Into the antenna; null where only what leaves it is limited.</param>
/// <param name="MostRadiatedDbm">As an isotropic antenna would send it (EIRP).</param>
internal sealed record RadioBand(string Name, uint LeastKhz, uint MostKhz, string Description, double? MostConductedDbm, double MostRadiatedDbm)
{
    /// <summary>2 W of effective radiated power, against a dipole.</summary>
    private const double TwoWatts = 35.15;

    /// <summary>4 W against an isotropic antenna.</summary>
    private const double FourWatts = 36;

    /// <remarks>
    /// Limits: 47 CFR 15.247 (us); ETSI EN 302 208 (eu); the Chinese ministry's rules for 800/900 MHz RFID of 2007 (cn900, cn800: no new
    /// approvals); ARIB STD-T107 (jp); for the others the usual 4 W EIRP. They help against slips and replace no lawyer.
    /// </remarks>
    public static IReadOnlyList<RadioBand> All { get; } =
    [
        new("cn900", 920_000, 925_000, "China 920-925 MHz", null, TwoWatts),
        new("us", 902_000, 928_000, "America 902-928 MHz", 30, FourWatts),
        new("us-narrow", 917_000, 928_000, "America 917-928 MHz", 30, FourWatts),
        new("eu", 865_000, 868_000, "Europe 865-868 MHz", null, TwoWatts),
        new("cn800", 840_000, 845_000, "China 840-845 MHz", null, TwoWatts),
        new("kr", 917_000, 923_500, "Korea 917-923 MHz", null, FourWatts),
        new("in", 865_000, 867_000, "India 865-867 MHz", 30, FourWatts),
        new("jp", 916_000, 921_000, "Japan 916-921 MHz", 30, FourWatts),
        new("au", 920_000, 926_000, "Australia 920-926 MHz", null, FourWatts),
        new("nz", 921_500, 928_000, "New Zealand 922-928 MHz", null, FourWatts),
    ];

    public static RadioBand Named(string name) => All.Single(band => band.Name == name);

    /// <summary>Whether all of these carriers lie within the band.</summary>
    public bool Holds(IReadOnlyCollection<uint> khz) => khz.Count > 0 && khz.All(carrier => carrier >= LeastKhz && carrier <= MostKhz);

    /// <summary>The narrowest band that holds all of the carriers; null when none does.</summary>
    public static RadioBand? Of(IReadOnlyCollection<uint> khz) => All.Where(band => band.Holds(khz)).MinBy(band => band.MostKhz - band.LeastKhz);

    /// <summary>Refuses a power that somebody wants and the band does not allow.</summary>
    /// <param name="device">How a sentence names the device, such as <c>reader at 192.0.2.5</c>.</param>
    /// <param name="gainDbi">Of the antenna, less what its cable takes; null when nobody said.</param>
    /// <exception cref="DeviceFaultException">The power is too high.</exception>
    public void RequireAllowed(Wording device, double powerDbm, double? gainDbi)
    {
        if (powerDbm > MostDbm(gainDbi))
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused, $"{powerDbm:0.##} dBm is wanted of the {device}, but {Description} allows {Limit(gainDbi)}. Lower powerDbm.");
        }
    }

    /// <summary>As <see cref="RequireAllowed"/>, for the power that the device has of its own.</summary>
    /// <param name="remedy">Null where powerDbm sets it.</param>
    public void RequireOwnAllowed(Wording device, double powerDbm, double? gainDbi, Wording? remedy = null)
    {
        if (powerDbm > MostDbm(gainDbi))
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Refused,
                $"The {device} is itself set to {powerDbm:0.##} dBm, but {Description} allows {Limit(gainDbi)}. {remedy ?? "Set powerDbm to what is allowed."}");
        }
    }

    private double MostDbm(double? gainDbi) => Math.Min(MostConductedDbm ?? double.MaxValue, MostRadiatedDbm - (gainDbi ?? 0));

    private Wording Limit(double? gainDbi) => gainDbi is { } dBi
        ? Wording.Of($"{MostDbm(dBi):0.##} dBm with an antenna of {dBi:0.##} dBi")
        : $"{MostDbm(null):0.##} dBm";

    /// <summary>Such as <c>cn900 920-925 MHz</c>, for whoever chooses among the names.</summary>
    public static string Explain(IEnumerable<string> names) => string.Join(", ", names.Select(Named).Select(band =>
        string.Create(CultureInfo.InvariantCulture, $"{band.Name} {band.LeastKhz / 1000.0:0.#}-{band.MostKhz / 1000.0:0.#} MHz")));

    public override string ToString() => Description;
}
