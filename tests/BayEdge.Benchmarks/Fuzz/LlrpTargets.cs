using System.Buffers.Binary;
using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Llrp;
using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Benchmarks.Fuzz;

/// <summary>The decoders of LLRP.</summary>
internal static class LlrpTargets
{
    private const string Tag = "E28068940000501234567890";

    public static ReaderConfiguration Configuration { get; } = new(
        "reader-1",
        "llrp",
        DriverSettings.Of(("address", "192.0.2.5"), ("session", "S1"), ("keepAliveSeconds", "10"), ("identity", "EPC")),
        [new AntennaConfiguration(1, "bay-01")]);

    /// <summary>Bytes of a connection, cut into frames and each frame taken apart.</summary>
    public static FuzzTarget Stream() => new(
        "llrp frames",
        Seeds(),
        input =>
        {
            var buffer = new FrameBuffer();
            input.CopyTo(buffer.Free());
            buffer.Filled(input.Length);
            while (buffer.TryTake(out var frame))
                MessageCodec.Decode(frame);
        },
        exception => exception is LlrpFormatException,
        length => 16_384 + (256L * length));

    /// <summary>The body of a tag report, whatever its header says.</summary>
    public static FuzzTarget Report()
    {
        var mapper = new TagReportMapper("reader-1", LlrpSettings.From(Configuration));
        return new FuzzTarget(
            "llrp tag reports",
            [.. Enumerable.Range(1, 4).Select(tags => Body(tags))],
            input => mapper.Map(new LlrpFrame(LlrpVersion.V101, MessageType.RoAccessReport, 0, input), FuzzTargets.Arrival),
            exception => exception is LlrpFormatException or DeviceFaultException,
            length => 16_384 + (256L * length));
    }

    /// <summary>A report as a reader sends it for every tag: antenna, strength, both times, count.</summary>
    public static byte[] Body(int tags)
    {
        var writer = new FieldWriter();
        new RoAccessReport([.. Enumerable.Range(0, tags).Select(index => Seen(index))], []).WriteBody(writer);
        return writer.Written.ToArray();
    }

    private static TagReport Seen(int index)
    {
        var tag = new TagReport { Epc = Tag, Others = [new CustomParameter(ImpinjExtensions.Vendor, 57, new byte[] { 0xE9, 0x20 })] };
        tag[TvField.AntennaId] = 1;
        tag[TvField.PeakRssi] = 0xC6;
        tag[TvField.FirstSeenUtc] = 1_700_000_000_000_000;
        tag[TvField.LastSeenUtc] = 1_700_000_000_000_000 + (ulong)index;
        tag[TvField.TagSeenCount] = 1;
        return tag;
    }

    private static List<byte[]> Seeds()
    {
        var settings = LlrpSettings.From(Configuration);
        var status = new LlrpStatus(StatusCode.Success, "", [new FieldError(1, 101), new ParameterError(177, 100, [])]);
        LlrpMessage[] messages =
        [
            new PlainMessage(MessageType.KeepAlive),
            new GetReaderCapabilities(0, []),
            new PlainMessage(MessageType.AddRoSpec, [RoSpecPlan.Build(settings, ImmutableSortedDictionary<ushort, RfTransmitter>.Empty, extended: true)]),
            new PlainMessage(MessageType.ReaderEventNotification, [new ReaderEventNotificationData([new UtcTimestamp(1_700_000_000_000_000), new ConnectionCloseEvent()])]),
            new PlainMessage(MessageType.ErrorMessage, [status]),
            ImpinjExtensions.Enable,
            new SpecCommand(MessageType.EnableRoSpec, 1),
            new SupportedVersion(LlrpVersion.V101, LlrpVersion.V11, [status]),
            new SetProtocolVersion(LlrpVersion.V11),
            new PlainMessage(MessageType.AddAccessSpec, [LlrpMemory.OrderOf(Tag, new Gen2Read(1, 0, TagMemoryBank.Tid, 0, 6))]),
            new RoAccessReport([Seen(1) with { Others = [new Gen2ReadResult(Gen2ReadResult.Success, 1, new byte[] { 0xE2, 0x80, 0x11, 0x90 })] }], []),
        ];
        return [.. messages.Select(Encode), Whole(Body(1)), Whole(Body(3))];
    }

    private static byte[] Encode(LlrpMessage message)
    {
        var writer = new FieldWriter();
        MessageCodec.Encode(writer, LlrpVersion.V101, 7, message);
        return writer.Written.ToArray();
    }

    /// <summary>A report with the header before it.</summary>
    public static byte[] Whole(byte[] body)
    {
        var frame = new byte[LlrpFrame.HeaderBytes + body.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame, (1 << 10) | (int)MessageType.RoAccessReport);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(2), frame.Length);
        body.CopyTo(frame, LlrpFrame.HeaderBytes);
        return frame;
    }
}
