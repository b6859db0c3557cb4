using BayEdge.Core.Commissioning;

namespace BayEdge.Messaging.Ladder;

/// <summary>Says of each rung how long it took since the one before.</summary>
internal sealed class RungWatch(TimeProvider time)
{
    private long _since = time.GetTimestamp();

    public Check Time(Check rung)
    {
        var now = time.GetTimestamp();
        var took = time.GetElapsedTime(_since, now).TotalMilliseconds;
        _since = now;
        return rung with { Milliseconds = Math.Round(took, 1) };
    }
}
