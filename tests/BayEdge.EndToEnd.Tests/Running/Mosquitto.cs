using BayEdge.TestKit;

namespace BayEdge.EndToEnd.Tests.Running;

internal static class Mosquitto
{
    /// <summary>A real broker without persistence; skips the test where Mosquitto is not installed.</summary>
    public static Task<MosquittoBroker> StartAsync() => MosquittoBroker.StartAsync(TestContext.Current.CancellationToken);
}
