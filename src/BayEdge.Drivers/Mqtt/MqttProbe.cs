using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Mqtt;

/// <summary>Asks the broker of a device to let this computer in, without taking anything from it.</summary>
internal static class MqttProbe
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    public static Task<ProbeReport> RunAsync(
        SourceConfiguration configuration, Func<IReadOnlyList<string>> topics, TimeProvider time, CancellationToken cancellationToken) =>
        Probing.WithinAsync(
            Limit,
            $"The broker of {configuration.Id} did not answer",
            "Check the network and the broker.",
            async limited =>
            {
                // Under another name, so that a service that runs keeps its connection and its messages.
                var access = MqttAccess.From(configuration);
                var asked = topics();
                await using var subscription = await MqttSubscription.OpenAsync(
                    access with { ClientId = $"{access.ClientId}-probe" }, asked, (_, _, _) => Task.CompletedTask, keep: false, time, limited);
                return new ProbeReport(
                    true,
                    $"The broker at {access.Broker} lets this computer read {string.Join(", ", asked)}; whether the device sends shows when it does.",
                    [new ProbeFact("client id", access.ClientId)]);
            },
            time,
            cancellationToken);
}
