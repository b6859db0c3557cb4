using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Llrp;

/// <summary>What Impinj readers can beyond LLRP, and how it is asked for (Impinj Octane LLRP, chapters 2 and 6).</summary>
internal static class ImpinjExtensions
{
    /// <summary>From the IANA registry of private enterprise numbers.</summary>
    public const uint Vendor = 25882;

    private const byte EnableExtensions = 21;
    private const uint InventorySearchMode = 23;
    private const uint ReportContentSelector = 50;
    private const uint EnableSerializedTid = 51;
    private const uint EnablePeakRssi = 53;

    /// <summary>Without this message the reader knows none of the others.</summary>
    public static CustomMessage Enable { get; } = new(Vendor, EnableExtensions, new byte[4]);

    /// <summary>Dual target: tags of both inventoried states are read again and again. Never 3, TagFocus, which silences a parked tag.</summary>
    public static CustomParameter SearchBothTargets { get; } = new(Vendor, InventorySearchMode, new byte[] { 0, 2 });

    /// <summary>Strength in hundredths of a dBm and, where wanted, the tag's own serial number (FastID).</summary>
    public static CustomParameter ReportContent(bool serialNumbers)
    {
        var writer = new FieldWriter();
        if (serialNumbers)
            new CustomParameter(Vendor, EnableSerializedTid, new byte[] { 0, 1 }).Write(writer);
        new CustomParameter(Vendor, EnablePeakRssi, new byte[] { 0, 1 }).Write(writer);
        return new CustomParameter(Vendor, ReportContentSelector, writer.Written.ToArray());
    }
}
