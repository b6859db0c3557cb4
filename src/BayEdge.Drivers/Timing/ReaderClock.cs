using BayEdge.Core.Timing;

namespace BayEdge.Drivers.Timing;

/// <summary>Turns times of a reader's clock, which may be wrong, drift and be set, into times of this device.</summary>
/// <remarks>
/// A message that tells the reader's time arrives a little later. The smallest difference seen between arrival and
/// reader time is the one of the fastest message, so it is the offset of the clocks plus the shortest way; whatever a
/// message takes beyond it is its age. The smallest is taken over one to three minutes only, since two quartz clocks part
/// by seconds in a day; after a longer pause it is learned anew.
/// </remarks>
/// <param name="longestDelay">A report cannot be older than this; one that seems so says that the reader's clock was set.</param>
internal sealed class ReaderClock(TimeSpan longestDelay)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Messages come in the order in which they were sent; only within a report may tags be out of order.</summary>
    private static readonly TimeSpan Disorder = TimeSpan.FromSeconds(2);

    /// <summary>By how much a message may be late before one asks whether the network is slow or the reader's clock was set.</summary>
    private static readonly TimeSpan Jitter = TimeSpan.FromMilliseconds(500);

    /// <summary>What a stalled line held back arrives all at once; when messages are late for longer, the clock was set.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    /// <summary>How long after a connection began reports may still come that were held back until then.</summary>
    private static readonly TimeSpan Draining = TimeSpan.FromMinutes(1);

    /// <summary>What is older was dated by a clock that was wrong.</summary>
    private static readonly TimeSpan OldestHeldBack = TimeSpan.FromHours(24);

    /// <summary>The year 5138; beyond it a number is no time, and sums of ticks could overflow.</summary>
    private const ulong LatestMicroseconds = 100_000_000_000_000_000;

    private TimeSpan _smallest = TimeSpan.MaxValue;
    private TimeSpan _smallestBefore = TimeSpan.MaxValue;
    private TimeSpan _windowStart;
    private TimeSpan _latestOnReader = TimeSpan.MinValue;
    private TimeSpan? _lateSince;
    private TimeSpan _smallestLate;
    private TimeSpan _drainedAt = TimeSpan.MinValue;

    private TimeSpan Offset => _smallest < _smallestBefore ? _smallest : _smallestBefore;

    /// <summary>
    /// A connection begins. What a reader or a broker held back meanwhile comes first and is old; once something comes in time,
    /// old means again that the clock was set.
    /// </summary>
    /// <remarks>Without a word of the reader's time before, nothing tells held back from wrong.</remarks>
    public void ExpectHeldBack(ObservedAt now) => _drainedAt = Offset == TimeSpan.MaxValue ? TimeSpan.MinValue : now.Monotonic + Draining;

    /// <inheritdoc cref="ToDevice(ulong, ObservedAt)"/>
    public ObservedAt ToDevice(DateTimeOffset onReader, ObservedAt arrival) => ToDevice(
        onReader < DateTimeOffset.UnixEpoch ? 0 : (ulong)((onReader - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond), arrival);

    /// <summary>When something happened that the reader stamped with its clock; never after <paramref name="arrival"/>.</summary>
    public ObservedAt ToDevice(ulong readerMicroseconds, ObservedAt arrival)
    {
        if (readerMicroseconds > LatestMicroseconds)
            return arrival;

        var onReader = TimeSpan.FromTicks((long)readerMicroseconds * TimeSpan.TicksPerMicrosecond);
        var difference = arrival.Monotonic - onReader;
        if (IsHeldBack(difference, arrival.Monotonic))
            return arrival - (difference - Offset);

        _drainedAt = TimeSpan.MinValue;
        if (WasSet(onReader, difference))
            Restart(difference, arrival.Monotonic);
        else
            Learn(difference, arrival.Monotonic);
        _latestOnReader = onReader > _latestOnReader ? onReader : _latestOnReader;
        return arrival - (difference - Offset);
    }

    private bool IsHeldBack(TimeSpan difference, TimeSpan now) =>
        now < _drainedAt && difference - Offset > Disorder && difference - Offset <= OldestHeldBack;

    private bool WasSet(TimeSpan onReader, TimeSpan difference) =>
        Offset == TimeSpan.MaxValue || difference - Offset > longestDelay || onReader < _latestOnReader - Disorder;

    private void Restart(TimeSpan smallest, TimeSpan now)
    {
        (_smallest, _smallestBefore, _windowStart) = (smallest, TimeSpan.MaxValue, now);
        (_lateSince, _latestOnReader) = (null, TimeSpan.MinValue);
    }

    private void Learn(TimeSpan difference, TimeSpan now)
    {
        if (now - _windowStart > Window * 2)
        {
            Restart(difference, now);
            return;
        }

        if (IsLateForTooLong(difference, now))
        {
            Restart(_smallestLate, now);
            return;
        }

        if (now - _windowStart > Window)
            (_smallestBefore, _smallest, _windowStart) = (_smallest, difference, now);
        _smallest = difference < _smallest ? difference : _smallest;
    }

    private bool IsLateForTooLong(TimeSpan difference, TimeSpan now)
    {
        if (difference - Offset <= Jitter)
        {
            _lateSince = null;
            return false;
        }

        if (_lateSince is null)
            (_lateSince, _smallestLate) = (now, difference);
        _smallestLate = difference < _smallestLate ? difference : _smallestLate;
        return now - _lateSince > Settling;
    }
}
