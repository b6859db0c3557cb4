using BayEdge.Core.Drivers;
using BayEdge.Drivers.Push;

namespace BayEdge.Drivers.HttpPush;

/// <summary>One sender that posts its sightings.</summary>
/// <remarks>
/// Its place at the port outlives a connection: while it counts as lost its first new message is not turned away but waits for the
/// next connection. Only whoever ends the source for good closes the place.
/// </remarks>
internal sealed class HttpPushSource(HttpPushSettings settings, IPushMapper mapper, PushListeners listeners, TimeProvider time) : ISource
{
    private PushInbox? _inbox;

    public async Task RunAsync(ISightingSink sink, CancellationToken cancellationToken)
    {
        if (_inbox is null or { Replaced: true })
            _inbox = await listeners.JoinAsync(settings.EndPoint(), settings.Id, settings.Token, cancellationToken);
        var inbox = _inbox;
        inbox.InUse = true;
        try
        {
            await new PushFeed(mapper, settings.Id, settings.LongestSilence, inbox.Refusals, time).RunAsync(inbox.Messages.Reader, sink, cancellationToken);
        }
        finally
        {
            inbox.InUse = false;
            if (cancellationToken.IsCancellationRequested)
            {
                _inbox = null;
                await inbox.DisposeAsync();
            }
        }
    }
}
