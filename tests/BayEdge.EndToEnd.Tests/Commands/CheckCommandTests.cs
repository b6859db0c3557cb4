using System.Text.Json.Nodes;
using BayEdge.EndToEnd.Tests.Running;
using BayEdge.Simulator.Readers;
using BayEdge.TestKit;

namespace BayEdge.EndToEnd.Tests.Commands;

public sealed class CheckCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact(Timeout = 60_000)]
    public async Task A_good_configuration_whose_devices_answer_passes()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);

        var (exitCode, output) = await CheckAsync(new DeviceConfiguration { Readers = [reader.Address], Broker = broker.Url }.ToJson());

        Assert.Equal(0, exitCode);
        Assert.Contains("bayedge.json: valid, 1 bay", output, StringComparison.Ordinal);
        Assert.Contains("ok   reader-1: ", output, StringComparison.Ordinal);
        Assert.Contains("ok   mqtt: ", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reader_and_a_broker_that_do_not_answer_are_named_with_what_to_do()
    {
        var (reader, broker) = (LoopbackPorts.Free(), LoopbackPorts.Free());

        var (exitCode, output) = await CheckAsync(
            new DeviceConfiguration { Readers = [$"127.0.0.1:{reader}"], Broker = $"mqtt://127.0.0.1:{broker}" }.ToJson());

        Assert.Equal(1, exitCode);
        Assert.Contains($"FAIL reader-1: No reader answers at 127.0.0.1:{reader}. Check its power", output, StringComparison.Ordinal);
        Assert.Matches($@"FAIL mqtt: .*127\.0\.0\.1:{broker}.*\.", output);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_misspelt_setting_is_named_with_the_likely_one()
    {
        var configuration = Sound();
        configuration["readers"]![0]!["adress"] = "192.0.2.6";

        await AssertRefusedAsync(configuration, "readers[0].adress: this setting is not known; did you mean 'address'?");
    }

    [Fact(Timeout = 60_000)]
    public async Task An_impossible_value_is_named_with_what_was_expected()
    {
        var configuration = Sound();
        configuration["readers"]![0]!["antennas"]![0]!["port"] = 0;

        await AssertRefusedAsync(configuration, "readers[0].antennas[0].port: expected a whole number from 1 to 64, but found 0");
    }

    [Fact(Timeout = 60_000)]
    public async Task An_id_that_stands_twice_is_named()
    {
        var configuration = Sound();
        var twin = configuration["readers"]![0]!.DeepClone();
        twin["address"] = "192.0.2.7";
        configuration["readers"]!.AsArray().Add(twin);

        await AssertRefusedAsync(configuration, "readers[1].id: the id 'reader-1' stands twice");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_file_that_is_no_JSON_is_named_with_the_place()
    {
        var path = _folder.File("bayedge.json");
        await File.WriteAllTextAsync(path, "{\n  \"site\": sh-01\n}", TestContext.Current.CancellationToken);

        var (exitCode, output) = await Executable.RunAsync("check", "--config", path);

        Assert.Equal(1, exitCode);
        Assert.Contains("bayedge.json: line 2, column 11: expected valid JSON here", output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static JsonObject Sound() => new DeviceConfiguration { Readers = ["192.0.2.5"] }.ToJson();

    private async Task AssertRefusedAsync(JsonObject configuration, string sentence)
    {
        var (exitCode, output) = await CheckAsync(configuration);

        Assert.Equal(1, exitCode);
        Assert.Contains($"bayedge.json: {sentence}", output, StringComparison.Ordinal);
    }

    private Task<(int ExitCode, string Output)> CheckAsync(JsonObject configuration) =>
        Executable.RunAsync("check", "--config", DeviceConfiguration.Write(_folder, configuration));
}
