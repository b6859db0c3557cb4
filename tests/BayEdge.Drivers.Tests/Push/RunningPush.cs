using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Push;

namespace BayEdge.Drivers.Tests.Push;

/// <summary>A source of a device that pushes, which runs until the test ends it.</summary>
internal sealed class RunningPush : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public RunningPush(ISource source) => (Source, Completion) = (source, source.RunAsync(Sink, _end.Token));

    public ISource Source { get; }

    public RecordingSink Sink { get; } = new();

    public Task Completion { get; }

    /// <summary>The drivers as the service has them, sharing ports.</summary>
    public static DriverCatalogue Drivers() => new(PushDrivers.Create(TimeProvider.System));

    public async Task UntilReadyAsync() => await await Task.WhenAny(Sink.ReadyAsync, Completion);

    public Task<DeviceFaultException> FaultAsync() => Assert.ThrowsAsync<DeviceFaultException>(() => Completion);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Completion.ContinueWith(_ => { }, TaskScheduler.Default);
        _end.Dispose();
    }
}
