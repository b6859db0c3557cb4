using System.Threading.Channels;
using BayEdge.Drivers.Push;

namespace BayEdge.Drivers.HttpPush;

/// <summary>One sender's place at a port; leaving it closes the port when it was the last.</summary>
internal sealed class PushInbox(string id, string token, PushRefusals refusals, Func<PushInbox, ValueTask> leave) : IAsyncDisposable
{
    /// <summary>A bay loop that is behind lets its senders wait; the pressure reaches them before this is full of megabytes.</summary>
    private const int MostWaiting = 16;

    /// <summary>Of the configured device.</summary>
    public string Id => id;

    public string Token => token;

    public PushRefusals Refusals => refusals;

    public Channel<PushedMessage> Messages { get; } = Channel.CreateBounded<PushedMessage>(MostWaiting);

    /// <summary>Whether somebody takes the messages; a place that only waits for its source may be taken over.</summary>
    public bool InUse { get; set; }

    /// <summary>Whether another one stands at this place now.</summary>
    public bool Replaced { get; set; }

    public ValueTask DisposeAsync() => leave(this);
}
