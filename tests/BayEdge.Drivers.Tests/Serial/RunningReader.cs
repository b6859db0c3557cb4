using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Tests.Serial;

/// <summary>A reader on a serial port that runs until the test ends it.</summary>
internal sealed class RunningReader : IAsyncDisposable
{
    private readonly CancellationTokenSource _end;

    private RunningReader(ISourceDriver driver, ReaderConfiguration configuration)
    {
        _end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Source = driver.Create(configuration);
        Completion = Source.RunAsync(Sink, _end.Token);
    }

    public RecordingSink Sink { get; } = new();

    public Task Completion { get; }

    public ISource Source { get; }

    /// <summary>A configuration with the driver's defaults and one antenna.</summary>
    public static ReaderConfiguration Configuration(ISourceDriver driver, string port, params (string Key, string Value)[] settings) => new(
        "reader-1",
        driver.Descriptor.Id,
        DriverSettings.Of(
        [
            .. driver.Descriptor.Fields
                .Where(field => field.Default is not null && settings.All(setting => setting.Key != field.Key))
                .Select(field => (field.Key, field.Default!)),
            ("port", port),
            .. settings,
        ]),
        [new AntennaConfiguration(1, "bay-01")]);

    public static RunningReader Start(ISourceDriver driver, string port, params (string Key, string Value)[] settings) =>
        new(driver, Configuration(driver, port, settings));

    public static RunningReader Start(ISourceDriver driver, ReaderConfiguration configuration) => new(driver, configuration);

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
