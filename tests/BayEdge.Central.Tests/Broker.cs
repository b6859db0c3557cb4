using BayEdge.TestKit;

namespace BayEdge.Central.Tests;

internal static class Broker
{
    private const string Program = "/usr/sbin/mosquitto";

    /// <summary>Starts Mosquitto; skips the test where it is absent.</summary>
    public static Task<MosquittoBroker> StartAsync(CancellationToken cancellationToken, string extraConfiguration = "")
    {
        Assert.SkipUnless(File.Exists(Program), "Mosquitto is not installed; install Debian's package mosquitto.");
        return MosquittoBroker.StartAsync(cancellationToken, extraConfiguration);
    }
}
