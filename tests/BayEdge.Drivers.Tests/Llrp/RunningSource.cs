using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Drivers.Llrp;

namespace BayEdge.Drivers.Tests.Llrp;

/// <summary>An LLRP source that runs until the test ends it.</summary>
internal sealed class RunningSource : IAsyncDisposable
{
    private readonly CancellationTokenSource _end;

    private RunningSource(ReaderConfiguration configuration, LlrpDriver driver, CancellationToken cancellationToken)
    {
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Source = driver.Create(configuration);
        Completion = Source.RunAsync(Sink, _end.Token);
    }

    public RecordingSink Sink { get; } = new();

    public Task Completion { get; }

    public ISource Source { get; }

    public static ReaderConfiguration Configuration(
        string address, int keepAliveSeconds = 10, int[]? antennas = null, params (string Key, string Value)[] settings) => new(
            "reader-1",
            "llrp",
            DriverSettings.Of(
            [
                ("address", address), ("session", "S1"), ("keepAliveSeconds", $"{keepAliveSeconds}"),
                .. settings.Any(setting => setting.Key == "identity") ? settings : [.. settings, ("identity", "EPC")],
            ]),
            [.. (antennas ?? [1, 2]).Select(port => new AntennaConfiguration(port, "bay-01"))]);

    public static RunningSource Start(
        string address,
        CancellationToken cancellationToken,
        int keepAliveSeconds = 10,
        int[]? antennas = null,
        TimeProvider? time = null,
        params (string Key, string Value)[] settings) =>
        new(Configuration(address, keepAliveSeconds, antennas, settings), new LlrpDriver(time ?? TimeProvider.System), cancellationToken);

    /// <summary>With a driver that may know the reader already.</summary>
    public static RunningSource Start(LlrpDriver driver, string address, CancellationToken cancellationToken) => new(Configuration(address), driver, cancellationToken);

    /// <summary>Waits until the source says that the reader delivers; fails with the source's fault when it ends first.</summary>
    public async Task UntilReadyAsync() => await await Task.WhenAny(Sink.ReadyAsync, Completion);

    /// <summary>The fault with which the source ends.</summary>
    public Task<DeviceFaultException> FaultAsync() => Assert.ThrowsAsync<DeviceFaultException>(() => Completion);

    /// <summary>Ends the source from outside, as the service does when it stops.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Completion);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Completion.ContinueWith(_ => { }, TaskScheduler.Default);
        _end.Dispose();
    }
}
