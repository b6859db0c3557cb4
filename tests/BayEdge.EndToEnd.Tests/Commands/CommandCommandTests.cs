using BayEdge.EndToEnd.Tests.Running;
using BayEdge.TestKit;

namespace BayEdge.EndToEnd.Tests.Commands;

public sealed class CommandCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task A_device_is_commanded_from_the_command_line_and_a_repetition_does_nothing()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var device = await RunningDevice.StartAsync(new DeviceConfiguration { Broker = broker.Url });
        await device.WaitForOutputAsync("Connected to");

        var (refused, reason) = await CommandAsync(broker, "replay", "--data", """{"epoch":2147483647,"from":99}""");
        var (done, reply) = await CommandAsync(broker, "restart", "--transaction", "t-1");
        await Wait.UntilAsync(
            () => device.Output.Split("Connected to").Length > 2, "the device to connect once more", () => device.Output);
        var (again, repeated) = await CommandAsync(broker, "restart", "--transaction", "t-1");

        Assert.Equal(1, refused);
        Assert.Contains("replay.unknown", reason, StringComparison.Ordinal);
        Assert.True(done == 0, reply);
        Assert.True(again == 0, repeated);
        Assert.Contains("\"repeated\": true", repeated, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Where_no_device_listens_it_is_said()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);

        var (exitCode, output) = await CommandAsync(broker, "diagnostics");

        Assert.Equal(1, exitCode);
        Assert.Contains("no device listens", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_a_command_needs_to_know_is_read_from_a_file()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("replay.json"), "{\n  \"epoch\": 1,\n  \"from\": 1\n}\n", Cancellation);

        var (_, read) = await CommandAsync(broker, "replay", "--data", $"@{folder.File("replay.json")}");
        var (_, missing) = await CommandAsync(broker, "replay", "--data", $"@{folder.File("nothing.json")}");

        Assert.Contains("no device listens", read, StringComparison.Ordinal);
        Assert.Contains($"expected a file with JSON at {folder.File("nothing.json")}", missing, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("")]
    [InlineData("a b")]
    public async Task A_transaction_that_no_device_would_answer_is_refused_at_once(string transaction)
    {
        var (exitCode, output) = await Executable.RunAsync(
            "command", "restart", "--broker", "mqtt://127.0.0.1:1", "--site", "sh-01", "--device", "pi-01", "--transaction", transaction);

        Assert.Equal(2, exitCode);
        Assert.Contains($"expected a transaction of 1 to 64 visible ASCII characters, but found '{transaction}'", output, StringComparison.Ordinal);
    }

    private static Task<(int ExitCode, string Output)> CommandAsync(MosquittoBroker broker, string name, params string[] arguments) =>
        Executable.RunAsync(["command", name, "--broker", broker.Url, "--site", "sh-01", "--device", "pi-01", .. arguments]);
}
