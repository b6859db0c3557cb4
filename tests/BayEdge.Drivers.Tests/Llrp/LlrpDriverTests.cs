using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Llrp;
using BayEdge.Simulator.Readers;
using BayEdge.TestKit;

namespace BayEdge.Drivers.Tests.Llrp;

public class LlrpDriverTests
{
    private readonly LlrpDriver _driver = new(TimeProvider.System);

    [Fact]
    public void The_settings_have_these_defaults_and_limits()
    {
        Assert.Equal(("llrp", SourceKind.Reader), (_driver.Descriptor.Id, _driver.Descriptor.Kind));
        Assert.Equal(
            [
                ("address", FieldType.HostAndPort, true, null, null, null, null),
                ("powerDbm", FieldType.Number, false, null, 0, 33, "dBm"),
                ("region", FieldType.Choice, false, null, null, null, null),
                ("antennaGainDbi", FieldType.Number, false, null, -10, 15, "dBi"),
                ("session", FieldType.Choice, false, "S1", null, null, null),
                ("keepAliveSeconds", FieldType.Integer, false, "10", 1, 15, "s"),
                ("identity", FieldType.Choice, false, "EPC", null, null, null),
            ],
            _driver.Descriptor.Fields.Select(field =>
                (field.Key, field.Type, field.Required, field.Default, field.Minimum, field.Maximum, field.Unit)));
        Assert.Equal(["S0", "S1"], _driver.Descriptor.Fields.Single(field => field.Key == "session").Choices);
    }

    [Fact]
    public void An_address_without_a_port_means_the_port_of_LLRP() =>
        Assert.Equal(new HostAndPort("192.0.2.5", 5084), LlrpSettings.From(RunningSource.Configuration("192.0.2.5")).Address);

    [Fact]
    public void The_antennas_come_from_the_reader_each_once_and_in_order() =>
        Assert.Equal([1, 2, 4], LlrpSettings.From(RunningSource.Configuration("192.0.2.5", antennas: [4, 1, 2, 1])).Antennas.Select(port => (int)port));

