using System.Collections.Immutable;
using System.Threading.Channels;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Push;

/// <summary>Gathers the tags that a reader pushes while it is asked about, without taking its messages from it.</summary>
internal static class PushSample
{
    /// <returns>The strongest first; none where the reader sends none now.</returns>
    public static Task<ImmutableArray<HeardTag>> TakeAsync(
        ChannelReader<PushedMessage> inbox, IPushMapper mapper, TimeProvider time, CancellationToken cancellationToken) => TagSample.TakeAsync(
            async (sink, end) =>
            {
                while (true)
                {
                    var message = await inbox.ReadAsync(end);
                    try
                    {
                        foreach (var sighting in mapper.Map(message.Body, message.Arrival))
                            await sink.PublishAsync(sighting, end);
                    }
                    catch (PushFormatException)
                    {
                        // The sender is told what is wrong when the message comes again, to whoever runs then.
                    }

                    message.Abandoned();
                }
            },
            time,
            cancellationToken);
}
