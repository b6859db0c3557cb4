using BayEdge.TestKit;

namespace BayEdge.Messaging.Tests.Publishing;

internal static class Mosquitto
{
    /// <summary>A real broker; skips the test where Mosquitto is not installed.</summary>
    public static Task<MosquittoBroker> StartAsync(CancellationToken cancellationToken, string extraConfiguration = "")
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin");
        Assert.SkipUnless(
            folders.Any(folder => File.Exists(Path.Combine(folder, "mosquitto"))),
            "Mosquitto is not installed; install Debian's package mosquitto.");
        return MosquittoBroker.StartAsync(cancellationToken, extraConfiguration);
    }
}
