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
        try
        {
            _inbox ??= await listeners.JoinAsync(settings.EndPoint(), settings.Id, settings.Token, cancellationToken);
            await new PushFeed(mapper, settings.Id, settings.LongestSilence, time).RunAsync(_inbox.Messages.Reader, sink, cancellationToken);
        }
        finally
        {
            if (cancellationToken.IsCancellationRequested && _inbox is { } inbox)
            {
                _inbox = null;
                await inbox.DisposeAsync();
            }
        }
    }
}
