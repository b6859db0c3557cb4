using BayEdge.Contracts.Events;

namespace BayEdge.Messaging.Tests.Publishing;

public sealed class DeliveryTests
{
    private const int Limit = 60_000;

    [Fact(Timeout = Limit)]
    public async Task Events_arrive_in_order_and_leave_the_device_once_the_central_system_has_them()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled);
        await using var device = new Device(broker);

        device.Store(50);
        await device.UntilEmptyAsync(cancelled);

        var expected = Positions(50);
        Assert.Equal(expected, central.Arrived);
        Assert.Equal(0, device.Journal.GetStatus().Quarantined);
        Assert.Equal(expected, device.Heard.ConfirmedPositions);
    }

    private static IEnumerable<EventPosition> Positions(int count) =>
        Enumerable.Range(1, count).Select(sequence => new EventPosition(1, sequence));
}
