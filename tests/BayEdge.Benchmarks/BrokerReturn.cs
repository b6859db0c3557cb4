using System.Globalization;
using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Core.Delivery;
using BayEdge.Messaging.Publishing;
using BayEdge.Storage.Journal;
using BayEdge.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace BayEdge.Benchmarks;

/// <summary>How long after a broker's return the device is connected, and a subscriber has the first event that waited.</summary>
internal static class BrokerReturn
{
    private const string Site = "sh-01";
    private const string Device = "pi-01";

    private static readonly TimeSpan[] Outages = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(20)];
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public static async Task<int> RunAsync(TextWriter output)
    {
        using var limit = new CancellationTokenSource(Longest, TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        using var folder = new TemporaryFolder();
        await using var broker = await MosquittoBroker.StartAsync(limit.Token);
        _ = BrokerAddress.TryParse(broker.Url, out var address, out _);
        using var journal = SqliteJournal.Open(new JournalOptions { Folder = folder.Path }, TimeProvider.System);
        var composer = new EventComposer(Site, Device);
        var heard = new Hearing();
        var publisher = new MqttPublisher(
            new MqttPublisherOptions { Site = Site, Device = Device, Broker = address!, BootId = "boot-1" },
            journal, heard, TimeProvider.System, NullLogger<MqttPublisher>.Instance, Random.Shared.NextDouble);
        var device = publisher.RunAsync(stop.Token);
        foreach (var outage in Outages)
        {
            await UntilAsync(() => heard.IsConnected, limit.Token);
            await broker.KillAsync();
            journal.Append([composer.Compose(Gap(), DateTimeOffset.UnixEpoch)], Array.Empty<byte>());
            await Task.Delay(outage, TimeProvider.System, limit.Token);
            await broker.RestartAsync(limit.Token);
            var began = TimeProvider.System.GetTimestamp();
            await using var central = await TopicTap.ConnectAsync(broker, Topics.DeviceEvents(Site, Device), limit.Token);
            await UntilAsync(() => heard.IsConnected, limit.Token);
            var connected = TimeProvider.System.GetElapsedTime(began);
            await UntilAsync(() => !central.Said.IsEmpty, limit.Token);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"broker away for {outage.TotalSeconds:0} s: connected {connected.TotalSeconds:0.00} s after its return, first event {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.00} s"));
        }

        await stop.CancelAsync();
        await device;
        return 0;
    }

    private static GapData Gap() => new() { Reason = "device-off", From = DateTimeOffset.UnixEpoch, To = DateTimeOffset.UnixEpoch, Bays = ["bay-01"] };

    private static async Task UntilAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
    }

    private sealed class Hearing : IDeliveryListener
    {
        public bool IsConnected { get; private set; }

        public void Connected(string broker) => IsConnected = true;

        public void Disconnected(string reason) => IsConnected = false;

        public void Confirmed(IReadOnlyList<OutboxEntry> entries)
        {
            // The subscriber sees what counts.
        }
    }
}
