using System.Threading.Channels;
using BayEdge.Messaging.Publishing;
using Microsoft.Extensions.Logging;

namespace BayEdge.Messaging.Commands;

/// <summary>Sends replies in their order over whichever connection there is; a few wait for the next one.</summary>
internal sealed class ReplyQueue(ILogger logger)
{
    private const int MostWaiting = 32;

    private readonly Channel<(OutboundReply Reply, TaskCompletionSource<ReplyFate> Fate)> _waiting = Channel.CreateBounded<(OutboundReply, TaskCompletionSource<ReplyFate>)>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest },
        static dropped => dropped.Item2.TrySetResult(ReplyFate.Lost));

    public Task<ReplyFate> SendAsync(OutboundReply reply)
    {
        var fate = new TaskCompletionSource<ReplyFate>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Writer.TryWrite((reply, fate));
        return fate.Task;
    }

    public async Task RunAsync(BrokerConnection connection, CancellationToken cancellationToken)
    {
        await foreach (var (reply, fate) in _waiting.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                fate.TrySetResult(await SendAsync(connection, reply, cancellationToken));
            }
            finally
            {
                // What a broken connection may have swallowed is asked for again by its caller.
                fate.TrySetResult(ReplyFate.Lost);
            }
        }
    }

    private async Task<ReplyFate> SendAsync(BrokerConnection connection, OutboundReply reply, CancellationToken cancellationToken)
    {
        if (!connection.Fits(reply.Topic, reply.Payload.Length + (reply.CorrelationData?.Length ?? 0)))
            return ReplyFate.TooLarge;
        var verdict = await PublishAsync(reply.Topic);
        // The caller's own topic may be forbidden; ours is where else one looks.
        if (verdict > PublishVerdict.NobodyListening && reply.Topic != reply.OwnTopic)
            verdict = await PublishAsync(reply.OwnTopic);
        if (verdict <= PublishVerdict.NobodyListening)
            return ReplyFate.Sent;

        PublisherLog.ReplyRefused(logger, reply.OwnTopic);
        return ReplyFate.Lost;

        async Task<PublishVerdict> PublishAsync(string topic) =>
            PublishVerdicts.Of(await connection.PublishReplyAsync(topic, reply.Payload, reply.CorrelationData, cancellationToken));
    }
}
