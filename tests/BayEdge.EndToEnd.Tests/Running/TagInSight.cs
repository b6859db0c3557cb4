using BayEdge.Simulator.Readers;

namespace BayEdge.EndToEnd.Tests.Running;

/// <summary>One tag that several readers hear, each as strongly as it is told to.</summary>
internal sealed class TagInSight : IAsyncDisposable
{
    private const int Antenna = 1;
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _ends = new();
    private readonly Task _reading;
    private volatile IReadOnlyList<(SimulatedLlrpReader Reader, double RssiDbm)> _heardBy;

    /// <param name="heardBy">Who hears it, and how strongly, in dBm.</param>
    public TagInSight(params IReadOnlyList<(SimulatedLlrpReader Reader, double RssiDbm)> heardBy)
    {
        _heardBy = heardBy;
        _reading = ReadAsync();
    }

    public void IsNowHeardBy(params IReadOnlyList<(SimulatedLlrpReader Reader, double RssiDbm)> heardBy) => _heardBy = heardBy;

    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        await _reading;
        _ends.Dispose();
    }

    private async Task ReadAsync()
    {
        while (!_ends.IsCancellationRequested)
        {
            foreach (var (reader, rssiDbm) in _heardBy)
                reader.Report(Antenna, TaggedVehicle.Tag, rssiDbm, 2, TimeProvider.System.GetUtcNow());
            await Task.Delay(BetweenReads, _ends.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
