using BayEdge.EndToEnd.Tests.Running;
using BayEdge.Simulator.Readers;
using BayEdge.TestKit;

namespace BayEdge.EndToEnd.Tests.Faults;

public sealed class StopTests
{
    [Fact(Timeout = 120_000)]
    public async Task A_service_that_is_told_to_stop_says_that_it_is_offline_even_while_its_page_is_open()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);
        await using var device = await RunningDevice.StartAsync(new DeviceConfiguration { Readers = [reader.Address], Broker = broker.Url });
        await using var page = await device.OpenStatusStreamAsync();
        await device.WaitForStatusAsync(
            status => status.GetProperty("delivery").GetProperty("connected").GetBoolean() && status.GetProperty("sources")[0].GetProperty("up").GetBoolean(),
            "broker and reader");

        Assert.Equal(0, await device.StopAsync());

        Assert.DoesNotContain(" ERR ", device.Output, StringComparison.Ordinal);
        await using var late = await WireTap.ConnectAsync(broker);
        var status = await late.WaitForAsync(WireTap.StatusTopic, _ => true, "the retained status");
        Assert.Equal("offline", status.GetProperty("state").GetString());

        // Its own farewell, dated, and not the broker's Will.
        Assert.True(status.TryGetProperty("asOf", out _));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_service_that_can_reach_nothing_still_stops_in_order()
    {
        await using var device = await RunningDevice.StartAsync(new DeviceConfiguration
        {
            Readers = [$"127.0.0.1:{LoopbackPorts.Free()}"],
            Broker = $"mqtt://127.0.0.1:{LoopbackPorts.Free()}",
        });
        await device.WaitForOutputAsync("reader-1 is down");

        Assert.Equal(0, await device.StopAsync());
    }

    [Fact(Timeout = 120_000)]
    public async Task A_second_service_on_the_same_data_folder_is_refused()
    {
        await using var device = await RunningDevice.StartAsync(new DeviceConfiguration());

        var (exitCode, output) = await device.RunAnotherAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains($"The data folder '{device.DataFolder}' is already used by process {device.ProcessId}; stop that service first", output, StringComparison.Ordinal);
        Assert.Contains("\"site\":\"sh-01\"", await device.GetPageAsync("/api/status"), StringComparison.Ordinal);
    }
}
