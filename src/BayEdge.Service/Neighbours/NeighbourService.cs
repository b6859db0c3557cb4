using System.Text.Json;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;
using BayEdge.Core.Bays;
using BayEdge.Core.Neighbours;
using BayEdge.Messaging.Publishing;
using BayEdge.Service.Bays;

namespace BayEdge.Service.Neighbours;

/// <summary>Carries what the devices of the site tell each other between the broker and the bays.</summary>
internal sealed partial class NeighbourService(
    NeighbourBoard board, NeighbourMemory memory, MqttPublisher publisher, IBayInputs bays, Func<ClockInfo> clock, TimeProvider time, ILogger<NeighbourService> logger) : BackgroundService
{
    // Adds to the age of every report, so well below a second.
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(250);

    private readonly string _bootId = clock().BootId;
    private bool _saidIgnored;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        publisher.NeighbourReported += Read;
        while (!stoppingToken.IsCancellationRequested)
        {
            if (board.Settle() is { } changed)
                await TellAsync(changed, stoppingToken);
            memory.Write(board.HasNeighbours);
            while (board.TakeSecond() is { } second)
                publisher.OfferNeighbours(() => Compose(second));
            await Task.Delay(Turn, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        publisher.NeighbourReported -= Read;
    }

    private async Task TellAsync(NeighboursReachable changed, CancellationToken stoppingToken)
    {
        if (changed.Reachable)
            Log.Reachable(logger);
        else
            Log.Unreachable(logger);
        try
        {
            await bays.SendAsync(changed, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The service stops; it finds out anew when it starts.
        }
    }

    private ReadOnlyMemory<byte>? Compose(TagSecond second) => board.Report(second, _bootId) is { } report
        ? JsonSerializer.SerializeToUtf8Bytes(report, ContractsJson.Wire.NeighbourReport)
        : null;

    private void Read(ReadOnlyMemory<byte> payload)
    {
        var news = board.Read(payload.Span);
        // Where the bays are behind, a report is as good as lost on the way.
        foreach (var heard in news.Heard)
            bays.TrySend(heard);
        if (news.Problem is null || _saidIgnored)
            return;

        _saidIgnored = true;
        Log.Ignored(logger, news.Problem);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1521, Level = LogLevel.Warning,
            Message = "No other device of the site is heard; until one is, decisions are provisional and may be corrected afterwards")]
        public static partial void Unreachable(ILogger logger);

        [LoggerMessage(EventId = 1522, Level = LogLevel.Information, Message = "The other devices of the site are heard again")]
        public static partial void Reachable(ILogger logger);

        [LoggerMessage(EventId = 1523, Level = LogLevel.Warning,
            Message = "Ignored a message on the topic that the devices of the site share: {Problem}. Look for what else publishes there; further ones are ignored without a word")]
        public static partial void Ignored(ILogger logger, string problem);
    }
}
