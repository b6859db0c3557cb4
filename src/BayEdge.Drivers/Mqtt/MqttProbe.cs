using System.Threading.Channels;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Push;

namespace BayEdge.Drivers.Mqtt;

/// <summary>Asks the broker of a device to let this computer in, and looks at what the device sends, without taking anything from it.</summary>
internal static class MqttProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    /// <param name="mapper">Null where the sender is no reader, so that its messages are not looked at.</param>
    public static Task<ProbeReport> RunAsync(
        SourceConfiguration configuration, Func<IReadOnlyList<string>> topics, IPushMapper? mapper, TimeProvider time, CancellationToken cancellationToken) =>
        Probing.WithinAsync(
            Limit,
            $"The broker of {configuration.Id} did not answer",
            "Check the network and the broker.",
            async limited =>
            {
                // Under another name, so that a service that runs keeps its connection and its messages.
                var access = MqttAccess.From(configuration);
                var asked = topics();
                var inbox = Channel.CreateUnbounded<PushedMessage>();
                await using var subscription = await MqttSubscription.OpenAsync(
                    access with { ClientId = $"{access.ClientId}-probe" }, asked, ReceiveAsync, keep: false, time, limited);
                return new ProbeReport(
                    true,
                    $"The broker at {access.Broker} lets this computer read {string.Join(", ", asked)}; whether the device sends shows when it does.",
                    [new ProbeFact("client id", access.ClientId)])
                {
                    Heard = mapper is null ? null : await PushSample.TakeAsync(inbox.Reader, mapper, time, limited),
                };

                Task ReceiveAsync(MqttSubscription from, string topic, ReadOnlyMemory<byte> payload)
                {
                    inbox.Writer.TryWrite(new PushedMessage(payload, time.Observe()));
                    return Task.CompletedTask;
                }
            },
            time,
            cancellationToken);
}
