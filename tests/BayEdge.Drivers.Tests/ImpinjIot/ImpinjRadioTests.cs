using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Drivers.Tests.Serial;
using BayEdge.Drivers.ImpinjIot;
using BayEdge.Simulator.Readers.ImpinjIot;
using BayEdge.Simulator.Readers.Selectable;
using static BayEdge.Drivers.Tests.ImpinjIot.ImpinjReaders;

namespace BayEdge.Drivers.Tests.ImpinjIot;

/// <summary>What a reader says of itself, and how its radio is held to the configuration.</summary>
public class ImpinjRadioTests
{
    private const int Limit = 30_000;
    private const string Tag = "E28068940000501234567890";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task The_power_of_a_reader_that_reads_is_changed_and_it_reads_on()
    {
        await using var reader = Reader();
        await using var source = Run(reader);
        await source.UntilReadyAsync();
        await Eventually.HoldsAsync(() => reader.Report(1, Tag, -5000));
        await source.Sink.NextAsync<TagSighting>();
        var power = source.Source.Can<ITransmitPower>();

        Assert.Equal(new TransmitPower(23.5, 10, 30), await power.SetPowerAsync(23.5, Cancelled));
        Assert.Equal(2350, (int)reader.Preset!["antennaConfigs"]![0]!["transmitPowerCdbm"]!);
        var refused = await Assert.ThrowsAsync<DeviceFaultException>(() => power.SetPowerAsync(31, Cancelled));
        Assert.Equal($"31 dBm is wanted, but the reader at {reader.Address} can send with 10 dBm to 30 dBm. Correct powerDbm.", refused.Message);
        Assert.Equal(new TransmitPower(23.5, 10, 30), await power.GetPowerAsync(Cancelled));
        Assert.Equal([1, 2, 3, 4], (await source.Source.Can<IAntennaPorts>().GetAntennasAsync(Cancelled)).Select(port => port.Port));
        Assert.Equal(new RadioRegion("cn900", "China 920-925 MHz"), await source.Source.Can<IRadioRegion>().GetRegionAsync(Cancelled));

        Assert.True(reader.Report(2, Tag, -6100));
        Assert.Equal(2, (await source.Sink.NextAsync<TagSighting>()).Antenna);
    }

    [Fact(Timeout = Limit)]
    public async Task The_memory_of_a_tag_is_read_and_the_reader_then_reads_as_before()
    {
        await using var reader = Reader();
        reader.Hold(Tag, bank: 2, "E2801190200078D1A2B3C4D5");
        await using var source = Run(reader);
        await source.UntilReadyAsync();
        var memory = source.Source.Can<ITagMemory>();

        Assert.Equal("1190200078D1", await WhileSeenAsync(reader, memory.ReadMemoryAsync(Tag, TagMemoryBank.Tid, 1, 3, Cancelled)));
        Assert.Equal(
            $"The tag {Tag} gave 0 bytes where 1 words were asked for. Ask for fewer.",
            (await Assert.ThrowsAsync<DeviceFaultException>(() => WhileSeenAsync(reader, memory.ReadMemoryAsync(Tag, TagMemoryBank.User, 0, 1, Cancelled)))).Message);
        Assert.Equal(
            $"The reader at {reader.Address} did not find the tag ABCD. Hold it before an antenna and try again.",
            (await Assert.ThrowsAsync<DeviceFaultException>(() => WhileSeenAsync(reader, memory.ReadMemoryAsync("ABCD", TagMemoryBank.Tid, 0, 1, Cancelled)))).Message);

        Assert.Null(reader.Preset!["antennaConfigs"]![0]!["tagMemoryReads"]);
        await Eventually.HoldsAsync(() => reader.Report(2, "E280AA", -6100));
        TagSighting seen;
        do
            seen = await source.Sink.NextAsync<TagSighting>();
        while (seen.Tag == Tag);
        Assert.Equal((2, "E280AA"), (seen.Antenna, seen.Tag));
    }

