using BayEdge.TestKit;

namespace BayEdge.Central.Tests;

internal static class Broker
{
    /// <summary>Starts Mosquitto; skips the test where it is absent.</summary>
    public static Task<MosquittoBroker> StartAsync(CancellationToken cancellationToken, string extraConfiguration = "") =>
        MosquittoBroker.StartAsync(cancellationToken, extraConfiguration);
}
