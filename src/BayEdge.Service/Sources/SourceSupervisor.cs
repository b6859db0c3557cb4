using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Core.Tags;
using BayEdge.Service.Bays;
using BayEdge.Service.Commissioning;
using BayEdge.Service.Neighbours;
using BayEdge.Service.Status;

namespace BayEdge.Service.Sources;

/// <summary>Keeps every reader, camera and contact running: reconnects for ever, says once when one is lost and once when it is back.</summary>
/// <param name="neighbours">Null where the other devices of the site are told nothing.</param>
internal sealed partial class SourceSupervisor(
    EdgeConfiguration configuration,
    DriverCatalogue drivers,
    BayLoop loop,
    StatusBoard board,
    RunningSources running,
    HeardTags heard,
    ContactStates contacts,
    ReadPlates plates,
    TimeProvider time,
    ILogger<SourceSupervisor> logger,
    IEnumerable<ISightingObserver> observers,
    NeighbourBoard? neighbours = null,
    ISightingGate? admission = null) : BackgroundService
{
    // A device that answers and breaks at once is waited for as patiently as one that does not answer.
    private static readonly TimeSpan Steady = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(configuration.Sources.Select(source => Task.Run(() => SuperviseAsync(source, stoppingToken), stoppingToken)));

    private async Task SuperviseAsync(SourceConfiguration configured, CancellationToken stoppingToken)
    {
        var source = drivers.DriverOf(configured).Create(configured);
        running.Add(configured.Id, source);
        var wait = new ReconnectWait(Random.Shared.NextDouble);
        var filter = (configured as ReaderConfiguration)?.Tags ?? TagFilter.None;
        var gate = (configured as ReaderConfiguration)?.Gate is { } gated ? new RadioGate(gated, contacts, time) : null;
        var (saidDown, saidBroken) = (false, false);
        while (!stoppingToken.IsCancellationRequested)
        {
            await RestAsync(configured.Id, gate, stoppingToken);
            var sink = new SupervisedSink(configured.Id, filter, loop, board, heard, contacts, plates, neighbours, time, onReady: () =>
            {
                Log.SourceUp(logger, configured.Id);
                (saidDown, saidBroken) = (false, false);
            }, observers, admission);
            var begun = time.GetTimestamp();
            var (reason, fault, rests) = await RunGatedAsync(source, sink, gate, SayBroken, stoppingToken);
            if (stoppingToken.IsCancellationRequested)
                return;
            if (sink.UpFor >= Steady)
                wait.Succeeded();

            await sink.DownAsync(reason, stoppingToken);
            if (rests)
                continue;
            if (!saidDown)
                Log.SourceDown(logger, configured.Id, reason.Text);
            saidDown = true;
            await Task.Delay(wait.After(fault, time.GetElapsedTime(begun)), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // One that breaks at every attempt would fill the log with the same stack.
        void SayBroken(Exception exception)
        {
            if (!saidBroken)
                Log.DriverBroke(logger, configured.Id, exception);
            saidBroken = true;
        }
    }

    /// <summary>Waits until the source may run.</summary>
    private async Task RestAsync(string id, RadioGate? gate, CancellationToken stoppingToken)
    {
        if (gate?.UntilOpenAsync(stoppingToken) is not { IsCompleted: false } opening)
            return;
        Log.SourceRests(logger, id, gate.Reason.Text);
        board.SourceDown(id, gate.Reason.Phrase, time.GetUtcNow());
        await opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<(Phrase Reason, DeviceFaultKind? Fault, bool Rests)> RunGatedAsync(
        ISource source, ISightingSink sink, RadioGate? gate, Action<Exception> sayBroken, CancellationToken stoppingToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var run = RunOnceAsync(source, sink, sayBroken, end.Token);
        var closed = gate?.UntilClosedAsync(end.Token) ?? Task.Delay(Timeout.InfiniteTimeSpan, time, end.Token);
        var rests = await Task.WhenAny(run, closed) == closed && gate is not null;
        await end.CancelAsync();
        var (reason, fault) = await run;
        return rests ? (gate!.Reason.Phrase, null, true) : (reason, fault, false);
    }

    private static async Task<(Phrase Reason, DeviceFaultKind? Fault)> RunOnceAsync(
        ISource source, ISightingSink sink, Action<Exception> sayBroken, CancellationToken stoppingToken)
    {
        try
        {
            await source.RunAsync(sink, stoppingToken);
            return (Wording.Of("the connection ended").Phrase, DeviceFaultKind.Lost);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return (Wording.Of("the service stops").Phrase, null);
        }
        catch (DeviceFaultException fault)
        {
            return (fault.Says, fault.Kind);
        }
#pragma warning disable CA1031 // A driver that breaks must take neither the other sources nor the bays with it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            sayBroken(exception);
            return (Wording.Of($"the driver failed unexpectedly and is started anew; if this comes back, save the diagnostics for support (it says '{exception.Message}')").Phrase, null);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1101, Level = LogLevel.Information, Message = "{Source} is up")]
        public static partial void SourceUp(ILogger logger, string source);

        [LoggerMessage(EventId = 1102, Level = LogLevel.Warning, Message = "{Source} is down: {Reason}")]
        public static partial void SourceDown(ILogger logger, string source, string reason);

        [LoggerMessage(EventId = 1104, Level = LogLevel.Information, Message = "{Source} rests: {Reason}")]
        public static partial void SourceRests(ILogger logger, string source, string reason);

        [LoggerMessage(EventId = 1103, Level = LogLevel.Error, Message = "The driver of {Source} broke")]
        public static partial void DriverBroke(ILogger logger, string source, Exception exception);
    }
}
