using System.Text.Json;
using System.Text.Json.Nodes;
using BayEdge.Contracts.Events;
using BayEdge.EndToEnd.Tests.Running;
using BayEdge.Simulator.Readers;
using BayEdge.TestKit;

namespace BayEdge.EndToEnd.Tests.Recording;

/// <summary>The real service records, is killed and started again, and its recording is replayed on another desk.</summary>
public sealed class RecordingTests : IDisposable
{
    private readonly TemporaryFolder _desk = new();

    // The tag alone shows that the vehicle has gone, so the device waits for minutes.
    [Fact(Timeout = 900_000)]
    public async Task What_the_central_system_was_told_comes_out_of_the_exported_recording_again()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);
        await using var central = await ListeningCentral.StartAsync(broker);
        await using var device = await RunningDevice.StartAsync(new DeviceConfiguration { Readers = [reader.Address], Broker = broker.Url });
        await using var vehicle = await TaggedVehicle.ArriveAsync(reader);
        await central.WaitForAsync(EventTypes.VehicleEntered);

        await device.KillAsync();
        await device.StartAsync();
        await reader.WaitUntilReadingAsync(TestContext.Current.CancellationToken);
        await device.WaitForStatusAsync(status => status.GetProperty("sources")[0].GetProperty("sightings").GetInt64() > 0, "a read after the start");
        await vehicle.LeaveAsync();
        await central.WaitForAsync(EventTypes.VehicleLeft);
        var exported = await Executable.RunAsync("record", "export", "--data", device.DataFolder, "--out", _desk.File("complaint.zip"));
        var (exitCode, output) = await Executable.RunAsync("replay", "--recording", _desk.File("complaint.zip"));

        Assert.Equal(0, exported.ExitCode);
        Assert.Contains("2 segments of sh-01/pi-01", exported.Output, StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
        var replayed = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(central.Events.Select(told => Decision(JsonSerializer.SerializeToNode(told, Contracts.Json.ContractsJson.Wire.CloudEventVisitData)!)), replayed.Select(Decision));
        Assert.Equal(0, await device.StopAsync());
    }

    [Fact(Timeout = 60_000)]
    public async Task Where_nothing_was_recorded_it_is_said()
    {
        var (exitCode, output) = await Executable.RunAsync("record", "export", "--data", _desk.File("nowhere"), "--out", _desk.File("complaint.zip"));

        Assert.Equal(1, exitCode);
        Assert.Contains($"{_desk.File("nowhere")}: expected a recording, but there is none", output, StringComparison.Ordinal);
        Assert.False(File.Exists(_desk.File("complaint.zip")));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_recording_that_is_not_there_is_named()
    {
        var (exitCode, output) = await Executable.RunAsync("replay", "--recording", _desk.File("nowhere.zip"));

        Assert.Equal(1, exitCode);
        Assert.Contains($"{_desk.File("nowhere.zip")}: expected a recording that can be read, but", output, StringComparison.Ordinal);
    }

    public void Dispose() => _desk.Dispose();

    // All but the number that the journal gave, and what the clock was worth, which is not the tracker's to decide.
    private static string Decision(JsonNode told)
    {
        foreach (var name in new[] { "id", "sequence", "source" })
            told.AsObject().Remove(name);
        told["data"]!.AsObject().Remove("clock");
        return told.ToJsonString();
    }
}
