using BayEdge.Simulator.Cameras;
using BayEdge.Simulator.Time;

namespace BayEdge.Simulator.Workshop;

/// <summary>Plays a script: hands every reader what its antennas hear, as time passes.</summary>
/// <param name="readers">By the reader's id; what an antenna of another reader hears goes nowhere.</param>
/// <param name="time">The workshop's clock.</param>
public sealed class WorkshopRunner(
    WorkshopScript script, WorkshopSignals signals, IReadOnlyDictionary<string, ITagReadSink> readers, AcceleratedTimeProvider time)
{
    /// <summary>How often reads are handed over, in real time; reads are at most this late.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    public GroundTruth Truth { get; } = new(script.Visits);

    /// <summary>What the camera over that bay sees now. Any thread may ask.</summary>
    /// <exception cref="ArgumentException">The workshop has no such bay.</exception>
    public BayScene CurrentScene(string bay) => script.SceneAt(script.Bay(bay), time.GetUtcNow());

    /// <summary>Plays from now until cancelled, and then ends without an exception.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var handedOverUntil = time.GetUtcNow();
        using var ticks = new PeriodicTimer(Tick * time.Speed, time);
        try
        {
            while (await ticks.WaitForNextTickAsync(cancellation))
            {
                var now = time.GetUtcNow();
                foreach (var read in signals.Reads(handedOverUntil, now))
                {
                    if (readers.TryGetValue(read.Reader, out var reader))
                        reader.Report(read.Antenna, read.Epc, read.RssiDbm, read.Count, read.At);
                }

                handedOverUntil = now;
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }
}
