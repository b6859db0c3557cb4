using BayEdge.Contracts.Events;

namespace BayEdge.Messaging.Tests.Publishing;

/// <summary>Prints figures and judges none; run with <c>-explicit only</c>.</summary>
public sealed class DrainMeasurement(ITestOutputHelper output)
{
    [Fact(Explicit = true, Timeout = 600_000)]
    public async Task How_long_a_backlog_of_100000_events_takes_to_be_confirmed()
    {
        const int Count = 100_000;
        var cancelled = TestContext.Current.CancellationToken;
        await using var broker = await Mosquitto.StartAsync(cancelled);
        await broker.KillAsync();
        await using var device = new Device(broker, options => options with { AckPatience = TimeSpan.FromSeconds(60) });
        device.Store(Count, payloadBytes: 700);

        await broker.RestartAsync(cancelled);
        var began = TimeProvider.System.GetTimestamp();
        await using var central = await CentralSystem.StartAsync(broker.Port, cancelled);
        while (device.Heard.ConfirmedPositions.Count < Count)
            await Task.Delay(50, cancelled);
        var took = TimeProvider.System.GetElapsedTime(began);

        Assert.Equal(Enumerable.Range(1, Count).Select(sequence => new EventPosition(1, sequence)), central.Ledger);
        output.WriteLine($"{Count} events of 700 bytes: {took.TotalSeconds:0.0} s, {Count / took.TotalSeconds:0}/s, {central.Arrived.Count} arrivals");
    }
}
