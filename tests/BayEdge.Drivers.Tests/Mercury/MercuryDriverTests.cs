using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Mercury;
using BayEdge.Drivers.Tests.Serial;
using BayEdge.Simulator.Readers.Serial;

namespace BayEdge.Drivers.Tests.Mercury;

public class MercuryDriverTests
{
    private const int Limit = 30_000;

    private readonly MercuryDriver _driver = new(TimeProvider.System);

    [Fact]
    public void The_settings_have_these_defaults_and_limits()
    {
        Assert.Equal(("mercury", SourceKind.Reader), (_driver.Descriptor.Id, _driver.Descriptor.Kind));
        Assert.Equal(
            [
                ("port", FieldType.Location, true, null, null, null, null),
                ("baudRate", FieldType.Integer, false, "115200", 1200, 921_600, "Bd"),
                ("powerDbm", FieldType.Number, false, null, 0, 33, "dBm"),
                ("region", FieldType.Choice, false, null, null, null, null),
                ("antennaGainDbi", FieldType.Number, false, null, -10, 15, "dBi"),
            ],
            _driver.Descriptor.Fields.Select(field => (field.Key, field.Type, field.Required, field.Default, field.Minimum, field.Maximum, field.Unit)));
        Assert.Equal(["cn900", "us", "us-narrow", "eu", "kr", "in", "jp", "au", "nz"], _driver.Descriptor.Fields.Single(field => field.Key == "region").Choices);
    }

    [Fact(Timeout = Limit)]
    public async Task A_probe_tells_what_was_found_and_changes_nothing()
    {
        await using var module = Module();
        await using var cable = await SerialCable.PlugInAsync(module);

        var report = await ProbeAsync(cable.Path, ("region", "eu"), ("powerDbm", "23.5"));

        Assert.True(report.Answered, report.Summary);
        Assert.Equal(
            "ThingMagic M6e Nano, firmware 01.07.01.02, China 920-925 MHz, 20 dBm. It will be set to Europe 865-868 MHz and 23.5 dBm, as configured.",
            report.Summary);
        Assert.Equal(
            [
                ("manufacturer", "ThingMagic"), ("model", "M6e Nano"), ("firmware", "01.07.01.02"), ("region", "China 920-925 MHz"),
                ("power", "20 dBm"), ("possible power", "0 dBm to 27 dBm"), ("antennas", "1"), ("connected antennas", "1"), ("temperature", "41 °C"),
            ],
            report.Facts.Select(fact => (fact.Name, fact.Value)));
        Assert.Equal((6, 2000), (module.Region, module.PowerCentiDbm));
    }

    [Fact(Timeout = Limit)]
    public async Task A_module_that_is_still_reading_is_probed_all_the_same()
    {
        await using var module = Module();
        await using var cable = await SerialCable.PlugInAsync(module);
        await using (var reader = RunningReader.Start(_driver, cable.Path))
        {
            await reader.UntilReadyAsync();
            await cable.UnplugAsync();
        }

        await cable.PlugInAsync();
        Assert.True(module.IsReading);

        Assert.True((await ProbeAsync(cable.Path)).Answered);
    }

    [Fact(Timeout = Limit)]
    public async Task A_port_where_nothing_answers_is_told_so()
    {
        await using var module = Module();
        await using var cable = await SerialCable.PlugInAsync(module);
        module.FallSilent();

        var report = await ProbeAsync(cable.Path);

        Assert.Equal(
            (false, $"Nothing answers at {cable.Path}. Check the module's power, that its enable pin is on and that its TX and RX are not swapped."),
            (report.Answered, report.Summary));
    }

    [Fact(Timeout = Limit)]
    public async Task Another_device_is_not_taken_for_a_module()
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options(), TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(module);
        var probing = ProbeAsync(cable.Path);
        while (!probing.IsCompleted)
        {
            module.SendGarbage("$GPGGA,080000.00,3110.5,N"u8.ToArray());
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Equal(
            $"What comes from {cable.Path} is not from a ThingMagic module. Check that it is the right port, and that baudRate (115200) is that of the module.",
            (await probing).Summary);
    }

    [Fact(Timeout = Limit)]
    public async Task Region_and_power_are_set_as_configured_and_a_parked_tag_goes_on_reporting()
    {
        await using var module = Module();
        await using var cable = await SerialCable.PlugInAsync(module);
        Assert.False(module.RepeatsTags);
        await using var reader = RunningReader.Start(_driver, cable.Path, ("region", "eu"), ("powerDbm", "23.5"));

        await reader.UntilReadyAsync();

        Assert.Equal((8, 2350, true), (module.Region, module.PowerCentiDbm, module.RepeatsTags));
    }

    [Fact(Timeout = Limit)]
    public async Task A_region_that_the_module_does_not_take_is_refused()
    {
        await using var module = Module(new SimulatedMercuryOptions { PossibleRegions = [6] });
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, cable.Path, ("region", "us"));

        var fault = await reader.FaultAsync();

        Assert.Equal(DeviceFaultKind.Refused, fault.Kind);
        Assert.Equal(
            $"The module at {cable.Path} was told to use America 902-928 MHz but stays with China 920-925 MHz. Use a module made for this region, or correct the setting region.",
            fault.Message);
        Assert.False(module.IsReading);
    }

    [Fact(Timeout = Limit)]
    public async Task A_module_without_a_region_asks_for_one()
    {
        await using var module = Module(new SimulatedMercuryOptions { Region = 0 });
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, cable.Path);

        Assert.Equal(
            $"The module at {cable.Path} has no radio region and does not read without one. Set region to the lawful one.",
            (await reader.FaultAsync()).Message);
    }

    [Fact(Timeout = Limit)]
    public async Task More_power_than_the_module_has_is_refused()
    {
        await using var module = Module();
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, cable.Path, ("powerDbm", "30"));

        Assert.Equal(
            $"30 dBm is wanted, but the module at {cable.Path} can send with 0 dBm to 27 dBm. Correct powerDbm.",
            (await reader.FaultAsync()).Message);
    }

    [Fact(Timeout = Limit)]
    public async Task An_antenna_that_the_module_does_not_have_is_refused()
    {
        await using var module = Module();
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, RunningReader.Configuration(_driver, cable.Path) with
        {
            Antennas = [new AntennaConfiguration(1, "bay-01"), new AntennaConfiguration(2, "bay-02")],
        });

        Assert.Equal(
            $"The module at {cable.Path} (M6e Nano) does not take antenna port 1, 2. Correct the antennas of the reader.",
            (await reader.FaultAsync()).Message);
    }

    [Theory(Timeout = Limit)]
    [InlineData(0x0C)]
    [InlineData(0x9A)]
    public async Task A_module_that_lacks_a_helpful_command_reads_without_it(byte command)
    {
        await using var module = Module();
        await using var cable = await SerialCable.PlugInAsync(module);
        module.Refuse(command);
        await using var reader = RunningReader.Start(_driver, cable.Path);

        await reader.UntilReadyAsync();

        Assert.True(module.IsReading);
    }

    private static SimulatedMercury Module(SimulatedMercuryOptions? options = null) =>
        SimulatedMercury.Start(options ?? new SimulatedMercuryOptions(), TimeProvider.System);

    private Task<ProbeReport> ProbeAsync(string port, params (string Key, string Value)[] settings) =>
        _driver.ProbeAsync(RunningReader.Configuration(_driver, port, settings), TestContext.Current.CancellationToken);
}
