using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Tests.Push;

/// <summary>A source of a device that pushes, which runs until the test ends it.</summary>
internal sealed class RunningPush : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public RunningPush(ISource source) => Completion = source.RunAsync(Sink, _end.Token);

    public RecordingSink Sink { get; } = new();

    public Task Completion { get; }

    /// <summary>Of the drivers for every kind, that for this device.</summary>
    public static ISourceDriver DriverOf(IEnumerable<ISourceDriver> drivers, SourceConfiguration source) => drivers.Single(driver => driver.Descriptor.Kind == source switch
    {
        ReaderConfiguration => SourceKind.Reader,
        CameraConfiguration => SourceKind.Camera,
        _ => SourceKind.Presence,
    });

    public async Task UntilReadyAsync() => await await Task.WhenAny(Sink.ReadyAsync, Completion);

    public Task<DeviceFaultException> FaultAsync() => Assert.ThrowsAsync<DeviceFaultException>(() => Completion);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Completion.ContinueWith(_ => { }, TaskScheduler.Default);
        _end.Dispose();
    }
}
