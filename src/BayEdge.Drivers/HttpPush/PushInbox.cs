using System.Threading.Channels;
using BayEdge.Drivers.Push;

namespace BayEdge.Drivers.HttpPush;

/// <summary>One sender's place at a port; leaving it closes the port when it was the last.</summary>
internal sealed class PushInbox(string token, Func<ValueTask> leave) : IAsyncDisposable
{
    /// <summary>A bay loop that is behind lets its senders wait; the pressure reaches them before this is full of megabytes.</summary>
    private const int MostWaiting = 16;

    public string Token => token;

    public Channel<PushedMessage> Messages { get; } = Channel.CreateBounded<PushedMessage>(MostWaiting);

    public ValueTask DisposeAsync() => leave();
}
