namespace BayEdge.Web.Tests.Setup;

/// <summary>A tag on its windscreen, heard for as long as it stands there and a few times more as it drives off.</summary>
internal sealed class WalkedVehicle : IAsyncDisposable
{
    private const double StandingDbm = -48, PassingDbm = -62, DrivingOffDbm = -75;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    // Whoever only stopped before the bay was there for less.
    private static readonly TimeSpan ShortestStay = TimeSpan.FromSeconds(110);

    private readonly SetupWorkshop _workshop;
    private readonly int _antenna;
    private readonly Action _gone;
    private readonly CancellationTokenSource _leaves = new();
    private readonly DateTimeOffset _came;
    private readonly Task _stay;

    public WalkedVehicle(SetupWorkshop workshop, int antenna, Action gone)
    {
        (_workshop, _antenna, _gone, _came) = (workshop, antenna, gone, workshop.Clock.GetUtcNow());
        _stay = StayAsync();
    }

    /// <summary>Stays for as long as a vehicle does, then drives off past the antenna.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        var left = _came + ShortestStay - _workshop.Clock.GetUtcNow();
        if (left > TimeSpan.Zero)
            await Task.Delay(left, _workshop.Clock, cancellationToken);
        await EndStayAsync();
        _gone();
        for (var read = 0; read < 8; read++)
        {
            await Task.Delay(Between, _workshop.Clock, cancellationToken);
            Read(read < 3 ? PassingDbm : DrivingOffDbm);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndStayAsync();
        _gone();
        _leaves.Dispose();
    }

    private async Task EndStayAsync()
    {
        await _leaves.CancelAsync();
        await _stay;
    }

    private async Task StayAsync()
    {
        while (!_leaves.IsCancellationRequested)
        {
            Read(StandingDbm);
            await Task.Delay(Between, _workshop.Clock, _leaves.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Read(double dbm) => _workshop.Reader.Report(_antenna, SetupWorkshop.Tag, dbm, 2, _workshop.Clock.GetUtcNow());
}
