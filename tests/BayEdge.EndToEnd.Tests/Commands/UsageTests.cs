using BayEdge.EndToEnd.Tests.Running;

namespace BayEdge.EndToEnd.Tests.Commands;

public sealed class UsageTests
{
    [Theory(Timeout = 60_000)]
    [InlineData("run")]
    [InlineData("demo")]
    [InlineData("replay")]
    [InlineData("plates")]
    [InlineData("listen")]
    [InlineData("ledger")]
    [InlineData("command")]
    [InlineData("conformance")]
    [InlineData("fleet")]
    [InlineData("check")]
    [InlineData("record")]
    [InlineData("discover")]
    [InlineData("reader")]
    [InlineData("label")]
    public async Task Every_command_explains_itself(string command)
    {
        var (exitCode, output) = await Executable.RunAsync(command, "--help");

        Assert.Equal(0, exitCode);
        Assert.Contains($"bayedge {command}", output, StringComparison.Ordinal);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("'--brokr'", "bayedge listen", "listen", "--brokr", "mqtt://127.0.0.1")]
    [InlineData("'--broker' is required", "bayedge listen", "listen")]
    [InlineData("expected a number from 1 to 30, but found 'fast'", "bayedge demo", "demo", "--speed", "fast")]
    [InlineData("mars", "bayedge plates", "plates", "--region", "mars", "car.jpg")]
    [InlineData("expected either '--sightings' or '--recording'", "bayedge replay", "replay")]
    [InlineData("expected either '--sightings' or '--recording'", "bayedge replay", "replay", "--sightings", "a.jsonl", "--recording", "b.zip")]
    [InlineData("'--out' is required", "bayedge record export", "record", "export")]
    [InlineData("'--device' is required", "bayedge conformance", "conformance", "--broker", "mqtt://127.0.0.1", "--site", "sh-01")]
    [InlineData("expected a URL with a numeric address such as http://127.0.0.1:8080, but found '8080'", "bayedge run", "run", "--page", "8080")]
    [InlineData("frobnicate", "bayedge", "frobnicate")]
    public async Task Wrong_usage_is_told_with_a_hint_where_to_look(string problem, string command, params string[] arguments)
    {
        var (exitCode, output) = await Executable.RunAsync(arguments);

        Assert.Equal(2, exitCode);
        Assert.Contains(problem, output, StringComparison.Ordinal);
        Assert.Contains($"See {command} --help.", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Without_arguments_it_is_the_service_that_asks_for_its_configuration()
    {
        Assert.SkipWhen(File.Exists("/etc/bayedge/bayedge.json"), "This computer has a configuration of its own.");

        var (exitCode, output) = await Executable.RunAsync();

        Assert.Equal(1, exitCode);
        Assert.Contains("/etc/bayedge/bayedge.json: expected a configuration file", output, StringComparison.Ordinal);
    }
}
