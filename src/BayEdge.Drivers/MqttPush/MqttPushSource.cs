using System.Threading.Channels;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Mqtt;
using BayEdge.Drivers.Push;

namespace BayEdge.Drivers.MqttPush;

/// <summary>One sender that publishes its sightings on topics of its own.</summary>
/// <param name="settingsOf">Fails with a <see cref="DeviceFaultException"/> when they cannot be.</param>
internal sealed class MqttPushSource(
    SourceConfiguration configuration, Func<MqttPushSettings> settingsOf, IPushMapper mapper, PushRefusals refusals, TimeProvider time) : ISource
{
    public async Task RunAsync(ISightingSink sink, CancellationToken cancellationToken)
    {
        var settings = settingsOf();
        var inbox = Channel.CreateBounded<PushedMessage>(1);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ended = end.Token;
        await using var subscription = await MqttSubscription.OpenAsync(
            MqttAccess.From(configuration), settings.Topics, ReceiveAsync, keep: true, time, cancellationToken);
        var (feeding, staying) = (
            new PushFeed(mapper, configuration.Id, settings.LongestSilence, refusals, time).RunAsync(inbox.Reader, sink, ended),
            subscription.StayAsync(ended));
        try
        {
            await await Task.WhenAny(feeding, staying);
        }
        finally
        {
            await end.CancelAsync();
            // Who is still feeding would speak of a source that is down, and share the mapper with the next run.
            await Task.WhenAll(feeding, staying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task ReceiveAsync(MqttSubscription from, string topic, ReadOnlyMemory<byte> payload)
        {
            var message = new PushedMessage(payload, time.Observe());
            await inbox.Writer.WriteAsync(message, ended);
            if (await message.Outcome.WaitAsync(ended) is { } problem && settings.ProblemTopic is { } problems)
                await from.PublishAsync(problems, PushProblem.ToJson(problem), ended);
        }
    }
}
