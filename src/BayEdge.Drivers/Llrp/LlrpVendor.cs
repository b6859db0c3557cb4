namespace BayEdge.Drivers.Llrp;

/// <summary>What is particular to the readers of one maker.</summary>
/// <param name="Number">From the IANA registry of private enterprise numbers.</param>
/// <param name="Name">As people know it.</param>
/// <param name="SpeaksImpinj">Whether it may be asked for the extensions of Impinj.</param>
internal sealed record LlrpVendor(uint Number, string Name, bool SpeaksImpinj)
{
    private static readonly LlrpVendor[] Known =
    [
        new(ImpinjExtensions.Vendor, "Impinj", SpeaksImpinj: true),
        new(161, "Zebra (Motorola)", SpeaksImpinj: false),
    ];

    /// <summary>One that is not known here is taken for a reader that does as the specification says.</summary>
    public static LlrpVendor Of(uint number) =>
        Known.FirstOrDefault(vendor => vendor.Number == number) ?? new LlrpVendor(number, $"manufacturer {number}", SpeaksImpinj: false);
}
