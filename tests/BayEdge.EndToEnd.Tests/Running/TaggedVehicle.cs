using BayEdge.Simulator.Readers;

namespace BayEdge.EndToEnd.Tests.Running;

/// <summary>A vehicle whose tag a simulated reader reads for as long as it stands there, and a few times more as it drives off.</summary>
internal sealed class TaggedVehicle : IAsyncDisposable
{
    public const string Tag = "E28068940000501234567890";

    private const int Antenna = 1;
    private const double RssiDbm = -55;

    // In the aisle, on the way out: without it the silence might as well be a person who stands before the tag.
    private const double DrivingOffRssiDbm = -75;
    private const int ReadsDrivingOff = 8;
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(250);

    // Whoever only stopped before the bay was there for less.
    private static readonly TimeSpan ShortestStay = TimeSpan.FromSeconds(105);

    private readonly SimulatedLlrpReader _reader;
    private readonly CancellationTokenSource _leaves = new();
    private readonly Task _stay;

    private TaggedVehicle(SimulatedLlrpReader reader)
    {
        _reader = reader;
        FirstRead = TimeProvider.System.GetUtcNow();
        LastRead = FirstRead;
        _stay = StayAsync();
    }

    public DateTimeOffset FirstRead { get; }

    /// <summary>The last one in the bay.</summary>
    public DateTimeOffset LastRead { get; private set; }

    /// <summary>Drives in once the reader reads.</summary>
    public static async Task<TaggedVehicle> ArriveAsync(SimulatedLlrpReader reader)
    {
        await reader.WaitUntilReadingAsync(TestContext.Current.CancellationToken);
        return new TaggedVehicle(reader);
    }

    /// <summary>Drives off once it has stood there for as long as a vehicle does.</summary>
    public async Task LeaveAsync()
    {
        var left = FirstRead + ShortestStay - TimeProvider.System.GetUtcNow();
        if (left > TimeSpan.Zero)
            await Task.Delay(left, TestContext.Current.CancellationToken);
        await EndStayAsync();
        for (var read = 0; read < ReadsDrivingOff; read++)
        {
            await Task.Delay(BetweenReads, TestContext.Current.CancellationToken);
            _reader.Report(Antenna, Tag, DrivingOffRssiDbm, 1, TimeProvider.System.GetUtcNow());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndStayAsync();
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
            var now = TimeProvider.System.GetUtcNow();
            if (_reader.Report(Antenna, Tag, RssiDbm, 2, now))
                LastRead = now;
            await Task.Delay(BetweenReads, _leaves.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
