using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.R200;
using BayEdge.Drivers.Tests.Serial;
using BayEdge.Simulator.Readers.Serial;

namespace BayEdge.Drivers.Tests.R200;

public class R200DriverTests
{
    private const int Limit = 30_000;

    private readonly R200Driver _driver = new(TimeProvider.System);

    [Fact]
    public void The_settings_have_these_defaults_and_limits()
    {
        Assert.Equal(("r200", SourceKind.Reader), (_driver.Descriptor.Id, _driver.Descriptor.Kind));
        Assert.Equal(
            [
                ("port", FieldType.Location, true, null, null, null, null),
                ("baudRate", FieldType.Integer, false, "115200", 1200, 921_600, "Bd"),
                ("framing", FieldType.Choice, false, "auto", null, null, null),
                ("powerDbm", FieldType.Number, false, null, 5, 33, "dBm"),
                ("region", FieldType.Choice, false, null, null, null, null),
                ("antennaGainDbi", FieldType.Number, false, null, -10, 15, "dBi"),
            ],
            _driver.Descriptor.Fields.Select(field => (field.Key, field.Type, field.Required, field.Default, field.Minimum, field.Maximum, field.Unit)));
        Assert.Equal(["cn900", "us", "eu", "cn800", "kr"], _driver.Descriptor.Fields.Single(field => field.Key == "region").Choices);
    }

    [Fact(Timeout = Limit)]
    public async Task A_probe_tells_what_was_found_and_changes_nothing()
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options { FramesBetweenAaAndDd = true }, TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(module);

        var report = await ProbeAsync(cable.Path, ("region", "eu"), ("powerDbm", "26"));

        Assert.True(report.Answered, report.Summary);
        Assert.Equal(
            "M100 26dBm V1.0, firmware V2.3.1, China 920-925 MHz, 20 dBm. It will be set to Europe 865-868 MHz and 26 dBm, as configured.",
            report.Summary);
        Assert.Equal(
            [
                ("manufacturer", "MagicRF"), ("model", "M100 26dBm V1.0"), ("firmware", "V2.3.1"), ("antennas", "1"),
                ("framing", "AADD"), ("region", "China 920-925 MHz"), ("power", "20 dBm"),
            ],
            report.Facts.Select(fact => (fact.Name, fact.Value)));
        Assert.Equal((1, 2000), (module.Region, module.PowerCentiDbm));
    }

    [Theory(Timeout = Limit)]
    [InlineData("M100 26dBm V1.0", "26.5", " Its name says 26 dBm: whether it takes 26.5 dBm shows when it is started; lower powerDbm if it does not.")]
    [InlineData("M100 26dBm V1.0", "26", "")]
    [InlineData("R200 V2", "33", "")]
    public async Task A_probe_doubts_a_power_above_the_one_in_the_modules_name(string hardware, string dBm, string doubt)
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options { Hardware = hardware }, TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(module);

        var report = await ProbeAsync(cable.Path, ("powerDbm", dBm));

        Assert.EndsWith($" It will be set to {dBm} dBm, as configured.{doubt}", report.Summary, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_module_that_is_still_reading_is_probed_all_the_same()
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options(), TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using (var reader = RunningReader.Start(_driver, cable.Path))
        {
            await reader.UntilReadyAsync();
            await Eventually.HoldsAsync(() => module.IsReading);
            await cable.UnplugAsync();
        }

        await cable.PlugInAsync();
        Assert.True(module.IsReading);

        Assert.True((await ProbeAsync(cable.Path)).Answered);
    }

    [Fact(Timeout = Limit)]
    public async Task A_port_where_nothing_answers_is_told_so()
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options(), TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(module);
        module.FallSilent();

        var report = await ProbeAsync(cable.Path);

        Assert.False(report.Answered);
        Assert.Equal(
            $"Nothing answers at {cable.Path}. Check the module's power, that its enable pin is on and that its TX and RX are not swapped.", report.Summary);
    }

    [Fact(Timeout = Limit)]
    public async Task Another_device_is_not_taken_for_a_module()
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options { FramesBetweenAaAndDd = true }, TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(module);
        module.SendGarbage("$GPGGA,080000.00,3110.5,N"u8.ToArray());
        var probing = ProbeAsync(cable.Path, ("framing", "BB7E"));
        while (!probing.IsCompleted)
        {
            module.SendGarbage("$GPGGA,080000.00,3110.5,N"u8.ToArray());
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        var report = await probing;

        Assert.False(report.Answered);
        Assert.Equal(
            $"What comes from {cable.Path} is not from an R200 or M100 module. Check that it is the right port, and that baudRate (115200) and framing are those of the module.",
            report.Summary);
    }

    [Fact(Timeout = Limit)]
    public async Task A_second_antenna_is_refused()
    {
        var configuration = RunningReader.Configuration(_driver, "/dev/null") with
        {
            Antennas = [new AntennaConfiguration(1, "bay-01"), new AntennaConfiguration(2, "bay-02")],
        };

        var report = await _driver.ProbeAsync(configuration, TestContext.Current.CancellationToken);

        Assert.Equal(
            (false, "The module at /dev/null has one antenna, port 1, but the configuration names port 2. Remove that antenna."),
            (report.Answered, report.Summary));
    }

    [Fact(Timeout = Limit)]
    public async Task Region_and_power_are_set_as_configured_and_a_parked_tag_goes_on_reporting()
    {
        // Selected tags only, session S2, target B: what another program may have left.
        await using var module = SimulatedR200.Start(new SimulatedR200Options { Query = 0x1EA0 }, TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, cable.Path, ("region", "eu"), ("powerDbm", "22.5"));

        await reader.UntilReadyAsync();

        Assert.Equal((3, 2250, 0x1020), (module.Region, module.PowerCentiDbm, module.Query));
    }

    [Fact(Timeout = Limit)]
    public async Task A_region_that_the_module_does_not_take_is_refused()
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options { PossibleRegions = [1] }, TimeProvider.System);
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
    public async Task More_power_than_the_module_has_is_refused()
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options(), TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, cable.Path, ("powerDbm", "30"));

        Assert.Equal(
            $"The module at {cable.Path} was told to send with 30 dBm but uses 26 dBm. Set powerDbm to what the module can do.",
            (await reader.FaultAsync()).Message);
    }

    [Theory(Timeout = Limit)]
    [InlineData(0x12)]
    [InlineData(0x0D)]
    [InlineData(0x28)]
    public async Task A_module_that_lacks_a_helpful_command_reads_without_it(byte command)
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options(), TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(module);
        module.Refuse(command);
        await using var reader = RunningReader.Start(_driver, cable.Path);

        await reader.UntilReadyAsync();

        await Eventually.HoldsAsync(() => module.IsReading);
    }

    private Task<ProbeReport> ProbeAsync(string port, params (string Key, string Value)[] settings) =>
        _driver.ProbeAsync(RunningReader.Configuration(_driver, port, settings), TestContext.Current.CancellationToken);
}