    [Fact(Timeout = 30_000)]
    public async Task A_probe_tells_who_the_reader_is_and_leaves_it_free()
    {
        var options = new SimulatedReaderOptions { Manufacturer = 25882, Model = 2001002, Firmware = "6.4.1.240", AntennaPorts = 4 };
        await using var reader = SimulatedLlrpReader.Start(options, TimeProvider.System);

        for (var time = 1; time <= 2; time++)
        {
            var report = await ProbeAsync(RunningSource.Configuration(reader.Address), TestContext.Current.CancellationToken);

            Assert.True(report.Answered, report.Summary);
            Assert.Equal("Impinj reader, model 2001002, firmware 6.4.1.240, 4 antenna ports.", report.Summary);
            Assert.Equal(
                ["manufacturer=Impinj", "model=2001002", "firmware=6.4.1.240", "LLRP=1.1", "antennas=4", "connected antennas=1, 2, 3, 4", "region=China 920-925 MHz"],
                report.Facts.Select(fact => $"{fact.Name}={fact.Value}"));
            Assert.Equal([1, 2, 3, 4], report.Antennas.Where(port => port.Connected == true).Select(port => port.Port));
            Assert.Equal(new TransmitPower(30, 10, 30), report.Power);
            Assert.Empty(report.Heard!.Value);
            Assert.False(reader.IsReading);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_probe_tells_which_tags_stand_there_and_how_strong_they_are()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);

        var probing = ProbeAsync(RunningSource.Configuration(reader.Address, settings: ("powerDbm", "22")), TestContext.Current.CancellationToken);
        await reader.WaitUntilReadingAsync(TestContext.Current.CancellationToken);
        foreach (var (antenna, tag, dBm) in ((int, string, double)[])[(1, "ABCD", -61), (2, "EF01", -48), (1, "ABCD", -57)])
            reader.Report(antenna, tag, dBm, 1, TimeProvider.System.GetUtcNow());
        var report = await probing;

        Assert.Equal([new HeardTag(2, "EF01", -48, 1), new HeardTag(1, "ABCD", -57, 2)], report.Heard!.Value);
        Assert.Equal(22, report.Power!.NowDbm);
        Assert.False(reader.IsReading);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_probe_leaves_what_another_program_ordered_alone()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);
        await using (var other = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken))
        {
            await other.UntilReadyAsync();
            reader.DropConnection();
        }

        var report = await ProbeAsync(RunningSource.Configuration(reader.Address), TestContext.Current.CancellationToken);

        Assert.True(report.Answered, report.Summary);
        Assert.Null(report.Heard);
        await using var later = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await later.UntilReadyAsync();
    }

    [Fact(Timeout = 30_000)]
    public async Task A_probe_of_a_reader_in_use_says_so()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);
        await using var holder = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await holder.UntilReadyAsync();

        var report = await ProbeAsync(RunningSource.Configuration(reader.Address), TestContext.Current.CancellationToken);

        Assert.False(report.Answered);
        Assert.Equal(
            $"Another program holds the reader at {reader.Address} (connection status 2). "
            + "End that program, or restart the reader if its connection is a left-over. "
            + "If the BayEdge service runs and uses this reader, it is that program, and all is well.",
            report.Summary);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_probe_of_a_reader_with_too_few_antennas_says_so()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { AntennaPorts = 1 }, TimeProvider.System);

        var report = await ProbeAsync(RunningSource.Configuration(reader.Address, antennas: [1, 2]), TestContext.Current.CancellationToken);

        Assert.False(report.Answered);
        Assert.StartsWith("Antenna port 2 is configured, but the reader", report.Summary, StringComparison.Ordinal);
    }

    [Theory(Timeout = 30_000)]
    [InlineData(25882u, true)]
    [InlineData(32473u, false)]
    public async Task A_probe_refuses_serial_numbers_of_tags_where_the_reader_cannot_tell_them(uint manufacturer, bool answers)
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { Manufacturer = manufacturer }, TimeProvider.System);

        var report = await ProbeAsync(RunningSource.Configuration(reader.Address, settings: ("identity", "TID")), TestContext.Current.CancellationToken);

        Assert.Equal(answers, report.Answered);
        if (!answers)
        {
            Assert.Equal(
                $"The reader at {reader.Address} cannot tell the serial numbers of tags (FastID); Impinj readers can. Set identity to EPC.", report.Summary);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_probe_tells_the_serial_number_of_a_tag_where_that_is_its_identity()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { Manufacturer = 25882 }, TimeProvider.System);

        var probing = ProbeAsync(RunningSource.Configuration(reader.Address, settings: ("identity", "TID")), TestContext.Current.CancellationToken);
        await reader.WaitUntilReadingAsync(TestContext.Current.CancellationToken);
        reader.Report(1, "ABCD", -61, 1, TimeProvider.System.GetUtcNow(), tid: "E2801190200078D1A2B3C4D5");

        Assert.Equal("E2801190200078D1A2B3C4D5", Assert.Single((await probing).Heard!.Value).Tag);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_probe_of_a_reader_whose_antenna_is_unplugged_says_so()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);
        reader.Plug(2, connected: false);

        var report = await ProbeAsync(RunningSource.Configuration(reader.Address, antennas: [1, 2]), TestContext.Current.CancellationToken);

        Assert.False(report.Answered);
        Assert.Equal($"The reader at {reader.Address} feels no antenna on port 2. Check the antenna cable and its plugs.", report.Summary);
        Assert.Equal("1, 3, 4", report.Fact(ProbeFact.ConnectedAntennas));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_probe_of_nothing_says_so()
    {
        var port = LoopbackPorts.Free();

        var report = await ProbeAsync(RunningSource.Configuration($"127.0.0.1:{port}"), TestContext.Current.CancellationToken);

        Assert.False(report.Answered);
        Assert.Equal($"No reader answers at 127.0.0.1:{port}. Check its power, the network cable and the address.", report.Summary);
    }

    private Task<ProbeReport> ProbeAsync(ReaderConfiguration configuration, CancellationToken cancellationToken) =>
        _driver.ProbeAsync(configuration, cancellationToken);
}
