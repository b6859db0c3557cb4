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

    private static Task<(int ExitCode, string Output)> CommandAsync(MosquittoBroker broker, string name, params string[] arguments) =>
        Executable.RunAsync(["command", name, "--broker", broker.Url, "--site", "sh-01", "--device", "pi-01", .. arguments]);
}
