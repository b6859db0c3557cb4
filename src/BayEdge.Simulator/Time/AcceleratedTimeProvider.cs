namespace BayEdge.Simulator.Time;

/// <summary>A clock that runs a given number of times faster than another: a working day passes in minutes.</summary>
/// <remarks>
/// Both of its clocks derive from the inner provider's monotonic clock, so a step of the inner calendar does not show.
/// Timestamps continue the inner provider's count, in its frequency; a timer falls due after its span divided by the speed,
/// rounded up to a whole millisecond, for the system's timers know nothing finer and one must never fire early.
/// </remarks>
public sealed class AcceleratedTimeProvider : TimeProvider
{
    private readonly TimeProvider _inner;
    private readonly long _originTimestamp;
    private readonly DateTimeOffset _start;

    /// <param name="speed">Seconds of this clock to one of the inner clock; above zero.</param>
    /// <param name="start">The calendar time at which this clock starts; now, by the inner clock, when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">The speed is not a finite number above zero.</exception>
    public AcceleratedTimeProvider(TimeProvider inner, double speed, DateTimeOffset? start = null)
    {
        if (!double.IsFinite(speed) || speed <= 0)
            throw new ArgumentOutOfRangeException(nameof(speed), speed, "A clock's speed is a finite number above zero.");

        _inner = inner;
        _originTimestamp = inner.GetTimestamp();
        _start = (start ?? inner.GetUtcNow()).ToUniversalTime();
        Speed = speed;
    }

    /// <summary>Seconds of this clock to one of the inner clock.</summary>
    public double Speed { get; }

    public override TimeZoneInfo LocalTimeZone => _inner.LocalTimeZone;

    public override long TimestampFrequency => _inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _start + GetElapsedTime(_originTimestamp);

    public override long GetTimestamp() => _originTimestamp + (long)((_inner.GetTimestamp() - _originTimestamp) * Speed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new AcceleratedTimer(_inner.CreateTimer(callback, state, ToInner(dueTime), ToInner(period)), this);

    private TimeSpan ToInner(TimeSpan span)
    {
        if (span <= TimeSpan.Zero)
            return span; // zero means at once, -1 ms means never

        var milliseconds = Math.Ceiling((span / Speed).Ticks / (double)TimeSpan.TicksPerMillisecond);
        return TimeSpan.FromMilliseconds(Math.Max(1, milliseconds));
    }

    private sealed class AcceleratedTimer(ITimer inner, AcceleratedTimeProvider time) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(time.ToInner(dueTime), time.ToInner(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
