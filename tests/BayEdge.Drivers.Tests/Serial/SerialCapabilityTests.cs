using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Drivers.Chafon;
using BayEdge.Drivers.Mercury;
using BayEdge.Drivers.R200;
using BayEdge.Simulator.Readers.Serial;

namespace BayEdge.Drivers.Tests.Serial;

/// <summary>What modules on a serial line let one do while they read.</summary>
public class SerialCapabilityTests
{
    private const int Limit = 30_000;
    private const string Tag = "E28068940000501234567890";

    private static readonly TimeProvider Time = TimeProvider.System;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task The_power_of_an_R200_is_changed_while_it_reads_and_it_reads_on()
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options(), Time);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(new R200Driver(Time), cable.Path);
        await reader.UntilReadyAsync();
        var power = reader.Source.Can<ITransmitPower>();

        Assert.Equal(new TransmitPower(18.5, null, null), await power.SetPowerAsync(18.5, Cancelled));
        Assert.Equal(1850, module.PowerCentiDbm);
        Assert.Equal(new RadioRegion("cn900", "China 920-925 MHz"), await reader.Source.Can<IRadioRegion>().GetRegionAsync(Cancelled));
        Assert.Equal([new AntennaPort(1, null)], await reader.Source.Can<IAntennaPorts>().GetAntennasAsync(Cancelled));
        var refused = await Assert.ThrowsAsync<DeviceFaultException>(() => power.SetPowerAsync(33, Cancelled));
        Assert.StartsWith($"The module at {cable.Path} was told to send with 33 dBm but uses ", refused.Message, StringComparison.Ordinal);

        await Eventually.HoldsAsync(() => module.Report(Tag, -58));
        Assert.Equal(Tag, (await reader.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task The_memory_of_a_tag_is_read_through_an_R200_that_then_reads_all_tags_again()
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options(), Time);
        module.Hold(Tag, bank: 2, "E2801190200078D1A2B3C4D5");
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(new R200Driver(Time), cable.Path);
        await reader.UntilReadyAsync();
        var memory = reader.Source.Can<ITagMemory>();

        Assert.Equal("E2801190200078D1A2B3C4D5", await memory.ReadMemoryAsync(Tag, TagMemoryBank.Tid, 0, 6, Cancelled));
        Assert.Equal("1190", await memory.ReadMemoryAsync(Tag, TagMemoryBank.Tid, 1, 1, Cancelled));
        var refused = await Assert.ThrowsAsync<DeviceFaultException>(() => memory.ReadMemoryAsync("ABCD", TagMemoryBank.Tid, 0, 6, Cancelled));
        Assert.Equal($"The module at {cable.Path} did not find the tag ABCD. Hold it before an antenna and try again.", refused.Message);

        Assert.True(module.SelectsNothing);
        await Eventually.HoldsAsync(() => module.Report(Tag, -58));
        Assert.Equal(Tag, (await reader.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Theory(Timeout = Limit)]
    [InlineData("18")]
    [InlineData("288")]
    public async Task The_memory_of_a_tag_is_read_through_a_Chafon_reader_that_reads_on(string model)
    {
        await using var module = SimulatedChafon.Start(new SimulatedChafonOptions { Type = model == "18" ? SimulatedChafonOptions.UhfReader18 : SimulatedChafonOptions.UhfReader288M }, Time);
        module.Hold(Tag, bank: 2, "E2801190200078D1A2B3C4D5");
        module.Put(1, Tag, strength: 70, TimeSpan.FromSeconds(20));
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(new ChafonDriver(Time), cable.Path, ("model", model));
        await reader.UntilReadyAsync();
        var memory = reader.Source.Can<ITagMemory>();

        Assert.Equal("1190200078D1", await memory.ReadMemoryAsync(Tag, TagMemoryBank.Tid, 1, 3, Cancelled));
        Assert.Equal(
            $"The reader at {cable.Path} could not read the memory of the tag {Tag}: the tag refused; perhaps it has no such words, or keeps them locked.",
            (await Assert.ThrowsAsync<DeviceFaultException>(() => memory.ReadMemoryAsync(Tag, TagMemoryBank.User, 0, 1, Cancelled))).Message);
        Assert.Equal(
            $"The reader at {cable.Path} did not find the tag ABCD. Hold it before an antenna and try again.",
            (await Assert.ThrowsAsync<DeviceFaultException>(() => memory.ReadMemoryAsync("ABCD", TagMemoryBank.Tid, 0, 1, Cancelled))).Message);
        Assert.Equal(Tag, (await reader.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task A_tag_with_fewer_words_than_are_asked_of_an_R200_module_is_said_to_have_no_more()
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options(), Time);
        module.Hold(Tag, bank: 2, "E2801190200078D1");
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(new R200Driver(Time), cable.Path);
        await reader.UntilReadyAsync();

        Assert.Equal(
            $"The module at {cable.Path} could not read the memory of the tag {Tag}: the tag has no such words.",
            (await Assert.ThrowsAsync<DeviceFaultException>(() => reader.Source.Can<ITagMemory>().ReadMemoryAsync(Tag, TagMemoryBank.Tid, 0, 6, Cancelled))).Message);
    }

    [Fact(Timeout = Limit)]
    public async Task The_power_of_a_ThingMagic_module_is_changed_while_it_reads_and_it_reads_on()
    {
        await using var module = SimulatedMercury.Start(new SimulatedMercuryOptions { Antennas = [1, 2], Unplugged = [2] }, Time);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(new MercuryDriver(Time), cable.Path);
        await reader.UntilReadyAsync();
        var power = reader.Source.Can<ITransmitPower>();

        Assert.Equal(new TransmitPower(18.5, 0, 27), await power.SetPowerAsync(18.5, Cancelled));
        Assert.Equal(1850, module.PowerCentiDbm);
        Assert.Equal(new RadioRegion("cn900", "China 920-925 MHz"), await reader.Source.Can<IRadioRegion>().GetRegionAsync(Cancelled));
        Assert.Equal([new AntennaPort(1, true), new AntennaPort(2, false)], await reader.Source.Can<IAntennaPorts>().GetAntennasAsync(Cancelled));
        var refused = await Assert.ThrowsAsync<DeviceFaultException>(() => power.SetPowerAsync(30, Cancelled));
        Assert.Equal($"30 dBm is wanted, but the module at {cable.Path} can send with 0 dBm to 27 dBm. Correct powerDbm.", refused.Message);

        await Eventually.HoldsAsync(() => module.Report(Tag, -58));
        Assert.Equal(Tag, (await reader.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task The_memory_of_a_tag_is_read_through_the_antenna_of_a_ThingMagic_module_before_which_it_stands()
    {
        await using var module = SimulatedMercury.Start(new SimulatedMercuryOptions { Antennas = [1, 2] }, Time);
        module.Hold(Tag, antenna: 2, bank: 2, "E2801190200078D1A2B3C4D5");
        await using var cable = await SerialCable.PlugInAsync(module);
        var driver = new MercuryDriver(Time);
        await using var reader = RunningReader.Start(
            driver, RunningReader.Configuration(driver, cable.Path) with { Antennas = [new AntennaConfiguration(1, "bay-01"), new AntennaConfiguration(2, "bay-02")] });
        await reader.UntilReadyAsync();
        var memory = reader.Source.Can<ITagMemory>();

        Assert.Equal("1190200078D1", await memory.ReadMemoryAsync(Tag, TagMemoryBank.Tid, 1, 3, Cancelled));
        Assert.Equal(
            $"The module at {cable.Path} could not read the memory of the tag {Tag}: the tag refused; perhaps it has no such words, or keeps them locked.",
            (await Assert.ThrowsAsync<DeviceFaultException>(() => memory.ReadMemoryAsync(Tag, TagMemoryBank.User, 0, 1, Cancelled))).Message);
        Assert.Equal(
            $"The module at {cable.Path} did not find the tag ABCD. Hold it before an antenna and try again.",
            (await Assert.ThrowsAsync<DeviceFaultException>(() => memory.ReadMemoryAsync("ABCD", TagMemoryBank.Tid, 0, 1, Cancelled))).Message);

        await Eventually.HoldsAsync(() => module.Report(Tag, -58, antenna: 2));
        Assert.Equal((2, Tag), await reader.Sink.NextAsync<TagSighting>() is var seen ? (seen.Antenna, seen.Tag) : default);
    }

    [Theory(Timeout = Limit)]
    [InlineData(0x0404)]
    [InlineData(0x042B)]
    [InlineData(0x0505)]
    public async Task An_antenna_that_hears_a_tag_too_weakly_does_not_keep_the_next_one_from_reading_its_memory(int status)
    {
        await using var module = SimulatedMercury.Start(new SimulatedMercuryOptions { Antennas = [1, 2] }, Time);
        module.Hold(Tag, antenna: 2, bank: 2, "E2801190200078D1A2B3C4D5");
        module.Trouble(antenna: 1, status);
        await using var cable = await SerialCable.PlugInAsync(module);
        var driver = new MercuryDriver(Time);
        await using var reader = RunningReader.Start(
            driver, RunningReader.Configuration(driver, cable.Path) with { Antennas = [new AntennaConfiguration(1, "bay-01"), new AntennaConfiguration(2, "bay-02")] });
        await reader.UntilReadyAsync();
        var memory = reader.Source.Can<ITagMemory>();

        Assert.Equal("1190200078D1", await memory.ReadMemoryAsync(Tag, TagMemoryBank.Tid, 1, 3, Cancelled));
        module.Trouble(antenna: 2, 0x0400);
        Assert.StartsWith(
            $"The module at {cable.Path} could not read the memory of the tag {Tag}: ",
            (await Assert.ThrowsAsync<DeviceFaultException>(() => memory.ReadMemoryAsync(Tag, TagMemoryBank.Tid, 1, 3, Cancelled))).Message,
            StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_module_that_does_not_take_its_antennas_back_is_lost_since_other_bays_would_be_blind()
    {
        await using var module = SimulatedMercury.Start(new SimulatedMercuryOptions(), Time);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(new MercuryDriver(Time), cable.Path);
        await reader.UntilReadyAsync();
        module.Refuse(0x91);

        var told = await Assert.ThrowsAsync<DeviceFaultException>(() => reader.Source.Can<ITagMemory>().ReadMemoryAsync(Tag, TagMemoryBank.Tid, 1, 3, Cancelled));

        Assert.Equal(DeviceFaultKind.Lost, told.Kind);
        Assert.Equal(DeviceFaultKind.Lost, (await reader.FaultAsync()).Kind);
    }

    [Fact(Timeout = Limit)]
    public async Task A_word_that_a_Chafon_reader_cannot_be_asked_for_is_refused_and_the_reader_reads_on()
    {
        await using var module = SimulatedChafon.Start(new SimulatedChafonOptions(), Time);
        module.Put(1, Tag, strength: 70, TimeSpan.FromSeconds(20));
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(new ChafonDriver(Time), cable.Path);
        await reader.UntilReadyAsync();

        Assert.Equal(
            "1 words from word 256 on cannot be asked for. Ask for 1 to 255, from a word between 0 and 255 on.",
            (await Assert.ThrowsAsync<DeviceFaultException>(() => reader.Source.Can<ITagMemory>().ReadMemoryAsync(Tag, TagMemoryBank.User, 256, 1, Cancelled))).Message);
        Assert.Equal(Tag, (await reader.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task The_inputs_of_a_ThingMagic_module_are_told_and_its_outputs_switched_but_never_a_line_that_is_an_input()
    {
        await using var module = SimulatedMercury.Start(new SimulatedMercuryOptions { OutputLines = [3, 4], HighInputs = [2] }, Time);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(new MercuryDriver(Time), cable.Path);
        await reader.UntilReadyAsync();
        var ports = reader.Source.Can<IDigitalPorts>();

        Assert.Equal([new DigitalInput(1, false), new DigitalInput(2, true)], await ports.GetInputsAsync(Cancelled));
        await ports.SetOutputAsync(3, on: true, Cancelled);
        Assert.True(module.IsHigh(3));
        Assert.Equal([new DigitalOutput(3, true), new DigitalOutput(4, false)], await ports.GetOutputsAsync(Cancelled));
        await ports.SetOutputAsync(3, on: false, Cancelled);
        Assert.False(module.IsHigh(3));
        Assert.Equal(
            $"Line 2 of the module at {cable.Path} is an input. Make it an output with the maker's program, once nothing drives it from outside.",
            (await Assert.ThrowsAsync<DeviceFaultException>(() => ports.SetOutputAsync(2, on: true, Cancelled))).Message);
        Assert.Equal(
            $"The module at {cable.Path} has the lines 1, 2, 3, 4, but not 5.",
            (await Assert.ThrowsAsync<DeviceFaultException>(() => ports.SetOutputAsync(5, on: true, Cancelled))).Message);

        await Eventually.HoldsAsync(() => module.Report(Tag, -58));
        Assert.Equal(Tag, (await reader.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task The_power_of_a_Chafon_reader_is_changed_while_it_reads_and_it_reads_on()
    {
        await using var module = SimulatedChafon.Start(new SimulatedChafonOptions(), Time);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(new ChafonDriver(Time), cable.Path);
        await reader.UntilReadyAsync();

        Assert.Equal(new TransmitPower(18, null, null), await reader.Source.Can<ITransmitPower>().SetPowerAsync(18.5, Cancelled));
        Assert.Equal("eu", (await reader.Source.Can<IRadioRegion>().GetRegionAsync(Cancelled)).Name);

        module.Put(1, Tag, strength: 70, TimeSpan.FromSeconds(10));
        Assert.Equal(Tag, (await reader.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task The_input_of_a_Chafon_reader_is_told_and_each_output_switched_without_the_other()
    {
        await using var module = SimulatedChafon.Start(new SimulatedChafonOptions { InputIsHigh = true }, Time);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(new ChafonDriver(Time), cable.Path);
        await reader.UntilReadyAsync();
        var ports = reader.Source.Can<IDigitalPorts>();

        Assert.Equal([new DigitalInput(1, true)], await ports.GetInputsAsync(Cancelled));
        await ports.SetOutputAsync(2, on: false, Cancelled);
        Assert.Equal((true, false), (module.IsHigh(1), module.IsHigh(2)));
        Assert.Equal([new DigitalOutput(1, true), new DigitalOutput(2, false)], await ports.GetOutputsAsync(Cancelled));
        await ports.SetOutputAsync(1, on: false, Cancelled);
        await ports.SetOutputAsync(2, on: true, Cancelled);
        Assert.Equal((false, true), (module.IsHigh(1), module.IsHigh(2)));
        Assert.Equal(
            $"The reader at {cable.Path} has the outputs 1 and 2, but not 3.",
            (await Assert.ThrowsAsync<DeviceFaultException>(() => ports.SetOutputAsync(3, on: true, Cancelled))).Message);

        module.Put(1, Tag, strength: 70, TimeSpan.FromSeconds(10));
        Assert.Equal(Tag, (await reader.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task An_old_Chafon_reader_says_that_it_has_no_inputs()
    {
        await using var module = SimulatedChafon.Start(new SimulatedChafonOptions { Type = SimulatedChafonOptions.UhfReader18 }, Time);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(new ChafonDriver(Time), cable.Path);
        await reader.UntilReadyAsync();

        Assert.Equal(
            $"The reader at {cable.Path} refused to tell its inputs and outputs: it does not know this command. Update its firmware, or use another model for this. (command 0x47)",
            (await Assert.ThrowsAsync<DeviceFaultException>(() => reader.Source.Can<IDigitalPorts>().GetInputsAsync(Cancelled))).Message);
    }

    [Fact(Timeout = Limit)]
    public async Task A_probe_of_a_module_tells_which_tags_stand_there_and_how_strong_they_are()
    {
        await using var r200 = SimulatedR200.Start(new SimulatedR200Options(), Time);
        await using var mercury = SimulatedMercury.Start(new SimulatedMercuryOptions(), Time);
        await using var chafon = SimulatedChafon.Start(new SimulatedChafonOptions(), Time);
        chafon.Put(1, Tag, strength: 70, TimeSpan.FromSeconds(20));

        await HearsAsync(new R200Driver(Time), r200, -58, () => r200.Report(Tag, -58));
        await HearsAsync(new MercuryDriver(Time), mercury, -58, () => mercury.Report(Tag, -58));
        await HearsAsync(new ChafonDriver(Time), chafon, -59, () => true);
        Assert.Equal((false, false), (r200.IsReading, mercury.IsReading));
    }

    [Theory(Timeout = Limit)]
    [InlineData("r200")]
    [InlineData("mercury")]
    [InlineData("chafon")]
    public async Task A_power_that_the_region_does_not_allow_with_this_antenna_is_refused(string id)
    {
        var (driver, module) = Start(id);
        await using (module)
        {
            await using var cable = await SerialCable.PlugInAsync(module);
            await using var reader = RunningReader.Start(driver, cable.Path, ("region", "cn900"), ("powerDbm", "26"), ("antennaGainDbi", "12"));

            Assert.Equal(
                $"26 dBm is wanted of the {(id == "chafon" ? "reader" : "module")} at {cable.Path}, but China 920-925 MHz allows 23.15 dBm with an antenna of 12 dBi. Lower powerDbm.",
                (await reader.FaultAsync()).Message);
        }
    }

    [Theory(Timeout = Limit)]
    [InlineData("r200")]
    [InlineData("mercury")]
    [InlineData("chafon")]
    public async Task A_check_refuses_a_power_that_the_region_does_not_allow_before_anything_is_set(string id)
    {
        var (driver, module) = Start(id);
        await using (module)
        {
            await using var cable = await SerialCable.PlugInAsync(module);

            var report = await driver.ProbeAsync(RunningReader.Configuration(driver, cable.Path, ("region", "cn900"), ("powerDbm", "26"), ("antennaGainDbi", "12")), Cancelled);

            Assert.False(report.Answered);
            Assert.EndsWith(" but China 920-925 MHz allows 23.15 dBm with an antenna of 12 dBi. Lower powerDbm.", report.Summary, StringComparison.Ordinal);
        }
    }

    private static (ISourceDriver Driver, SimulatedSerialModule Module) Start(string id) => id switch
    {
        "r200" => (new R200Driver(Time), SimulatedR200.Start(new SimulatedR200Options(), Time)),
        "mercury" => (new MercuryDriver(Time), SimulatedMercury.Start(new SimulatedMercuryOptions(), Time)),
        _ => (new ChafonDriver(Time), SimulatedChafon.Start(new SimulatedChafonOptions(), Time)),
    };

    private static async Task HearsAsync(ISourceDriver driver, SimulatedSerialModule module, double dBm, Func<bool> show)
    {
        await using var cable = await SerialCable.PlugInAsync(module);
        var probing = driver.ProbeAsync(RunningReader.Configuration(driver, cable.Path), Cancelled);
        while (!probing.IsCompleted)
        {
            show();
            await Task.Delay(10, Cancelled);
        }

        var report = await probing;

        Assert.True(report.Answered, report.Summary);
        Assert.Equal((1, Tag, (double?)dBm), report.Heard is [var tag, ..] ? (tag.Antenna, tag.Tag, tag.RssiDbm) : default);
        Assert.NotNull(report.Power);
    }
}
