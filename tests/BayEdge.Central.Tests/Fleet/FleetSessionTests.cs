using System.Text.Json.Nodes;
using BayEdge.Central.Fleet;
using BayEdge.TestKit;

namespace BayEdge.Central.Tests.Fleet;

public sealed class FleetSessionTests
{
    [Fact(Timeout = 120_000)]
    public async Task Two_hundred_devices_of_three_sites_lose_nothing()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation, "set_tcp_nodelay true");

        var (exitCode, figures, error) = await RunAsync(broker, options => options, cancellation);

        Assert.Equal(0, exitCode);
        Assert.InRange((int)figures["events"]!, 100, 150);
        Assert.Equal(0, (int)figures["unacknowledged"]!);
        Assert.Equal(0, (int)figures["differences"]!);
        Assert.True((double)figures["toAcknowledgementMs"]!["median"]! > 0);
        Assert.Contains("200 devices connected", error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Events_that_nobody_acknowledges_are_counted_and_end_with_1()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);

        var (exitCode, figures, _) = await RunAsync(
            broker, options => options with { ForeignConsumer = true, Devices = 5, Resend = TimeSpan.FromMilliseconds(300), SettleLimit = TimeSpan.FromSeconds(2) }, cancellation);

        Assert.Equal(1, exitCode);
        Assert.Equal((int)figures["events"]!, (int)figures["unacknowledged"]!);
        Assert.True((int)figures["sentAgain"]! > 0);
    }

    [Fact(Timeout = 60_000)]
    public async Task Another_consumer_can_be_loaded_instead_of_our_own()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        await using var consumer = await RunningConsumer.StartAsync(broker, cancellation);

        var (exitCode, figures, _) = await RunAsync(broker, options => options with { ForeignConsumer = true, Devices = 20 }, cancellation);

        Assert.Equal(0, exitCode);
        Assert.Equal((int)figures["events"]!, consumer.Listener.StoredCount);
    }

    [Theory]
    [InlineData("broker", 5, "expected a broker URL such as")]
    [InlineData("mqtt://127.0.0.1", 0, "expected at least one device")]
    public async Task Wrong_usage_is_said_and_ends_with_2(string broker, int devices, string expected)
    {
        using var error = new StringWriter();
        var session = new FleetSession(new FleetOptions { Broker = broker, Devices = devices }, TextWriter.Null, error, TimeProvider.System);

        Assert.Equal(2, await session.RunAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith(expected, error.ToString(), StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, JsonNode Figures, string Error)> RunAsync(
        MosquittoBroker broker, Func<FleetOptions, FleetOptions> change, CancellationToken cancellation)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var options = new FleetOptions
        {
            Broker = broker.Url,
            Devices = 200,
            Sites = 3,
            Duration = TimeSpan.FromSeconds(3),
            Json = true,
        };
        var exitCode = await new FleetSession(change(options), output, error, TimeProvider.System).RunAsync(cancellation);
        return (exitCode, JsonNode.Parse(output.ToString())!, error.ToString());
    }
}
