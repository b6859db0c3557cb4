using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Chafon;
using BayEdge.Drivers.Tests.Serial;
using BayEdge.Simulator.Readers.Serial;

namespace BayEdge.Drivers.Tests.Chafon;

public class ChafonDriverTests
{
    private const int Limit = 30_000;

    private readonly ChafonDriver _driver = new(TimeProvider.System);

    [Fact]
    public void The_settings_have_these_defaults_and_limits()
    {
        Assert.Equal(("chafon", SourceKind.Reader), (_driver.Descriptor.Id, _driver.Descriptor.Kind));
        Assert.Equal(
            [
                ("port", FieldType.Location, true, null, null, null, null),
                ("baudRate", FieldType.Integer, false, "57600", 1200, 921_600, "Bd"),
                ("model", FieldType.Choice, false, "auto", null, null, null),
                ("powerDbm", FieldType.Integer, false, null, 0, 33, "dBm"),
                ("region", FieldType.Choice, false, null, null, null, null),
                ("antennaGainDbi", FieldType.Number, false, null, -10, 15, "dBi"),
                ("rssiOffsetDb", FieldType.Number, false, "-129", -255, 0, "dB"),
            ],
            _driver.Descriptor.Fields.Select(field => (field.Key, field.Type, field.Required, field.Default, field.Minimum, field.Maximum, field.Unit)));
    }

    [Fact(Timeout = Limit)]
    public async Task A_probe_tells_what_was_found_and_changes_nothing()
    {
        await using var device = SimulatedChafon.Start(new SimulatedChafonOptions(), TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(device);

        var report = await ProbeAsync(RunningReader.Configuration(_driver, cable.Path, ("region", "cn900"), ("powerDbm", "20")));

        Assert.True(report.Answered, report.Summary);
        Assert.Equal(
            "UHFReader288M, firmware 0.22, Europe 865-868 MHz, 30 dBm. It will be set to China 920-925 MHz and 20 dBm, as configured.", report.Summary);
        Assert.Equal(
            [("model", "UHFReader288M"), ("firmware", "0.22"), ("region", "Europe 865-868 MHz"), ("power", "30 dBm")],
            report.Facts.Select(fact => (fact.Name, fact.Value)));
        Assert.Equal(((byte)0x4E, (byte)0x00, (byte)30), (device.Band.Highest, device.Band.Lowest, device.PowerDbm));
    }

    [Fact(Timeout = Limit)]
    public async Task A_port_where_nothing_answers_is_told_so()
    {
        await using var device = SimulatedChafon.Start(new SimulatedChafonOptions(), TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(device);
        device.FallSilent();

        var report = await ProbeAsync(RunningReader.Configuration(_driver, cable.Path));

        Assert.Equal(
            (false, $"Nothing answers at {cable.Path}. Check the reader's power and cable, and that baudRate is that of the reader."),
            (report.Answered, report.Summary));
    }

    [Theory(Timeout = Limit)]
    [InlineData(SimulatedChafonOptions.UhfReader18, 2, 1)]
    [InlineData(SimulatedChafonOptions.UhfReader288M, 9, 8)]
    public async Task An_antenna_that_the_model_lacks_is_refused(byte type, int named, int most)
    {
        await using var device = SimulatedChafon.Start(new SimulatedChafonOptions { Type = type }, TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(device);
        var configuration = RunningReader.Configuration(_driver, cable.Path) with { Antennas = [new AntennaConfiguration(named, "bay-01")] };

        var report = await ProbeAsync(configuration);

        Assert.Equal(
            (false, $"The reader at {cable.Path} has at most {most} antenna ports, but the configuration names port {named}. Correct the antennas or the setting model."),
            (report.Answered, report.Summary));
    }

    [Fact(Timeout = Limit)]
    public async Task Region_and_power_are_set_as_configured()
    {
        await using var device = SimulatedChafon.Start(new SimulatedChafonOptions(), TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(device);
        await using var reader = RunningReader.Start(_driver, cable.Path, ("region", "us"), ("powerDbm", "25"));

        await reader.UntilReadyAsync();

        Assert.Equal(((byte)0x31, (byte)0x80, (byte)25), (device.Band.Highest, device.Band.Lowest, device.PowerDbm));
    }

    [Fact(Timeout = Limit)]
    public async Task A_region_that_the_reader_does_not_take_is_refused()
    {
        await using var device = SimulatedChafon.Start(new SimulatedChafonOptions { TakesBands = false }, TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(device);
        await using var reader = RunningReader.Start(_driver, cable.Path, ("region", "us"));

        Assert.Equal(
            $"The reader at {cable.Path} was told to use America 902-928 MHz but stays with Europe 865-868 MHz. Use a reader made for this region, or correct the setting region.",
            (await reader.FaultAsync()).Message);
    }

    [Fact(Timeout = Limit)]
    public async Task More_power_than_the_reader_has_is_refused()
    {
        await using var device = SimulatedChafon.Start(new SimulatedChafonOptions { PowerDbm = 20, MostPowerDbm = 26 }, TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(device);
        await using var reader = RunningReader.Start(_driver, cable.Path, ("powerDbm", "33"));

        Assert.Equal(
            $"The reader at {cable.Path} was told to send with 33 dBm but uses 26 dBm. Set powerDbm to what the reader can do.",
            (await reader.FaultAsync()).Message);
    }

    private Task<ProbeReport> ProbeAsync(ReaderConfiguration configuration) => _driver.ProbeAsync(configuration, TestContext.Current.CancellationToken);
}
