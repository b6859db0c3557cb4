using System.Text.Json;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Timing;

namespace BayEdge.Drivers.ImpinjIot;

/// <summary>One reader: told to read over its REST interface, listened to over its data stream.</summary>
/// <param name="id">The reader's configured id.</param>
internal sealed class ImpinjIotSource(string id, ImpinjIotSettings settings, TimeProvider time) : ISource
{
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(2);

    /// <summary>An empty bay's stream is silent, so the reader is asked now and then whether it still reads.</summary>
    private static readonly TimeSpan AskPeriod = TimeSpan.FromSeconds(5);

    /// <summary>Longer than this no report is on its way; one that seems older says that the reader's clock was set.</summary>
    private static readonly TimeSpan LongestWay = TimeSpan.FromSeconds(25);

    private readonly ReaderClock _clock = new(LongestWay);
    private ObservedAt _latest;

    public async Task RunAsync(ISightingSink sink, CancellationToken cancellationToken)
    {
        using var client = new ImpinjIotClient(settings, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            await client.PutAsync("system/rfid/interface", """{"rfidInterface":"rest"}""", cancellationToken);
            // A profile that another program left running would keep the radio.
            await client.PostAsync("profiles/stop", null, cancellationToken);
            await client.PostAsync("profiles/inventory/start", ImpinjPreset.Write(settings), cancellationToken);
            using var response = await client.OpenAsync("data/stream", cancellationToken);
            sink.Ready();
            _clock.ExpectHeldBack(time.Observe());
            await await Task.WhenAny(ListenAsync(client, response, sink, end.Token), AskAsync(client, end.Token));
        }
        finally
        {
            await end.CancelAsync();
            await Farewell.SayAsync(FarewellLimit, time, limited => client.PostAsync("profiles/stop", null, limited));
        }
    }

    private async Task ListenAsync(ImpinjIotClient client, HttpResponseMessage response, ISightingSink sink, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var lines = new LineStream(stream);
            while (await lines.NextAsync(cancellationToken) is { } line)
            {
                if (line.Span.Trim(" \r\t"u8).IsEmpty)
                    continue;
                await TakeAsync(ImpinjEvent.Read(line), sink, cancellationToken);
            }

            throw client.Lost();
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw client.Lost(exception);
        }
        catch (FormatException exception)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Protocol, $"The reader at {settings.Address} sent a line that is no event: {exception.Message}. It is connected anew; restart it if this repeats.", exception);
        }
    }

    private async ValueTask TakeAsync(ImpinjEvent found, ISightingSink sink, CancellationToken cancellationToken)
    {
        if (found.InventoryStatus == "idle")
            throw Stopped();
        if (found.Tag is not { Length: > 0 } tag)
            return;

        var arrival = time.Observe();
        // The offset of the clocks gets better while it is learned, and time must not run backwards for that.
        _latest = ObservedAt.Later(found.LastSeen is { } seen ? _clock.ToDevice(seen, arrival) : arrival, _latest);
        await sink.PublishAsync(new TagSighting(_latest, id, found.Antenna ?? settings.Antennas[0], tag, found.RssiDbm, Count: 1), cancellationToken);
    }

    private async Task AskAsync(ImpinjIotClient client, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(AskPeriod, time, cancellationToken);
            var answer = await client.GetAsync("status", cancellationToken);
            if (answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.String && status.ValueEquals("idle"))
                throw Stopped();
        }
    }

    private DeviceFaultException Stopped() => new(
        DeviceFaultKind.Lost, $"The reader at {settings.Address} stopped reading by itself; it is ordered to read again. End any other program that uses it.");
}
