using System.Threading.Channels;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Mqtt;
using BayEdge.Drivers.Push;

namespace BayEdge.Drivers.MqttPush;

/// <summary>One sender that publishes its sightings on a topic of its own.</summary>
internal sealed class MqttPushSource(SourceConfiguration configuration, TimeProvider time) : ISource
{
    private readonly PushMapper _mapper = new(configuration);

    public async Task RunAsync(ISightingSink sink, CancellationToken cancellationToken)
    {
        var settings = MqttPushSettings.From(configuration);
        var inbox = Channel.CreateBounded<PushedMessage>(1);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ended = end.Token;
        await using var subscription = await MqttSubscription.OpenAsync(
            MqttAccess.From(configuration), [settings.Topic], ReceiveAsync, keep: true, time, cancellationToken);
        try
        {
            var feeding = new PushFeed(_mapper, configuration.Id, settings.LongestSilence, time).RunAsync(inbox.Reader, sink, ended);
            await await Task.WhenAny(feeding, subscription.StayAsync(ended));
        }
        finally
        {
            await end.CancelAsync();
        }

        async Task ReceiveAsync(MqttSubscription from, string topic, ReadOnlyMemory<byte> payload)
        {
            var message = new PushedMessage(payload, time.Observe());
            await inbox.Writer.WriteAsync(message, ended);
            if (await message.Outcome.WaitAsync(ended) is { } problem)
                await from.PublishAsync(settings.ProblemTopic, PushProblem.ToJson(problem), ended);
        }
    }
}
