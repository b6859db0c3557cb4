using System.Threading.Channels;
using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;
using BayEdge.Core.Timing;

namespace BayEdge.Drivers.Push;

/// <summary>Publishes what a sender pushes, for as long as the sender lives.</summary>
/// <param name="source">The configured id of the device that the sender speaks for.</param>
/// <param name="longestSilence">Null when the sender speaks only of what it sees, so that silence says nothing.</param>
internal sealed class PushFeed(IPushMapper mapper, string source, TimeSpan? longestSilence, PushRefusals refusals, TimeProvider time)
{
    private bool _heard;

    /// <exception cref="DeviceFaultException">Nothing that can be used came for too long.</exception>
    public async Task RunAsync(ChannelReader<PushedMessage> inbox, ISightingSink sink, CancellationToken cancellationToken)
    {
        if (longestSilence is null)
            sink.Ready();

        var heard = time.Observe();
        mapper.Connected(heard);
        while (true)
        {
            var message = await NextAsync(inbox, heard, cancellationToken);
            if (message.Outcome.IsCompleted)
                continue;
            if (await TakeAsync(message, sink, cancellationToken))
                heard = time.Observe();
        }
    }

    private async Task<PushedMessage> NextAsync(ChannelReader<PushedMessage> inbox, ObservedAt heard, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (inbox.TryRead(out var message))
                return message;

            // Only waited for, not read: a read that is given up would swallow the message that comes next.
            var comes = inbox.WaitToReadAsync(cancellationToken).AsTask();
            await (longestSilence is { } longest ? WithinAsync(comes, longest, heard, cancellationToken) : comes);
        }
    }

    private async Task WithinAsync(Task comes, TimeSpan longest, ObservedAt heard, CancellationToken cancellationToken)
    {
        try
        {
            var patience = longest - (time.Observe() - heard);
            await comes.WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw Silent(longest);
        }
    }

    /// <returns>Whether the message could be used.</returns>
    private async Task<bool> TakeAsync(PushedMessage message, ISightingSink sink, CancellationToken cancellationToken)
    {
        try
        {
            var sightings = mapper.Map(message.Body, message.Arrival);
            _heard = true;
            sink.Ready();
            foreach (var sighting in sightings)
                await sink.PublishAsync(sighting, cancellationToken);
            message.Taken();
            refusals.Taken();
            return true;
        }
        catch (PushFormatException exception)
        {
            refusals.Refused(exception.Message);
            message.Refused(exception.Message);
            return false;
        }
        finally
        {
            if (!message.Outcome.IsCompleted)
                message.Abandoned();
        }
    }

    private DeviceFaultException Silent(TimeSpan longest) => new(
        _heard ? DeviceFaultKind.Lost : DeviceFaultKind.Unreachable,
        refusals.SinceTaken is var (count, last)
            ? Wording.Of($"No message for {source} could be used for {longest.TotalSeconds:0} s. Refused: {count}, the last one because: {last}.")
            : $"No message for {source} came for {longest.TotalSeconds:0} s. Check the sender, its network and its token, or let it send an empty message now and then.");
}
