using System.Text.Json.Nodes;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;

namespace BayEdge.Drivers.Tests.Llrp.Independent;

public class LlrpjsTests
{
    private const int Limit = 120_000;
    private const string Parked = "E28068940000501234567890";
    private const string Long = "3674257BF7194E4000001A8533221100AABB";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The codec of the other implementation knows 1.0.1 only: of "1.1" the agreement and the version in the headers are played here.</summary>
    [Theory(Timeout = Limit)]
    [InlineData("1.0.1", 1)]
    [InlineData("1.1", 2)]
    public async Task A_reader_on_the_codec_of_another_implementation_is_set_up_and_its_tags_are_understood(string newest, int version)
    {
        await using var reader = await LlrpjsReader.StartAsync(Cancelled, newest);
        await using var source = RunningSource.Start(reader.Address, Cancelled, keepAliveSeconds: 1, settings: ("powerDbm", "25.4"));
        await source.UntilReadyAsync();

        for (var report = 0; report < 3; report++)
        {
            await SeesAsync(source, Parked, antenna: 1, dBm: -58);
            await SeesAsync(source, Long, antenna: 2, dBm: -61);
        }

        await reader.UntilAsync("KEEPALIVE_ACK", Cancelled);
        await source.EndAsync();

        var understood = await reader.UntilAsync(LlrpjsReader.HungUp, Cancelled);
        Assert.Equal([2], understood.Where(IsAgreement).Select(VersionOf).Distinct());
        Assert.Equal([version], understood.Where(message => !IsAgreement(message) && TypeOf(message) != LlrpjsReader.HungUp).Select(VersionOf).Distinct());
        Assert.Equal(version == 1 ? ["GET_SUPPORTED_VERSION"] : ["GET_SUPPORTED_VERSION", "SET_PROTOCOL_VERSION"], understood.Where(IsAgreement).Select(TypeOf));
        Assert.Equal(
            [
                "GET_READER_CAPABILITIES", "GET_READER_CONFIG", "DELETE_ACCESSSPEC", "SET_READER_CONFIG", "DELETE_ROSPEC", "GET_READER_CONFIG",
                "ADD_ROSPEC", "GET_ROSPECS", "ENABLE_ROSPEC", "ENABLE_EVENTS_AND_REPORTS", "DELETE_ROSPEC", "CLOSE_CONNECTION", LlrpjsReader.HungUp,
            ],
            understood.Where(message => !IsAgreement(message)).Select(TypeOf).Where(type => type != "KEEPALIVE_ACK"));
        var settings = Of(understood, "SET_READER_CONFIG");
        Assert.Equal("""{"KeepaliveTriggerType":"Periodic","PeriodicTriggerValue":1000}""", settings["KeepaliveSpec"]!.ToJsonString());
        var roSpec = Of(understood, "ADD_ROSPEC")["ROSpec"]!;
        Assert.Equal("Immediate", (string?)roSpec["ROBoundarySpec"]!["ROSpecStartTrigger"]!["ROSpecStartTriggerType"]);
        Assert.Equal("[1,2]", roSpec["AISpec"]!["AntennaIDs"]!.ToJsonString());
        Assert.Equal(
            [(1, 2, 1), (2, 2, 1)],
            roSpec["AISpec"]!["InventoryParameterSpec"]!["AntennaConfiguration"]!.AsArray().Select(antenna => (
                (int)antenna!["AntennaID"]!, (int)antenna["RFTransmitter"]!["TransmitPower"]!,
                (int)antenna["C1G2InventoryCommand"]!["C1G2SingulationControl"]!["Session"]!)));
        Assert.Equal(
            ("Upon_N_Tags_Or_End_Of_AISpec", 1),
            ((string)roSpec["ROReportSpec"]!["ROReportTrigger"]!, (int)roSpec["ROReportSpec"]!["N"]!));
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_of_another_implementation_does_what_it_is_asked_while_it_reads()
    {
        await using var reader = await LlrpjsReader.StartAsync(Cancelled);
        await using var source = RunningSource.Start(reader.Address, Cancelled);
        await source.UntilReadyAsync();

        Assert.Equal(new RadioRegion("cn900", "China 920-925 MHz"), await source.Source.Can<IRadioRegion>().GetRegionAsync(Cancelled));
        Assert.Equal([new AntennaPort(1, true), new AntennaPort(2, true)], await source.Source.Can<IAntennaPorts>().GetAntennasAsync(Cancelled));
        Assert.Equal([new DigitalInput(1, true)], await source.Source.Can<IDigitalPorts>().GetInputsAsync(Cancelled));
        await source.Source.Can<IDigitalPorts>().SetOutputAsync(1, on: true, Cancelled);
        Assert.Equal("E2801190200078D1", await source.Source.Can<ITagMemory>().ReadMemoryAsync(Parked, TagMemoryBank.Tid, 0, 4, Cancelled));
        Assert.Equal(new TransmitPower(10, 10, 30), await source.Source.Can<ITransmitPower>().SetPowerAsync(12, Cancelled));
        await SeesAsync(source, Parked, antenna: 1, dBm: -58);
        await source.EndAsync();

        var understood = await reader.UntilAsync(LlrpjsReader.HungUp, Cancelled);
        Assert.Equal(
            """{"GPOPortNumber":1,"GPOData":1}""",
            understood.Last(message => TypeOf(message) == "SET_READER_CONFIG")["data"]!["GPOWriteData"]!.ToJsonString());
        var accessSpec = Of(understood, "ADD_ACCESSSPEC")["AccessSpec"]!;
        Assert.Equal(
            $$"""{"MB":1,"Match":1,"Pointer":32,"TagMask":"{{new string('F', 24)}}","TagData":"{{Parked}}"}""",
            accessSpec["AccessCommand"]!["C1G2TagSpec"]!["C1G2TargetTag"]!.ToJsonString());
        Assert.Equal(
            """{"OpSpecID":1,"AccessPassword":0,"MB":2,"WordPointer":0,"WordCount":4}""", accessSpec["AccessCommand"]!["C1G2Read"]!.ToJsonString());
        Assert.Equal("Whenever_ROReport_Is_Generated", (string?)accessSpec["AccessReportSpec"]!["AccessReportTrigger"]);
        var ordered = understood.Last(message => TypeOf(message) == "ADD_ROSPEC")["data"]!["ROSpec"]!["AISpec"]!["InventoryParameterSpec"]!["AntennaConfiguration"]!;
        Assert.Equal([1, 1], ordered.AsArray().Select(antenna => (int)antenna!["RFTransmitter"]!["TransmitPower"]!));
    }

    private static async Task SeesAsync(RunningSource source, string tag, int antenna, double dBm)
    {
        TagSighting seen;
        do
        {
            var next = source.Sink.NextAsync<TagSighting>();
            await await Task.WhenAny(next, source.Completion);
            seen = await next;
        }
        while (seen.Tag != tag);
        Assert.Equal((antenna, (double?)dBm, 1), (seen.Antenna, seen.RssiDbm, seen.Count));
        Assert.InRange((TimeProvider.System.GetUtcNow() - seen.At.Wall).Duration(), TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    private static bool IsAgreement(JsonNode message) => TypeOf(message) is "GET_SUPPORTED_VERSION" or "SET_PROTOCOL_VERSION";

    private static int VersionOf(JsonNode message) => (int)message["version"]!;

    private static string? TypeOf(JsonNode message) => (string?)message["type"];

    private static JsonNode Of(IEnumerable<JsonNode> understood, string type) => understood.First(message => TypeOf(message) == type)["data"]!;
}
