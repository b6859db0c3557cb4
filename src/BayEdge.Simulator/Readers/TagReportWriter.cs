using static BayEdge.Simulator.Readers.Wire;

namespace BayEdge.Simulator.Readers;

/// <summary>What an AccessSpec gave from a tag.</summary>
/// <param name="Result">The parameter that tells it.</param>
internal sealed record AccessDone(uint AccessSpecId, byte[] Result);

/// <summary>Writes TagReportData for one client and remembers what that client was told.</summary>
internal sealed class TagReportWriter(SimulatedReaderOptions options)
{
    private readonly Dictionary<int, byte[]> _told = [];

    /// <summary>What the client's selector asks for, by the reader's clock.</summary>
    public byte[] Write(SimulatedRead read, ReadOrder order, AccessDone? access)
    {
        List<byte[]> parts = [Epc(Convert.FromHexString(read.Epc))];
        Add(15, 9, U32(order.Id));
        Add(14, 14, U16(1));
        Add(13, 10, U16(1));
        Add(12, 1, U16(read.Antenna));
        Add(10, 6, U8((sbyte)Math.Clamp(Math.Round(read.RssiDbm), sbyte.MinValue, sbyte.MaxValue)));
        Add(11, 7, U16(1));
        Add(9, 2, U64(ReaderAnswers.Microseconds(read.FirstSeen + options.ClockOffset)));
        Add(8, 4, U64(ReaderAnswers.Microseconds(read.LastSeen + options.ClockOffset)));
        Add(7, 8, U16(Math.Min(read.Count, ushort.MaxValue)));
        Add(6, 16, U32(access?.AccessSpecId ?? 0));
        if (access is not null)
            parts.Add(access.Result);
        if (order.FineRssi)
            parts.Add(Impinj.PeakRssi(read.RssiDbm));
        if (order.SerialNumbers && read.Tid is { } tid)
            parts.Add(Impinj.SerializedTid(Convert.FromHexString(tid)));
        return Tlv(240, [.. parts]);

        void Add(int flag, int type, byte[] value)
        {
            if ((order.Content & (1 << flag)) == 0 || (!options.TellsTimes && type is 2 or 4) || (options.OmitsRepeatedFields && IsRepeated(type, value)))
                return;
            _told[type] = value;
            parts.Add(Tv(type, value));
        }
    }

    private bool IsRepeated(int type, byte[] value) => _told.TryGetValue(type, out var last) && last.AsSpan().SequenceEqual(value);

    private static byte[] Epc(byte[] epc) => epc.Length == 12 ? Tv(13, epc) : Tlv(241, U16(epc.Length * 8), epc);
}
