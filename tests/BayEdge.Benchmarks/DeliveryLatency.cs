using System.Globalization;
using System.Text;
using System.Threading.Channels;
using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Core.Delivery;
using BayEdge.Messaging.Publishing;
using BayEdge.Storage.Journal;
using BayEdge.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet;
using MQTTnet.Protocol;

namespace BayEdge.Benchmarks;

/// <summary>
/// How long it takes from the decision until a subscriber has the event: journal, publisher and Mosquitto as installed. Beside it, what the disk alone takes.
/// </summary>
internal static class DeliveryLatency
{
    private const int Count = 1000;
    private const string Site = "sh-01";
    private const string Device = "pi-01";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public static async Task<int> RunAsync(TextWriter output)
    {
        using var limit = new CancellationTokenSource(Longest, TimeProvider.System);
        using var folder = new TemporaryFolder();
        Print(output, "one fsync of 4 KiB", Fsyncs(folder));
        await using var broker = await MosquittoBroker.StartAsync(limit.Token);
        _ = BrokerAddress.TryParse(broker.Url, out var address, out _);
        var topic = Topics.BayEvents(Site, Device, "bay-01");
        var arrivals = Channel.CreateUnbounded<(long Sequence, long At)>();
        using var subscriber = await SubscribeAsync(broker.Port, topic, arrivals.Writer, limit.Token);
        using var journal = SqliteJournal.Open(new JournalOptions { Folder = folder.Path }, TimeProvider.System);
        var publisher = new MqttPublisher(
            new MqttPublisherOptions { Site = Site, Device = Device, Broker = address!, BootId = "boot-1", Confirmation = Core.Configuration.DeliveryConfirmation.Broker },
            journal,
            new Deaf(),
            TimeProvider.System,
            NullLogger<MqttPublisher>.Instance,
            Random.Shared.NextDouble);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token);
        var running = publisher.RunAsync(stop.Token);
        var (stored, delivered) = (new TimeSpan[Count], new TimeSpan[Count]);
        for (var index = 0; index < Count; index++)
        {
            var began = TimeProvider.System.GetTimestamp();
            journal.Append([new PendingEvent(topic, DateTimeOffset.UnixEpoch, Compose)], new byte[2000]);
            stored[index] = TimeProvider.System.GetElapsedTime(began);
            (long Sequence, long At) arrival;
            do
            {
                arrival = await arrivals.Reader.ReadAsync(limit.Token);
            }
            while (arrival.Sequence != index + 1);
            delivered[index] = TimeProvider.System.GetElapsedTime(began, arrival.At);
            await Task.Delay(Pause, TimeProvider.System, limit.Token);
        }

        await stop.CancelAsync();
        await running;
        Print(output, "decision to disk", stored);
        Print(output, "decision to subscriber", delivered);
        return 0;
    }

    // Padded to what an event of a visit has.
    private static byte[] Compose(EventPosition position) => Encoding.ASCII.GetBytes(position.Sequence.ToString(CultureInfo.InvariantCulture).PadRight(1000));

    private static async Task<IMqttClient> SubscribeAsync(int port, string topic, ChannelWriter<(long, long)> arrivals, CancellationToken cancellationToken)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += received =>
        {
            var at = TimeProvider.System.GetTimestamp();
            arrivals.TryWrite((long.Parse(Encoding.ASCII.GetString(received.ApplicationMessage.Payload), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture), at));
            return Task.CompletedTask;
        };
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", port).Build(), cancellationToken);
        await client.SubscribeAsync(topic, MqttQualityOfServiceLevel.AtMostOnce, cancellationToken);
        return client;
    }

    private static TimeSpan[] Fsyncs(TemporaryFolder folder)
    {
        using var file = File.OpenHandle(folder.File("fsync"), FileMode.Create, FileAccess.Write);
        var (block, took) = (new byte[4096], new TimeSpan[Count]);
        for (var index = 0; index < Count; index++)
        {
            var began = TimeProvider.System.GetTimestamp();
            RandomAccess.Write(file, block, 0);
            RandomAccess.FlushToDisk(file);
            took[index] = TimeProvider.System.GetElapsedTime(began);
        }

        return took;
    }

    private static void Print(TextWriter output, string what, TimeSpan[] took)
    {
        Array.Sort(took);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what}: median {took[Count / 2].TotalMilliseconds:0.00} ms, p99 {took[Count * 99 / 100].TotalMilliseconds:0.00} ms"));
    }

    private sealed class Deaf : IDeliveryListener
    {
        public void Connected(string broker)
        {
            // Nothing to hear here, nor below: the subscriber sees what counts.
        }

        public void Disconnected(string reason)
        {
        }

        public void Confirmed(IReadOnlyList<OutboxEntry> entries)
        {
        }
    }
}
