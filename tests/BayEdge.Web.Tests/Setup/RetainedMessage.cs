using BayEdge.TestKit;

namespace BayEdge.Web.Tests.Setup;

/// <summary>Reads what a broker keeps under a topic.</summary>
internal static class RetainedMessage
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    public static async Task<string> ReadAsync(MosquittoBroker broker, string topic, CancellationToken cancellationToken)
    {
        await using var tap = await TopicTap.ConnectAsync(broker, topic, cancellationToken);
        string? retained;
        while (!tap.Said.TryDequeue(out retained))
            await Task.Delay(Look, cancellationToken);
        return retained;
    }
}
