using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using BayEdge.Core.Timing;
using BayEdge.Service.Bays;
using BayEdge.Service.Configuring;
using BayEdge.Service.Hosting;
using BayEdge.Service.Status;
using BayEdge.Service.Timing;

namespace BayEdge.Service.Endpoints;

/// <summary>What the page shows first: what is broken, then how the bays stand; also while nothing of it works.</summary>
internal sealed class DeviceStatus(RuntimeKeeper keeper, ConfigurationKeeper configurations, DeviceClock clock, DataFolder folder, TimeProvider time) : IPageTopic
{
    public const string Topic = "status";

    private const long LeastFreeBytes = 200_000_000;
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MostBetweenUpdates = TimeSpan.FromSeconds(2);

    public string Name => Topic;

    public StatusView Read() => With(keeper.Runtime?.Board.Read());

    public async IAsyncEnumerable<string> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var changed = keeper.Changed;
            if (keeper.Runtime is { } runtime)
            {
                using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, runtime.Ended);
                await foreach (var view in runtime.Board.WatchAsync(end.Token))
                    yield return Serialize(With(view));
            }
            else
            {
                yield return Serialize(With(null));
            }

            await changed.WaitAsync(MostBetweenUpdates, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What keeps the device from its work, in a sentence; null when nothing does.</summary>
    public string? FaultOfWork()
    {
        if (keeper.State is { Runtime: { } runtime })
            return FaultOf(runtime.Services.GetRequiredService<BayLoop>(), runtime.Board, runtime.Services.GetRequiredService<TimeProvider>());
        return (keeper.State.Fault ?? FaultsOfConfiguration().Select(fault => fault.Says).FirstOrDefault() ?? PageTexts.RuntimeStarting.With()).Text;
    }

    internal static string? FaultOf(BayLoop loop, StatusBoard board, TimeProvider time)
    {
        var silence = time.Observe().Monotonic - loop.LastTurn;
        return silence < LongestTurn
            ? board.Read().Storage?.Text
            : string.Create(CultureInfo.InvariantCulture, $"The bays have not been looked after for {silence.TotalSeconds:0} s; save the logs and restart the service.");
    }

    private StatusView With(StatusView? view)
    {
        var configuration = configurations.Current.Configuration;
        view ??= new StatusView(
            configuration?.Site ?? "", configuration?.Device ?? "", configuration?.Language ?? "zh-CN", time.GetUtcNow(), [], [], new DeliveryView(false, null, 0, null), null, []);
        return view with { Faults = [.. FaultsOfConfiguration(), .. FaultsOfWork(view), .. FaultsOfComputer()] };
    }

    private IEnumerable<FaultView> FaultsOfConfiguration()
    {
        var current = configurations.Current;
        if (current.Problems is [var problem, ..])
            yield return new FaultView(FaultView.Bad, "settings", (current.Configuration is null ? PageTexts.ConfigurationBroken : PageTexts.FileIgnored).With(("problem", PageTexts.Of(problem))));
        else if (current.Configuration is null)
            yield return new FaultView(FaultView.Bad, "settings", PageTexts.ConfigurationMissing.With());
        if (current.ConfirmBy is { } until)
            yield return new FaultView(FaultView.Warning, "settings", PageTexts.WaitsForConfirmation.With(("time", until)));
    }

    private IEnumerable<FaultView> FaultsOfWork(StatusView view)
    {
        if (keeper.State.Fault is { } fault)
            yield return new FaultView(FaultView.Bad, "system", fault);
        if (view.Storage is { } storage)
            yield return new FaultView(FaultView.Bad, "system", PageTexts.StorageFault.With(("reason", storage)));
        foreach (var source in view.Sources.Where(source => !source.Up && source.Since is not null))
            yield return new FaultView(FaultView.Bad, "sources", PageTexts.SourceDown.With(("source", source.Id), ("reason", keeper.Runtime?.Board.ReasonOf(source.Id) as object ?? source.Detail ?? "")));
        if (!view.Delivery.Connected && view.Delivery.Reason is { } reason)
            yield return new FaultView(FaultView.Bad, "sources", PageTexts.BrokerAway.With(("reason", reason)));
        foreach (var danger in keeper.Runtime?.Board.DeliveryDangers ?? [])
            yield return new FaultView(FaultView.Warning, "sources", danger);
    }

    private IEnumerable<FaultView> FaultsOfComputer()
    {
        if (!clock.Ledger.IsTrusted && !KernelClock.Read().IsSynchronised)
            yield return new FaultView(FaultView.Warning, "system", PageTexts.ClockWrong.With());
        if (folder.FreeBytes() is { } free and < LeastFreeBytes)
            yield return new FaultView(FaultView.Warning, "system", PageTexts.DiskLow.With(("free", string.Create(CultureInfo.InvariantCulture, $"{free / 1_000_000} MB"))));
    }

    private static string Serialize(StatusView view) => JsonSerializer.Serialize(view, PageJson.Default.StatusView);
}
