using System.Globalization;
using BayEdge.Central;
using BayEdge.Central.Ledger;
using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Core.Delivery;
using BayEdge.Messaging.Publishing;
using BayEdge.Storage.Journal;
using BayEdge.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace BayEdge.Benchmarks;

/// <summary>How long the reference consumer takes to confirm a backlog, through Mosquitto with and without Nagle's delay.</summary>
internal static class BacklogDrain
{
    private const string Site = "sh-01";
    private const string Device = "pi-01";

    private const int DefaultAckWindow = 100;

    private static readonly int[] AckWindows = [10, DefaultAckWindow, 400];
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>As the device and the broker are installed.</summary>
    public static async Task<int> RunAsync(TextWriter output, int count)
    {
        await MeasureAsync(output, "", DefaultAckWindow, count);
        return 0;
    }

    /// <summary>With other windows and other settings of the broker beside.</summary>
    public static async Task<int> CompareAsync(TextWriter output, int count)
    {
        foreach (var settings in (string[])["", "set_tcp_nodelay true"])
        {
            foreach (var ackWindow in AckWindows)
                await MeasureAsync(output, settings, ackWindow, count);
        }

        return 0;
    }

    private static async Task MeasureAsync(TextWriter output, string settings, int ackWindow, int count)
    {
        using var limit = new CancellationTokenSource(Longest, TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        using var folder = new TemporaryFolder();
        await using var broker = await MosquittoBroker.StartAsync(limit.Token, settings);
        _ = BrokerAddress.TryParse(broker.Url, out var address, out _);
        using var journal = SqliteJournal.Open(new JournalOptions { Folder = folder.Path }, TimeProvider.System);
        var composer = new EventComposer(Site, Device);
        foreach (var chunk in Enumerable.Range(0, count).Chunk(1000))
            journal.Append([.. chunk.Select(_ => composer.Compose(Gap(), DateTimeOffset.UnixEpoch))], Array.Empty<byte>());

        using var ledger = CentralLedger.Open(null);
        var central = new CentralConsumer(new CentralOptions { Broker = address! }, ledger, new Deaf(), TimeProvider.System).RunAsync(stop.Token);
        var options = new MqttPublisherOptions { Site = Site, Device = Device, Broker = address!, BootId = "boot-1", AckWindow = ackWindow };
        var publisher = new MqttPublisher(
            options, journal, new Deaf(), TimeProvider.System, NullLogger<MqttPublisher>.Instance, Random.Shared.NextDouble);
        var began = TimeProvider.System.GetTimestamp();
        var device = publisher.RunAsync(stop.Token);
        while (journal.GetStatus().Backlog > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        var took = TimeProvider.System.GetElapsedTime(began);
        await stop.CancelAsync();
        await Task.WhenAll(device, central);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Mosquitto {(settings.Length == 0 ? "as installed" : settings)}, ack window {ackWindow}: {count} events in {took.TotalSeconds:0.0} s, {count / took.TotalSeconds:N0}/s"));
    }

    private static GapData Gap() => new()
    {
        Reason = "device-off",
        From = DateTimeOffset.UnixEpoch,
        To = DateTimeOffset.UnixEpoch,
        Bays = [.. Enumerable.Range(1, 30).Select(bay => $"bay-{bay:00}")],
    };

    private sealed class Deaf : IDeliveryListener, ICentralListener
    {
        void IDeliveryListener.Connected(string broker)
        {
            // Nothing to hear here, nor below: the journal says when all is confirmed.
        }

        void IDeliveryListener.Disconnected(string reason)
        {
        }

        void IDeliveryListener.Confirmed(IReadOnlyList<OutboxEntry> entries)
        {
        }
    }
}
