using BayEdge.Core.Timing;

namespace BayEdge.Drivers.Push;

/// <summary>A message that somebody pushed and waits to hear of.</summary>
internal sealed class PushedMessage(ReadOnlyMemory<byte> body, ObservedAt arrival)
{
    private readonly TaskCompletionSource<string?> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ReadOnlyMemory<byte> Body => body;

    public ObservedAt Arrival => arrival;

    /// <summary>Null once everything in the message was taken, or the sentence that says why nothing of it was.</summary>
    public Task<string?> Outcome => _outcome.Task;

    public void Taken() => _outcome.TrySetResult(null);

    public void Refused(string sentence) => _outcome.TrySetResult(sentence);

    /// <summary>The sender was told to come again.</summary>
    public void Abandoned() => _outcome.TrySetCanceled();
}
