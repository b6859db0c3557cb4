using System.Text.Json.Nodes;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Tests.Push;
using BayEdge.Simulator.Readers.Push;
using BayEdge.TestKit;

namespace BayEdge.Drivers.Tests.ZebraIot;

public class ZebraManagementTests
{
    private const int Limit = 30_000;
    private const string Tag = "E28068940000501234567890";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory(Timeout = Limit)]
    [InlineData("cn900", "27", null, null)]
    [InlineData("au", null, null, null)]
    [InlineData("eu", null, null, "The reader at ADDRESS is set to China, CHINA, but Europe 865-868 MHz is configured. Set the region on the reader's own page, or correct the setting region.")]
    [InlineData(null, "30", null, "The reader at ADDRESS sends with 27 dBm, but 30 dBm is configured. Set the power on the reader's own page, or correct the setting powerDbm.")]
    [InlineData("cn900", null, "12", "The reader at ADDRESS is itself set to 27 dBm, but China 920-925 MHz allows 23.15 dBm with an antenna of 12 dBi. Lower it on the reader's own page.")]
    public async Task Region_and_power_are_compared_with_the_configuration(string? region, string? power, string? gain, string? expected)
    {
        var port = LoopbackPorts.Free();
        await using var management = SimulatedZebraManagement.Start(port);
        var configuration = Configuration(port, ("region", region), ("powerDbm", power), ("antennaGainDbi", gain));
        await using var source = new RunningPush(RunningPush.Drivers().DriverOf(configuration).Create(configuration));

        if (expected is null)
        {
            await source.UntilReadyAsync();
            Assert.Equal([new AntennaPort(1, true), new AntennaPort(2, false)], await source.Source.Can<IAntennaPorts>().GetAntennasAsync(Cancelled));
            Assert.Equal(new RadioRegion("cn900", "China, CHINA"), await source.Source.Can<IRadioRegion>().GetRegionAsync(Cancelled));
        }
        else
        {
            Assert.Equal(expected.Replace("ADDRESS", $"127.0.0.1:{port}", StringComparison.Ordinal), (await source.FaultAsync()).Message);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Inputs_are_told_and_outputs_switched_where_the_reader_can_be_asked()
    {
        var port = LoopbackPorts.Free();
        await using var management = SimulatedZebraManagement.Start(port);
        var (asked, mute) = (Configuration(port), Configuration(port, ("readerAddress", null)));
        var ports = RunningPush.Drivers().DriverOf(asked).Create(asked).Can<IDigitalPorts>();

        Assert.Equal([new DigitalInput(1, true), new DigitalInput(2, false)], await ports.GetInputsAsync(Cancelled));
        await ports.SetOutputAsync(2, on: true, Cancelled);
        Assert.True(management.Outputs[2]);
        Assert.Equal([new DigitalOutput(1, false), new DigitalOutput(2, true), new DigitalOutput(3, false), new DigitalOutput(4, false)], await ports.GetOutputsAsync(Cancelled));
        await ports.SetOutputAsync(2, on: false, Cancelled);
        Assert.False(management.Outputs[2]);
        management.TellsOutputs = false;
        Assert.Empty(await ports.GetOutputsAsync(Cancelled));
        Assert.Equal(
            "The reader reader-1 sends its events, but nothing tells where it can be asked. Set readerAddress.",
            (await Assert.ThrowsAsync<DeviceFaultException>(() => RunningPush.Drivers().DriverOf(mute).Create(mute).Can<IDigitalPorts>().GetInputsAsync(Cancelled))).Message);
    }

    [Fact(Timeout = Limit)]
    public async Task A_power_for_each_antenna_and_a_standard_instead_of_carriers_are_understood()
    {
        var port = LoopbackPorts.Free();
        await using var management = SimulatedZebraManagement.Start(port);
        management.Region = new JsonObject { ["country"] = "USA", ["regulatoryStandard"] = "FCC_15" };
        management.Mode = new JsonObject { ["transmitPower"] = new JsonArray(27, "31") };
        var configuration = Configuration(port, ("region", "us"));
        await using var source = new RunningPush(RunningPush.Drivers().DriverOf(configuration).Create(configuration));

        Assert.Equal(
            $"The reader at 127.0.0.1:{port} is itself set to 31 dBm, but America 902-928 MHz allows 30 dBm. Lower it on the reader's own page.", (await source.FaultAsync()).Message);
    }

    [Theory(Timeout = Limit)]
    [InlineData("SIMPLE", false)]
    [InlineData("PORTAL", false)]
    [InlineData("conveyor", false)]
    [InlineData("inventory", true)]
    [InlineData("CUSTOM", true)]
    [InlineData(null, true)]
    public async Task A_reader_that_does_not_report_a_parked_tag_again_is_refused_by_source_and_check(string? mode, bool works)
    {
        var port = LoopbackPorts.Free();
        await using var management = SimulatedZebraManagement.Start(port);
        management.Mode["type"] = mode;
        var configuration = Configuration(port);
        await using var source = new RunningPush(RunningPush.Drivers().DriverOf(configuration).Create(configuration));

        if (works)
        {
            await source.UntilReadyAsync();
            return;
        }

        var sentence = $"The reader at 127.0.0.1:{port} is in operating mode {mode}, which does not report a tag for as long as it is there, so a parked car would seem to leave. Set operating mode INVENTORY on the reader's own page.";
        Assert.Equal(sentence, (await source.FaultAsync()).Message);
        Assert.Equal((false, sentence), await ProbeAsync(configuration) is var report ? (report.Answered, report.Summary) : default);
    }

    [Fact(Timeout = Limit)]
    public async Task A_region_that_is_named_China_without_channels_could_be_either_of_two_and_is_not_taken_for_one()
    {
        var port = LoopbackPorts.Free();
        await using var management = SimulatedZebraManagement.Start(port);
        management.Region = new JsonObject { ["country"] = "China", ["regulatoryStandard"] = "CHINA" };

        Assert.Equal(
            $"The reader at 127.0.0.1:{port} names its region China, CHINA without channels, which could not be compared with China 920-925 MHz. Update its firmware, or leave the setting region empty.",
            (await ProbeAsync(Configuration(port, ("region", "cn900")))).Summary);
        Assert.True((await ProbeAsync(Configuration(port))).Answered);
    }

    [Fact(Timeout = Limit)]
    public async Task A_wrong_password_and_a_missing_address_are_told()
    {
        var port = LoopbackPorts.Free();
        await using var management = SimulatedZebraManagement.Start(port);
        management.Credentials = "admin:changed";

        Assert.Equal(
            $"The reader at 127.0.0.1:{port} does not know this user name and password. Correct readerUser, and readerPassword in secrets.json.",
            (await ProbeAsync(Configuration(port, ("region", "cn900")))).Summary);
        Assert.Equal(
            "The settings of reader-1 name a region or power to compare, but not where the reader can be asked: set readerAddress, or leave them out.",
            (await ProbeAsync(Configuration(port, ("readerAddress", null), ("region", "cn900")))).Summary);
    }

    [Fact(Timeout = Limit)]
    public async Task A_probe_tells_model_firmware_region_power_antennas_and_the_tags_that_stand_there()
    {
        var (port, listen) = (LoopbackPorts.Free(), LoopbackPorts.Free());
        await using var management = SimulatedZebraManagement.Start(port);
        var configuration = Configuration(port, ("listen", $"127.0.0.1:{listen}"), ("region", "cn900"), ("powerDbm", "27"));
        using var pusher = new SimulatedHttpPusher(new Uri($"http://127.0.0.1:{listen}/v1/sightings/reader-1"), "Bearer t", TimeProvider.System);
        var answers = new HashSet<int>();
        var reader = new SimulatedZebraReader(async (body, cancelled) => answers.Add((await pusher.SendAsync(body, cancelled)).Status), TimeProvider.System);

        var asking = ProbeAsync(configuration);
        while (!asking.IsCompleted)
            await SendAsync(() => reader.SendAsync(Cancelled, reader.Tag(Tag, 1, -58.5)));
        var report = await asking;

        Assert.True(report.Answered, report.Summary);
        Assert.Equal(
            ("Zebra", "FX9600", "84248dee5721", "3.25.60.0", "China, CHINA", "2", "1"),
            (report.Fact(ProbeFact.Manufacturer), report.Fact(ProbeFact.Model), report.Fact(ProbeFact.SerialNumber), report.Fact(ProbeFact.Firmware),
                report.Fact(ProbeFact.Region), report.Fact(ProbeFact.Antennas), report.Fact(ProbeFact.ConnectedAntennas)));
        Assert.Equal([new AntennaPort(1, true), new AntennaPort(2, false)], report.Antennas);
        Assert.Equal(new TransmitPower(27, null, null), report.Power);
        var heard = Assert.Single(report.Heard!.Value);
        Assert.Equal((1, Tag, (double?)-58.5), (heard.Antenna, heard.Tag, heard.RssiDbm));

        // Nothing was taken from the reader: it is told to come again.
        Assert.DoesNotContain(204, answers);
    }

    [Fact(Timeout = Limit)]
    public async Task Firmware_that_does_not_know_who_it_is_is_compared_all_the_same()
    {
        var port = LoopbackPorts.Free();
        await using var management = SimulatedZebraManagement.Start(port);
        (management.Version, management.Status) = (null, null);

        var report = await ProbeAsync(Configuration(port, ("region", "cn900")));

        Assert.True(report.Answered, report.Summary);
        Assert.Equal((null, 0), (report.Fact(ProbeFact.Model), report.Antennas.Length));
        Assert.False((await ProbeAsync(Configuration(port, ("region", "eu")))).Answered);
    }

    /// <summary>Nobody may listen yet, or any more.</summary>
    private static async Task SendAsync(Func<Task> send)
    {
        try
        {
            await send();
        }
        catch (HttpRequestException)
        {
            await Task.Delay(20, Cancelled);
        }
    }

    private static Task<ProbeReport> ProbeAsync(ReaderConfiguration configuration) =>
        RunningPush.Drivers().DriverOf(configuration).ProbeAsync(configuration, Cancelled);

    private static ReaderConfiguration Configuration(int port, params (string Key, string? Value)[] settings)
    {
        (string Key, string? Value)[] usual =
        [
            ("listen", $"127.0.0.1:{LoopbackPorts.Free()}"), ("token", "t"), ("silenceSeconds", "0"),
            ("readerAddress", $"127.0.0.1:{port}"), ("readerTls", "false"), ("readerUser", "admin"), ("readerPassword", "change"),
        ];
        var all = usual.Where(setting => settings.All(other => other.Key != setting.Key)).Concat(settings).Where(setting => setting.Value is not null);
        return new ReaderConfiguration("reader-1", "zebra-iot", DriverSettings.Of([.. all.Select(setting => (setting.Key, setting.Value!))]), [new AntennaConfiguration(1, "bay-01")]);
    }
}
