using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Messaging.Publishing;
using BayEdge.Service.Bays;

namespace BayEdge.Service.Hosting;

/// <summary>Runs the publisher, and leads the central system's list of expected vehicles into the bay loop.</summary>
internal sealed class DeliveryService(MqttPublisher publisher, BayLoop loop, EdgeConfiguration configuration) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        publisher.VehiclesExpected += expected => _ = TellBaysAsync(expected, stoppingToken);
        await publisher.RunAsync(stoppingToken);
    }

    // The vehicles of the configuration stay: they are the workshop's own, such as courtesy cars.
    private async Task TellBaysAsync(ExpectedVehicles expected, CancellationToken stoppingToken)
    {
        try
        {
            var known = expected.Vehicles.Select(vehicle => vehicle.Ref).ToHashSet(StringComparer.Ordinal);
            await loop.SendAsync(
                new VehiclesExpected([.. expected.Vehicles, .. configuration.Vehicles.Where(vehicle => !known.Contains(vehicle.Ref))]),
                stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The service stops; the list is retained at the broker.
        }
    }
}
