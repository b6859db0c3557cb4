using BayEdge.Simulator.Readers;

namespace BayEdge.EndToEnd.Tests.Running;

/// <summary>A vehicle whose tag a simulated reader reads for as long as it stands there.</summary>
internal sealed class TaggedVehicle : IAsyncDisposable
{
    public const string Tag = "E28068940000501234567890";

    private const int Antenna = 1;
    private const double RssiDbm = -55;
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(250);

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

    public DateTimeOffset LastRead { get; private set; }

    /// <summary>Drives in once the reader reads.</summary>
    public static async Task<TaggedVehicle> ArriveAsync(SimulatedLlrpReader reader)
    {
        await reader.WaitUntilReadingAsync(TestContext.Current.CancellationToken);
        return new TaggedVehicle(reader);
    }

    public async Task LeaveAsync()
    {
        await _leaves.CancelAsync();
        await _stay;
    }

    public async ValueTask DisposeAsync()
    {
        await LeaveAsync();
        _leaves.Dispose();
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
