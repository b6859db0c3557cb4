using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using BayEdge.Service.Commissioning;
using BayEdge.Service.Configuring;
using BayEdge.Service.Pictures;
using BayEdge.Service.RemoteCommands;
using BayEdge.Service.Status;
using BayEdge.Service.Timing;
using BayEdge.Storage;

namespace BayEdge.Service.Hosting;

/// <summary>What is watched at the moment.</summary>
/// <param name="Runtime">Null while nothing is.</param>
/// <param name="Revision">Of the configuration that <paramref name="Runtime"/> works with.</param>
/// <param name="Fault">Why nothing is watched; null when something is, or is about to be.</param>
internal sealed record RuntimeState(EdgeRuntime? Runtime, string? Revision, Phrase? Fault)
{
    public static RuntimeState Starting { get; } = new(null, null, null);
}

/// <summary>
/// Has the bays watched with the configuration that holds: starts anew when that changes, and tries again when the disk or a part
/// fails. The page does not depend on it.
/// </summary>
internal sealed partial class RuntimeKeeper(
    PageHostOptions options,
    ConfigurationKeeper configurations,
    DriverSet drivers,
    DeviceClock clock,
    RecentEvents recent,
    RecentProblems problems,
    RuntimeObservers observers,
    EvidencePictures pictures,
    IHostApplicationLifetime lifetime,
    Serilog.ILogger serilog,
    ILogger<RuntimeKeeper> logger)
    : BackgroundService
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    private readonly UnsentReplies _unsentReplies = new();
    private RuntimeState _state = RuntimeState.Starting;
    private TaskCompletionSource _changed = NewSignal();
    private DataFolderLock? _folder;
    private CancellationToken _stopLimit;
    private bool _endedWell = true;

    public RuntimeState State => Volatile.Read(ref _state);

    /// <summary>Null while nothing is watched.</summary>
    public EdgeRuntime? Runtime => State.Runtime;

    /// <summary>Completes when <see cref="State"/> is another; to be taken before looking at it.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>False when a part failed at the end, so that the service did not end well.</summary>
    public bool EndedWell => _endedWell && ExecuteTask is not { IsFaulted: true };

    /// <summary>Waits until the bays are watched with the configuration that holds now, or until it is clear that they are not.</summary>
    public async Task<RuntimeState> SettledAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = Changed;
            var state = State;
            if (state.Fault is not null || configurations.Current.Configuration is null || (state.Runtime is not null && state.Revision == configurations.Current.Revision))
                return state;
            await changed.WaitAsync(cancellationToken);
        }
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        _stopLimit = cancellationToken;
        return base.StopAsync(CancellationToken.None);
    }

    public override void Dispose()
    {
        _folder?.Dispose();
        base.Dispose();
    }

    /// <exception cref="DataFolderInUseException">Another service works in the data folder.</exception>
    /// <exception cref="StorageFaultException">It cannot be made or written to.</exception>
    public void TakeFolder() => _folder ??= DataFolderLock.Take(options.Folder.Path);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await PageOpenedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = configurations.Changed;
            var wanted = configurations.Current;
            if (wanted.Configuration is not null)
            {
                var runtime = await StartAsync(wanted, stoppingToken);
                await WaitAsync(wanted, runtime, changed, stoppingToken);
                if (runtime is not null)
                    await EndAsync(runtime, stoppingToken);
            }
            else
            {
                await changed.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // It has to be there whatever else is broken, and no reader may take its port.
    private async Task PageOpenedAsync(CancellationToken stoppingToken)
    {
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(opened.SetResult);
        await opened.Task.WaitAsync(stoppingToken);
    }

    private async Task<EdgeRuntime?> StartAsync(ConfigurationState wanted, CancellationToken stoppingToken)
    {
        EdgeRuntime? runtime = null;
        try
        {
            TakeFolder();
            drivers.ReadPlatesWith(wanted.Configuration!.Vision, options.Configuration);
            pictures.Configure(wanted.Configuration.Pictures);
            runtime = EdgeRuntime.Build(new EdgeRuntimeOptions
            {
                Configuration = wanted.Configuration!,
                Secrets = wanted.Secrets,
                Folder = options.Folder,
                Drivers = drivers.Catalogue,
                Clock = clock,
                Logger = serilog,
                Problems = problems,
                Configurations = configurations,
                UnsentReplies = _unsentReplies,
                BayClock = options.BayClock,
                NetworkClock = options.NetworkClock,
                Listeners = options.Listeners,
                Recent = recent,
                Observers = observers,
                Pictures = pictures,
            });
            await runtime.StartAsync(stoppingToken);
            Set(new RuntimeState(runtime, wanted.Revision, null));
            Log.Watching(logger, wanted.Configuration!.Site, wanted.Configuration.Device);
            return runtime;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service ends before it had begun.
        }
        catch (DataFolderInUseException exception)
        {
            Fail(PageTexts.FolderInUse.With(("folder", options.Folder.Path), ("process", exception.ProcessId as object ?? "?")), exception);
        }
        catch (StorageFaultException exception)
        {
            Fail(PageTexts.StorageFault.With(("reason", exception.Says)), exception);
        }
#pragma warning disable CA1031 // Whatever keeps the bays from being watched, the page stays, says so, and it is tried again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            var reason = Wording.Of($"a part of the service does not start; it is tried again, and if this stays, save the diagnostics for support (the system says '{exception.Message}')");
            Fail(PageTexts.RuntimeFailed.With(("reason", reason.Phrase)), exception);
        }

        if (runtime is not null)
            await runtime.DisposeAsync();
        return null;
    }

    // Until another configuration holds, a part fails, or after a failure it is time to try again.
    private async Task WaitAsync(ConfigurationState wanted, EdgeRuntime? runtime, Task changed, CancellationToken stoppingToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, runtime?.Ended ?? CancellationToken.None);
        if (runtime is null)
        {
            await changed.WaitAsync(Retry, options.NetworkClock, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        while (!end.IsCancellationRequested && (configurations.Current.Configuration is null || configurations.Current.Revision == wanted.Revision))
        {
            await changed.WaitAsync(end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            changed = configurations.Changed;
        }
    }

    private async Task EndAsync(EdgeRuntime runtime, CancellationToken stoppingToken)
    {
        var failed = runtime.Ended.IsCancellationRequested && !runtime.IsToBeginAnew && !stoppingToken.IsCancellationRequested;
        Set(RuntimeState.Starting);
        using var limit = new CancellationTokenSource(EdgeRuntime.StopLimit, options.NetworkClock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stopLimit);
        var endedWell = await runtime.StopAsync(either.Token);
        await runtime.DisposeAsync();
        if (stoppingToken.IsCancellationRequested)
            _endedWell = endedWell;
        else if (failed)
            await RestAsync(stoppingToken);
    }

    private async Task RestAsync(CancellationToken stoppingToken)
    {
        Set(new RuntimeState(null, null, PageTexts.RuntimeFailed.With(("reason", Wording.Of($"a part of the service failed; it is started anew, see the log").Phrase))));
        Log.PartFailed(logger);
        await Task.Delay(Retry, options.NetworkClock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Fail(Phrase fault, Exception exception)
    {
        if (State.Fault?.Text != fault.Text)
            Log.NotWatching(logger, fault.Text, exception);
        Set(new RuntimeState(null, null, fault));
    }

    private void Set(RuntimeState state)
    {
        Volatile.Write(ref _state, state);
        Interlocked.Exchange(ref _changed, NewSignal()).SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static partial class Log
    {
        [LoggerMessage(EventId = 1303, Level = LogLevel.Information, Message = "The bays are watched as {Site}/{Device}")]
        public static partial void Watching(ILogger logger, string site, string device);

        [LoggerMessage(EventId = 1304, Level = LogLevel.Error, Message = "The bays are not watched: {Reason}")]
        public static partial void NotWatching(ILogger logger, string reason, Exception exception);

        [LoggerMessage(EventId = 1305, Level = LogLevel.Error, Message = "A part of the service failed; everything but the page is started anew")]
        public static partial void PartFailed(ILogger logger);
    }
}
