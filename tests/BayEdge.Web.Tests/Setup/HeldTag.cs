namespace BayEdge.Web.Tests.Setup;

/// <summary>A tag that the installer holds before an antenna.</summary>
internal sealed class HeldTag : IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(40);

    private readonly CancellationTokenSource _put = new();
    private readonly Task _holding;

    public HeldTag(SetupWorkshop workshop, int antenna) => _holding = HoldAsync(workshop, antenna);

    public async ValueTask DisposeAsync()
    {
        await _put.CancelAsync();
        await _holding;
        _put.Dispose();
    }

    private async Task HoldAsync(SetupWorkshop workshop, int antenna)
    {
        while (!_put.IsCancellationRequested)
        {
            workshop.Reader.Report(antenna, "E2801160600002AA00000001", -44, 1, workshop.Clock.GetUtcNow());
            await Task.Delay(Between, _put.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
