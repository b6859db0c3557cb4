using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Core.Tags;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Chafon;
using BayEdge.Drivers.Discovery;
using BayEdge.Drivers.ImpinjIot;
using BayEdge.Drivers.Mercury;
using BayEdge.Drivers.Push;
using BayEdge.Drivers.R200;
using BayEdge.Drivers.Rest;
using BayEdge.Drivers.Serial;
using BayEdge.Drivers.ZebraIot;

namespace BayEdge.Benchmarks.Fuzz;

/// <summary>Every decoder that takes in what devices send.</summary>
internal static class FuzzTargets
{
    private const int SmallBytes = 16_384;

    public static readonly ObservedAt Arrival = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), TimeSpan.FromDays(30));

    private static readonly ReaderConfiguration Reader = new("reader-1", "", DriverSettings.Empty, [new AntennaConfiguration(1, "bay-01")]);

    private static readonly CameraConfiguration Camera = new("cam-1", "", DriverSettings.Empty, [new ZoneConfiguration("bay-01", ImmutableArray<PicturePoint>.Empty)]);

    private static readonly PresenceConfiguration Contact = new("loop-1", "", DriverSettings.Empty, "bay-01");

    public static IReadOnlyList<FuzzTarget> All() =>
    [
        LlrpTargets.Stream(), LlrpTargets.Report(), R200(R200Framing.BB7E), R200(R200Framing.AADD), Chafon(), ChafonTagData(), Mercury(), MercuryTagData(),
        Push("push tags", Reader, """{"sentAt":"2026-03-02T08:00:01.000Z","sightings":[{"kind":"tag","at":"2026-03-02T08:00:00.120Z","antenna":1,"tag":"E28068940000501234567890","rssi":-58.5,"count":3}]}"""),
        Push("push plates", Camera, """{"sightings":[{"kind":"plate","zone":"bay-01","text":"沪A·D12345","confidence":0.93},{"kind":"plate","text":"\u6CAA\uD83D\uDE97A1"},{"kind":"occupancy","zone":"bay-01","occupied":0.97}]}"""),
        Push("push presence", Contact, """{"sentAt":"2026-03-02T16:00:01+08:00","sightings":[{"kind":"presence","at":"2026-03-02T16:00:00+08:00","present":true}]}"""),
        Zebra(), Impinj(), ImpinjAbilities(), ZebraAbilities(), Announcements(), Log(), Names(),
    ];

    private static FuzzTarget R200(R200Framing framing)
    {
        var buffer = new FrameBuffer(R200Codec.LongestFrame, R200Codec.Matching(framing));
        byte[][] seeds =
        [
            R200Answer(framing, "02220011C9340030751FEB705C5904E3D50D703A76EF"), R200Answer(framing, "01030010004D31303020323664426D2056312E3092"),
            R200Answer(framing, "01FF00011516"), R200Answer(framing, "013900130E340030751FEB705C5904E3D50D7012345678B0"), R200Answer(framing, "01B700020A28EC"),
        ];
        return Frames($"r200 {framing.Name}", seeds, buffer, frame =>
        {
            if (R200Codec.Decode(frame) is { Type: R200FrameType.Notification } notice)
                R200Tag.TryRead(notice.Parameters.Span, out _);
            else
                R200Memory.WordsIn(R200Codec.Decode(frame).Parameters.Span);
        });
    }

    private static byte[] R200Answer(R200Framing framing, string inside) => [framing.Header, .. Convert.FromHexString(inside), framing.End];

    private static FuzzTarget Chafon() => Frames(
        "chafon",
        Hex("1500010301010c3039606303c74380001a0559" + "40f93e", "2300010301020c0000000000000000000003136b0c0000000000000000000003146c70f2", "13000103010c49440000000000000a000334a5fb", "1100210000160c034e001e0a01000000e651"),
        new FrameBuffer(ChafonCodec.LongestFrame, ChafonCodec.Match),
        frame => ChafonInformation.Read(ChafonCodec.Decode(frame).Data.Span));

    private static FuzzTarget ChafonTagData()
    {
        List<ChafonTag> tags = [];
        return new FuzzTarget(
            "chafon tags",
            Hex("01010c3039606303c74380001a055940", "01020c0000000000000000000003136b0c0000000000000000000003146c", "010c49440000000000000a0003"),
            input =>
            {
                ChafonTags.TryRead(ChafonModel.UhfReader288, input.Span, tags);
                ChafonTags.TryRead(ChafonModel.UhfReader18, input.Span, tags);
            },
            _ => false,
            length => SmallBytes + (32 * length));
    }

    private static FuzzTarget Mercury() => Frames(
        "mercury",
        Hex("FF2822000010001B01FF0101C4110E16400000012700000500000F00803000000000000000000000001545E94A561D", "FF0167000001B480", "FF0022040084E0", "FF0766000001010001020100A641"),
        new FrameBuffer(MercuryCodec.LongestFrame, MercuryCodec.Match),
        frame =>
        {
            MercuryTag.TryRead(MercuryCodec.Decode(frame).Data.Span, out _);
            MercuryVersion.TryRead(MercuryCodec.Decode(frame).Data.Span, out _);
            MercuryLines.Read(MercuryCodec.Decode(frame).Data.Span);
        });

    private static FuzzTarget MercuryTagData() => new(
        "mercury tags",
        Hex("10001B01FF0101C4110E16400000012700000500000F00803000000000000000000000001545E94A", "10051B0057012BC611000000090500803400E200470457606426E301010EC4BB", "10001B0000010050" + "0A0080010000ABCD1234"),
        input => MercuryTag.TryRead(input.Span, out _),
        _ => false,
        _ => SmallBytes);

    /// <remarks>The buffer lives on from case to case, as it does on a line.</remarks>
    private static FuzzTarget Frames(string name, IReadOnlyList<byte[]> seeds, FrameBuffer buffer, Action<ReadOnlyMemory<byte>> take) => new(
        name,
        seeds,
        input =>
        {
            buffer.Append(input.Span);
            foreach (var atRest in (ReadOnlySpan<bool>)[false, true])
            {
                while (buffer.TryTake(out var frame, atRest))
                    take(frame);
            }
        },
        _ => false,
        _ => SmallBytes);

    private static FuzzTarget Push(string name, SourceConfiguration source, string json) =>
        Mapper(name, new PushMapper(source), [json, """{"sightings":[]}"""]);

    private static FuzzTarget Zebra() => Mapper("zebra-iot", new ZebraIotMapper(Reader),
    [
        """{"data":{"idHex":"aa0004ef55555555aa21bf43","peakRssi":-34,"antenna":4},"timestamp":"2026-08-13T09:14:28.651+0000","type":"CUSTOM"}""",
        """[{"data":{"antenna":1,"idHex":"aa0004ef55555555aa21bf43","peakRssi":"-52","reads":7,"eventNum":12},"type":"INVENTORY"}]""",
        """{"eventType":"heartbeat","data":{"system":{}}}""",
    ]);

    private static FuzzTarget Mapper(string name, IPushMapper mapper, string[] seeds) =>
        new(name, Utf8(seeds), input => mapper.Map(input, Arrival), exception => exception is PushFormatException, OfJson);

    private static FuzzTarget Impinj() => new(
        "impinj-iot",
        Utf8(
            """{"eventType":"tagInventory","timestamp":"2026-04-02T12:00:00Z","tagInventoryEvent":{"epcHex":"300833B2DDD9014000000000","antennaPort":1,"peakRssiCdbm":-5234,"lastSeenTime":"2026-04-02T12:00:01Z"}}""",
            """{"tagInventoryEvent":{"epc":"MAgzst3ZAUAAAAAA"}}""",
            """{"tagInventoryEvent":{"epcHex":"300833B2DDD9014000000000","tagMemoryData":[{"memoryBank":"tid","wordOffset":0,"tagDataHex":"E2801190"}]}}""",
            """{"inventoryStatusEvent":{"inventoryStatus":"running"}}"""),
        input => ImpinjEvent.Read(input),
        exception => exception is FormatException,
        OfJson);

    private static FuzzTarget ImpinjAbilities() => Answers(
        "impinj limits",
        answer =>
        {
            ImpinjLimits.Read(answer);
            ImpinjPins.InputsIn(answer);
        },
        """{"gpiConfigurations":[{"gpi":1,"enabled":true,"debounceMilliseconds":20,"state":"high"},{"gpi":2,"state":"low"}],"gpiTransitionEvents":"disabled"}""",
        """{"swagger":"2.0","definitions":{"AntennaPort":{"type":"integer","maximum":4},"TransmitPowerCdbm":{"minimum":1000,"maximum":3000}}}""",
        """{"openapi":"3.0.0","components":{"schemas":{"AntennaPort":{"maximum":4}}}}""");

    private static FuzzTarget ZebraAbilities() => Answers(
        "zebra settings",
        answer =>
        {
            ZebraIdentity.Read(answer, answer);
            ZebraRadio.Read(answer, answer);
            ZebraPins.InputsIn(answer);
        },
        """{"1":"HIGH","2":"LOW"}""",
        """{"model":"FX9600","serialNumber":"84248dee5721","readerApplication":"3.25.60.0","antennas":{"1":"connected","2":"disconnected"}}""",
        """{"country":"China","regulatoryStandard":"CHINA","channelData":[920625,"924375"],"transmitPower":[27,"30.5"]}""");

    /// <summary>What readers answer to questions over REST, once it is JSON.</summary>
    private static FuzzTarget Answers(string name, Action<JsonElement> read, params string[] seeds) => new(
        name,
        Utf8(seeds),
        input => read(RestAnswer.Read(Encoding.UTF8.GetString(input.Span))),
        exception => exception is JsonException,
        OfJson);

    private static FuzzTarget Announcements() => new(
        "announcements",
        Hex(
            "000084000000000100000002055F6C6C7270045F746370056C6F63616C00000C000100000078000F0C465839363030454535353031C00CC028002180010000007800140000000013DD06726561646572056C6F63616C0006726561646572056C6F63616C0000018001000000780004C0000209"),
        input => ServiceAnswer.Read(input.Span, ServiceAnswer.Llrp, IPAddress.Loopback),
        _ => false,
        _ => SmallBytes);

    private static FuzzTarget Log()
    {
        var log = new SightingLogReader();
        return new FuzzTarget(
            "sighting log",
            Utf8("""{"at":"2026-03-02T08:00:00.120Z","kind":"tag","source":"reader-1","antenna":1,"tag":"E28068940000501234567890","rssi":-58.5,"count":3}""",
                """{"at":"2026-03-02T08:00:00.120Z","kind":"plate","source":"cam-1","zone":"\u6CAA\uD83D\uDE97","text":"\u6CAAAD12345","confidence":0.93}"""),
            input => log.Read(Encoding.UTF8.GetString(input.Span)),
            _ => false,
            OfJson);
    }

    private static FuzzTarget Names() => new(
        "epc names",
        Hex("3074257BF7194E4000001A85", "3178E61C883950F59A000000", "3374257BF40C0E4000001A85", "3474257BF40000000000162E", "35000001F000005000000009", "36783BF99EFD1020B100000000000000000000000000000000"),
        input => EpcTagUri.Of(Convert.ToHexString(input.Span)),
        _ => false,
        length => SmallBytes + (8 * length));

    private static long OfJson(int length) => SmallBytes + (64 * length);

    private static byte[][] Hex(params string[] seeds) => [.. seeds.Select(Convert.FromHexString)];

    private static byte[][] Utf8(params string[] seeds) => [.. seeds.Select(Encoding.UTF8.GetBytes)];
}
