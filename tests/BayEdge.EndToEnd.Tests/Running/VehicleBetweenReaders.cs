using BayEdge.Simulator.Readers;

namespace BayEdge.EndToEnd.Tests.Running;

/// <summary>A vehicle whose tag several simulated readers hear at once, each at a level of its own.</summary>
internal sealed class VehicleBetweenReaders : IAsyncDisposable
{
    private const int Antenna = 1;
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _gone = new();
    private readonly Task _reads;
    private volatile Hearing[] _heardBy;

    private VehicleBetweenReaders(Hearing[] heardBy)
    {
        _heardBy = heardBy;
        _reads = ReadAsync();
    }

    /// <summary>How strongly a reader's antenna hears the tag.</summary>
    internal readonly record struct Hearing(SimulatedLlrpReader Reader, double RssiDbm);

    /// <summary>Stands somewhere as soon as the readers read.</summary>
    public static async Task<VehicleBetweenReaders> ArriveAsync(params Hearing[] heardBy)
    {
        foreach (var hearing in heardBy)
            await hearing.Reader.WaitUntilReadingAsync(TestContext.Current.CancellationToken);
        return new VehicleBetweenReaders(heardBy);
    }

    /// <summary>Stands somewhere else after a while in which nobody hears it.</summary>
    public async Task DriveToAsync(TimeSpan way, params Hearing[] heardBy)
    {
        _heardBy = [];
        await Task.Delay(way, TestContext.Current.CancellationToken);
        _heardBy = heardBy;
    }

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        await _reads;
        _gone.Dispose();
    }

    private async Task ReadAsync()
    {
        while (!_gone.IsCancellationRequested)
        {
            foreach (var (reader, rssiDbm) in _heardBy)
                reader.Report(Antenna, TaggedVehicle.Tag, rssiDbm, 2, TimeProvider.System.GetUtcNow());
            await Task.Delay(BetweenReads, _gone.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
