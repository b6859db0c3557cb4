using BayEdge.TestKit;

namespace BayEdge.Messaging.Tests.Publishing;

internal static class Mosquitto
{
    /// <summary>A real broker; skips the test where Mosquitto is not installed.</summary>
    public static Task<MosquittoBroker> StartAsync(CancellationToken cancellationToken, string extraConfiguration = "") =>
        MosquittoBroker.StartAsync(cancellationToken, extraConfiguration);
}
