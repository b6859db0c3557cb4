using BayEdge.TestKit;

namespace BayEdge.Web.Tests.Setup;

/// <summary>Reads what a broker keeps under a topic, with Mosquitto's own client.</summary>
internal static class RetainedMessage
{
    public static async Task<string> ReadAsync(int port, string topic, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await ToolProcess.RunAsync(
            "mosquitto_sub", ["-p", $"{port}", "-t", topic, "-C", "1", "-W", "10", "--retained-only"], cancellationToken);
        Assert.True(exitCode == 0, $"Nothing is retained under {topic}: {output}");
        return output;
    }
}