    [Theory(Timeout = Limit)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reader_that_does_not_read_on_after_a_change_is_lost_and_not_taken_for_an_empty_bay(bool ofPower)
    {
        await using var reader = Reader();
        reader.DescribesItself = false;
        await using var source = Run(reader);
        await source.UntilReadyAsync();
        Task change;
        if (ofPower)
        {
            reader.Refusal = "Busy.";
            change = source.Source.Can<ITransmitPower>().SetPowerAsync(23.5, Cancelled);
        }
        else
        {
            change = source.Source.Can<ITagMemory>().ReadMemoryAsync("ABCD", TagMemoryBank.Tid, 0, 1, Cancelled);
            await Eventually.HoldsAsync(() => reader.Preset?["antennaConfigs"]![0]!["tagMemoryReads"] is not null);
            reader.Refusal = "Busy.";
        }

        var told = await Assert.ThrowsAsync<DeviceFaultException>(() => change);
        Assert.Equal(DeviceFaultKind.Lost, told.Kind);
        Assert.EndsWith("refused to start reading: \"Busy.\". Check antennas, powerDbm and rfMode against what its region allows. (profiles/inventory/start: 400) It is connected anew as configured.", told.Message, StringComparison.Ordinal);
        Assert.Equal(DeviceFaultKind.Lost, (await source.FaultAsync()).Kind);
    }

    [Fact(Timeout = Limit)]
    public async Task Inputs_are_told_and_outputs_switched_while_the_reader_reads()
    {
        await using var reader = Reader();
        await using var source = Run(reader);
        await source.UntilReadyAsync();
        var ports = source.Source.Can<IDigitalPorts>();

        Assert.Equal([new DigitalInput(1, false), new DigitalInput(2, true)], await ports.GetInputsAsync(Cancelled));
        await ports.SetOutputAsync(3, on: true, Cancelled);
        Assert.Equal([new DigitalOutput(1, false), new DigitalOutput(2, false), new DigitalOutput(3, true)], await ports.GetOutputsAsync(Cancelled));
        await ports.SetOutputAsync(3, on: false, Cancelled);
        Assert.False(reader.Outputs[3]);
        Assert.Equal(
            $"The reader at {reader.Address} has the outputs 1, 2, 3, but not 4.",
            (await Assert.ThrowsAsync<DeviceFaultException>(() => ports.SetOutputAsync(4, on: true, Cancelled))).Message);
        reader.Inputs = null;
        Assert.Equal(
            $"The reader at {reader.Address} does not tell the state of its inputs. Update its firmware.",
            (await Assert.ThrowsAsync<DeviceFaultException>(() => ports.GetInputsAsync(Cancelled))).Message);

        await Eventually.HoldsAsync(() => reader.Report(2, Tag, -6100));
        Assert.Equal(Tag, (await source.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task Firmware_that_does_not_describe_itself_refuses_by_itself_and_reads_on_as_before()
    {
        await using var reader = Reader();
        reader.DescribesItself = false;
        await using var source = Run(reader, ("powerDbm", "23.5"));
        await source.UntilReadyAsync();
        var power = source.Source.Can<ITransmitPower>();

        var refused = await Assert.ThrowsAsync<DeviceFaultException>(() => power.SetPowerAsync(31, Cancelled));

        Assert.Contains("refused to start reading: \"transmitPowerCdbm exceeds what the region allows\".", refused.Message, StringComparison.Ordinal);
        Assert.Equal(new TransmitPower(23.5, null, null), await power.GetPowerAsync(Cancelled));
        await Eventually.HoldsAsync(() => reader.Report(2, Tag, -6100));
        Assert.Equal(2, (await source.Sink.NextAsync<TagSighting>()).Antenna);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_sends_with_another_power_than_it_was_told_is_refused()
    {
        await using var reader = Reader();
        reader.StubbornPowerCentiDbm = 3000;
        await using var source = Run(reader, ("powerDbm", "23.5"));
        await source.UntilReadyAsync();

        await Eventually.HoldsAsync(() => reader.Report(2, Tag, -6100));

        Assert.Equal(
            $"The reader at {reader.Address} was told to send with 23.5 dBm through port 2 but uses 30 dBm. Set powerDbm to what the reader can do.",
            (await source.FaultAsync()).Message);
    }

    [Fact]
    public void A_tag_that_is_told_in_the_midst_of_a_change_of_power_is_not_held_against_the_new_one()
    {
        ImpinjPower? power = null;
        var seen = new ImpinjEvent(Tag, Antenna: 1, RssiDbm: -58, PowerDbm: 20, LastSeen: null, InventoryStatus: null);
        power = new ImpinjPower(ImpinjIotSettings.From(Configuration("192.0.2.5", ("powerDbm", "20"))), new Interrupting(() => power!.Compare(seen)));

        power.Order(25);

        Assert.Equal((25.0, 25.0), (power.OrderedDbm, power.NowDbm));
    }

    [Fact(Timeout = Limit)]
    public async Task A_power_that_the_readers_own_region_does_not_allow_is_refused()
    {
        await using var reader = Reader();
        reader.Region = "ETSI EN 302 208 v3.1.1";
        await using var source = Run(reader, ("powerDbm", "28"), ("antennaGainDbi", "9"));

        var fault = await source.FaultAsync();

        Assert.Equal(
            $"28 dBm is wanted of the reader at {reader.Address}, but Europe 865-868 MHz allows 26.15 dBm with an antenna of 9 dBi. Lower powerDbm.", fault.Message);
        Assert.Null(reader.Preset);
    }

    [Theory(Timeout = Limit)]
    [InlineData(3, 27, "27 dBm is wanted, but the reader at ADDRESS can send with 10 dBm to 24 dBm. Correct powerDbm.")]
    [InlineData(7, 20, "Antenna port 7 is configured, but the reader at ADDRESS has ports 1 to 4. Correct the antennas of the reader.")]
    public async Task What_the_reader_cannot_is_refused_before_it_reads(int antenna, int dBm, string expected)
    {
        await using var reader = Reader();
        reader.MostPowerCentiDbm = 2400;
        var configuration = Configuration(reader.Address, ("powerDbm", $"{dBm}"));
        configuration = configuration with { Antennas = [new(antenna, "bay-01")] };
        var sentence = expected.Replace("ADDRESS", reader.Address, StringComparison.Ordinal);

        Assert.Equal((false, sentence), await ProbeAsync(configuration));
        await using var source = Run(configuration);
        Assert.Equal(sentence, (await source.FaultAsync()).Message);
    }

    [Fact(Timeout = Limit)]
    public async Task Each_region_that_can_be_chosen_is_one_that_a_reader_can_be_set_to()
    {
        var choices = new ImpinjIotDriver(TimeProvider.System).Descriptor.Fields.Single(field => field.Key == "region").Choices;
        Assert.NotEmpty(choices);
        foreach (var choice in choices)
        {
            var settings = new Dictionary<string, string> { ["region"] = choice, ["user"] = "root", ["password"] = "impinj" };
            await using var played = await SelectableReaders.StartAsync("impinj-iot", "reader-1", [1, 2], settings, TimeProvider.System, Cancelled);
            await using var source = Run(Configuration(played.Settings["address"]!, ("region", choice)));

            await source.UntilReadyAsync();
            Assert.Equal(choice, (await source.Source.Can<IRadioRegion>().GetRegionAsync(Cancelled)).Name);
        }
    }

    [Theory(Timeout = Limit)]
    [InlineData("China 920-925 MHz", true)]
    [InlineData(null, true)]
    [InlineData("ETSI EN 302 208 v3.1.1", false)]
    [InlineData("China 840-845 MHz", false)]
    [InlineData("China", false)]
    public async Task A_reader_that_is_set_to_another_region_than_the_configured_one_is_refused(string? region, bool works)
    {
        await using var reader = Reader();
        reader.Region = region;
        await using var source = Run(reader, ("region", "cn900"));

        if (works)
        {
            await source.UntilReadyAsync();
            return;
        }

        Assert.Equal(
            $"The reader at {reader.Address} is set to {region}, but China 920-925 MHz is configured. Set the region on the reader's own page, use a reader made for this region, or correct the setting region.",
            (await source.FaultAsync()).Message);
    }

    [Fact(Timeout = Limit)]
    public async Task A_probe_tells_who_the_reader_is_and_changes_nothing()
    {
        await using var reader = Reader();

        Assert.Equal((true, "Impinj reader R700, serial number 370-21-09-0042, idle."), await ProbeAsync(Configuration(reader.Address)));
        Assert.Equal("llrp", reader.Interface);
        Assert.Null(reader.Preset);
    }

    [Fact(Timeout = Limit)]
    public async Task A_probe_tells_model_firmware_region_antennas_and_the_tags_that_stand_there()
    {
        await using var reader = Reader();
        reader.Interface = "rest";
        var asking = AskAsync(Configuration(reader.Address, ("powerDbm", "23.5")));
        while (!asking.IsCompleted)
        {
            reader.Report(2, Tag, -5834);
            await Task.Delay(10, Cancelled);
        }

        var report = await asking;

        Assert.True(report.Answered, report.Summary);
        Assert.Equal(
            ("R700", "8.3.0.240", "China 920-925 MHz", "4", "10 dBm to 30 dBm"),
            (report.Fact(ProbeFact.Model), report.Fact(ProbeFact.Firmware), report.Fact(ProbeFact.Region), report.Fact(ProbeFact.Antennas), report.Fact("possible power")));
        Assert.Equal([1, 2, 3, 4], report.Antennas.Select(port => port.Port));
        Assert.Equal(new TransmitPower(23.5, 10, 30), report.Power);
        var heard = Assert.Single(report.Heard!.Value);
        Assert.Equal((2, Tag, (double?)-58.34), (heard.Antenna, heard.Tag, heard.RssiDbm));
        Assert.Null(reader.Preset);
    }

    /// <summary>Lets something happen while its user asks for the time.</summary>
    private sealed class Interrupting(Action happens) : TimeProvider
    {
        public override long GetTimestamp()
        {
            happens();
            return base.GetTimestamp();
        }
    }

    private static async Task<string> WhileSeenAsync(SimulatedImpinjIot reader, Task<string> reading)
    {
        while (!reading.IsCompleted)
        {
            reader.Report(1, Tag, -5800);
            await Task.Delay(10, Cancelled);
        }

        return await reading;
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_another_program_has_read_is_only_asked()
    {
        await using var reader = Reader();
        await using var source = Run(reader, ("powerDbm", "23.5"));
        await source.UntilReadyAsync();

        var report = await AskAsync(Configuration(reader.Address));

        Assert.Null(report.Heard);
        Assert.NotNull(reader.Preset);
    }
}
