using System.Text.Json.Serialization;

namespace BayEdge.Contracts.Neighbours;

/// <summary>What one device heard of tags within one second, for the other devices of its site.</summary>
/// <remarks>
/// A device sends one for a second in which its readers heard something, and at least one every few seconds, so that the others
/// know that it lives. At least every few seconds one also names the tags of visits that were not heard: a vehicle whose tag is
/// hidden is still there, and who comes late or lost a report learns of it. Nothing is repeated or kept: a report that is lost is lost.
/// </remarks>
public sealed record NeighbourReport
{
    /// <summary>A message of more bytes is no report. With <see cref="MostTags"/> of the longest tags one stays below.</summary>
    public const int MaximumBytes = 32 * 1024;

    public const int MostTags = 64;

    /// <summary>Hex digits of the longest identity that a tag can have: 31 words of 16 bits (EPC Gen2 2.0.1, section 6.3.2.1.2.2).</summary>
    public const int MostTagDigits = 124;

    public required string Device { get; init; }

    /// <summary>Changes with every start of the device's computer; <see cref="Number"/> begins anew with it.</summary>
    public required string BootId { get; init; }

    /// <summary>
    /// Which second since the start of the computer this is, by its monotonic clock, from 0. So it rises from report to report,
    /// and by as much as the time that passed between them.
    /// </summary>
    public required long Number { get; init; }

    /// <summary>Milliseconds from the end of the second to the sending of this report: no two devices need agree on the time.</summary>
    public required int AgeMs { get; init; }

    /// <summary>Those of visits first, then the strongest; at most <see cref="MostTags"/>.</summary>
    public required IReadOnlyList<NeighbourTag> Tags { get; init; }
}

/// <summary>One tag in one bay of the device that reports it.</summary>
public sealed record NeighbourTag
{
    /// <summary>A bay of the reporting device; unique together with it.</summary>
    public required string Bay { get; init; }

    /// <summary>Upper-case hex.</summary>
    public required string Tag { get; init; }

    /// <summary>Reads within the second; 0 only where <see cref="Visiting"/> is true.</summary>
    public required int Reads { get; init; }

    /// <summary>In dBm; absent when the reader does not tell.</summary>
    public double? StrongestRssiDbm { get; init; }

    /// <summary>The mean over the reads, of their values in dBm; absent when the reader does not tell.</summary>
    public double? MeanRssiDbm { get; init; }

    /// <summary>Whether the device has the tag's vehicle in a visit in this bay. Absent means false.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Visiting { get; init; }
}
