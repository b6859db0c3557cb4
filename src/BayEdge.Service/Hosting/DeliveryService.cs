using BayEdge.Contracts.State;
using BayEdge.Messaging.Publishing;
using BayEdge.Service.RemoteCommands;

namespace BayEdge.Service.Hosting;

/// <summary>Runs the publisher, and leads the central system's list of expected vehicles to the bays.</summary>
internal sealed class DeliveryService(MqttPublisher publisher, ExpectedVehicleBoard vehicles) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        publisher.VehiclesExpected += expected => _ = TellBaysAsync(expected, stoppingToken);
        await vehicles.BeginAsync(stoppingToken);
        await publisher.RunAsync(stoppingToken);
    }

    private async Task TellBaysAsync(ExpectedVehicles expected, CancellationToken stoppingToken)
    {
        try
        {
            await vehicles.TakeSiteListAsync(expected, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The service stops; the list is retained at the broker.
        }
    }
}
