using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>What the reader says of one tag: the specification's TagReportData (LLRP 1.1, section 14.2.3).</summary>
/// <remarks>A value without allocations but for the EPC's text, because a busy reader sends thousands a second.</remarks>
internal struct TagReport
{
    private TvValues _values;
    private uint _present;

    public TagReport()
    {
    }

    /// <summary>The tag's identity, upper-case hex.</summary>
    public required string Epc { get; init; }

    /// <summary>The length of the EPC in bits where the reader named it; null for the compact form of 96 bits.</summary>
    public ushort? EpcBits { get; init; }

    /// <summary>Results of access commands and vendor extensions, kept for whoever knows them.</summary>
    public ImmutableArray<LlrpParameter> Others { get; set; } = [];

    /// <summary>An extension of Impinj: the strength in hundredths of a dBm.</summary>
    public short? PeakRssiCentiDbm { get; set; }

    /// <summary>An extension of Impinj: the serial number of the tag's chip, upper-case hex.</summary>
    public string? SerialNumber { get; set; }

    public readonly ushort? Antenna => (ushort?)this[TvField.AntennaId];

    /// <summary>The finer one where the reader gives two.</summary>
    public readonly double? PeakRssiDbm =>
        PeakRssiCentiDbm is { } fine ? fine / 100.0 : this[TvField.PeakRssi] is { } value ? (sbyte)value : null;

    public readonly ushort? SeenCount => (ushort?)this[TvField.TagSeenCount];

    public readonly ulong? FirstSeenUtcMicroseconds => this[TvField.FirstSeenUtc];

    public readonly ulong? FirstSeenUptimeMicroseconds => this[TvField.FirstSeenUptime];

    public readonly ulong? LastSeenUtcMicroseconds => this[TvField.LastSeenUtc];

    public readonly ulong? LastSeenUptimeMicroseconds => this[TvField.LastSeenUptime];

    /// <summary>The bits of a field as they came; null when it did not come.</summary>
    public ulong? this[TvField field]
    {
        readonly get => (_present & (1u << (int)field)) != 0 ? _values[(int)field] : null;
        set
        {
            _values[(int)field] = value.GetValueOrDefault();
            _present = value is null ? _present & ~(1u << (int)field) : _present | (1u << (int)field);
        }
    }

    /// <summary>
    /// Fills what is absent from the report before: a reader may leave out a value that has not changed since it last
    /// sent it (LLRP 1.1, section 14.2.3).
    /// </summary>
    public void CompleteFrom(in TagReport last)
    {
        if (this[TvField.PeakRssi] is null)
            PeakRssiCentiDbm ??= last.PeakRssiCentiDbm;
        for (var field = TvField.AntennaId; field <= TvField.XpcWord2; field++)
            this[field] ??= last[field];
    }

    [InlineArray(Length)]
    private struct TvValues
    {
        private const int Length = (int)TvField.XpcWord2 + 1;

        private ulong _first;
    }
}
