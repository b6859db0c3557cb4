using BayEdge.Core.Drivers;

namespace BayEdge.Vision.Tests.Cameras;

/// <summary>A source that runs until the test lets it go.</summary>
internal sealed class RunningSource : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;

    public RunningSource(ISource source, ISightingSink sink, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Session = source.RunAsync(sink, _stop.Token);
    }

    public Task Session { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Session.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        _stop.Dispose();
    }
}
