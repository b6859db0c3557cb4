using BayEdge.Contracts.Events;

namespace BayEdge.Messaging.Tests.Publishing;

/// <summary>Prints figures and judges none; run with <c>--explicit only</c>.</summary>
public sealed class DrainMeasurement(ITestOutputHelper output)
{
    [Theory(Explicit = true, Timeout = 600_000)]
    [InlineData(false, 100_000)]
    [InlineData(true, 10_000)]
    public async Task How_long_a_backlog_takes_to_be_confirmed_by_a_broker_with_and_without_Nagles_delay(bool nagle, int count)
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled, nagle ? "" : "set_tcp_nodelay true");
        await broker.KillAsync();
        await using var device = new Device(broker);
        device.Store(count, payloadBytes: 700);

        await broker.RestartAsync(cancelled);
        var began = TimeProvider.System.GetTimestamp();
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled);
        while (device.Heard.ConfirmedPositions.Count < count)
            await Task.Delay(50, cancelled);
        var took = TimeProvider.System.GetElapsedTime(began);

        Assert.Equal(Enumerable.Range(1, count).Select(sequence => new EventPosition(1, sequence)), central.Ledger);
        output.WriteLine($"Nagle {nagle}: {count} events of 700 bytes: {took.TotalSeconds:0.0} s, {count / took.TotalSeconds:0}/s, {central.Arrived.Count} arrivals");
    }
}
