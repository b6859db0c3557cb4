using BayEdge.Core.Timing;

namespace BayEdge.Drivers.Llrp;

/// <summary>Turns times of a reader's clock, which may be wrong and drift, into times of this device.</summary>
/// <remarks>
/// A message that tells the reader's time arrives a little later. The smallest difference seen between arrival and
/// reader time is the one of the fastest message, so it is the offset of the clocks plus the shortest way; whatever a
/// message takes beyond it is its age. The smallest is taken over one to two minutes only, since two quartz clocks part
/// by seconds in a day.
/// </remarks>
/// <param name="longestDelay">A report cannot be older than this; one that seems so says that the reader's clock was set.</param>
internal sealed class ReaderClock(TimeSpan longestDelay)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>The year 5138; beyond it a number is no time, and sums of ticks could overflow.</summary>
    private const ulong LatestMicroseconds = 100_000_000_000_000_000;

    private TimeSpan _smallest = TimeSpan.MaxValue;
    private TimeSpan _smallestBefore = TimeSpan.MaxValue;
    private TimeSpan _windowStart;

    /// <summary>When something happened that the reader stamped with its clock; never after <paramref name="arrival"/>.</summary>
    public ObservedAt ToDevice(ulong readerMicroseconds, ObservedAt arrival)
    {
        if (readerMicroseconds > LatestMicroseconds)
            return arrival;

        var difference = arrival.Monotonic - TimeSpan.FromTicks((long)readerMicroseconds * TimeSpan.TicksPerMicrosecond);
        Observe(difference, arrival.Monotonic);
        return arrival - (difference - Smaller(_smallest, _smallestBefore));
    }

    private static TimeSpan Smaller(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private void Observe(TimeSpan difference, TimeSpan now)
    {
        var smallest = Smaller(_smallest, _smallestBefore);
        if (smallest == TimeSpan.MaxValue || difference - smallest > longestDelay)
        {
            (_smallest, _smallestBefore, _windowStart) = (difference, TimeSpan.MaxValue, now);
            return;
        }

        if (now - _windowStart > Window)
            (_smallestBefore, _smallest, _windowStart) = (_smallest, difference, now);
        _smallest = Smaller(_smallest, difference);
    }
}
