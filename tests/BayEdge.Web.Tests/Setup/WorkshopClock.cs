namespace BayEdge.Web.Tests.Setup;

/// <summary>The clock of the bays: as fast as life while somebody waits for devices, and faster while a vehicle only stands there.</summary>
/// <remarks>Timers are looked at every few milliseconds, so that a change of speed reaches those that wait already.</remarks>
internal sealed class WorkshopClock : TimeProvider, IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly Lock _lock = new();
    private readonly HashSet<VirtualTimer> _timers = [];
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly ITimer _looking;
    private long _realSince = System.GetTimestamp();
    private TimeSpan _virtualSince = TimeSpan.FromMilliseconds(Environment.TickCount64);
    private readonly TimeSpan _origin;
    private double _speed = 1;

    public WorkshopClock()
    {
        _origin = _virtualSince;
        _looking = System.CreateTimer(_ => Fire(), null, Look, Look);
    }

    /// <summary>Seconds of this clock to one of life.</summary>
    public double Speed
    {
        get => _speed;
        set
        {
            lock (_lock)
                (_virtualSince, _realSince, _speed) = (Now(), System.GetTimestamp(), value);
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_lock)
            return Now().Ticks;
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _start + (Now() - _origin);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Dispose() => _looking.Dispose();

    private TimeSpan Now() => _virtualSince + (System.GetElapsedTime(_realSince) * _speed);

    private void Fire()
    {
        List<VirtualTimer> due;
        lock (_lock)
        {
            var now = Now();
            due = [.. _timers.Where(timer => timer.Due <= now)];
            foreach (var timer in due)
            {
                timer.Due = timer.Period > TimeSpan.Zero ? now + timer.Period : TimeSpan.MaxValue;
                if (timer.Due == TimeSpan.MaxValue)
                    _timers.Remove(timer);
            }
        }

        foreach (var timer in due)
            ThreadPool.UnsafeQueueUserWorkItem(one => one.Call(), timer, preferLocal: false);
    }

    private sealed class VirtualTimer(WorkshopClock clock, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Due { get; set; } = TimeSpan.MaxValue;

        public TimeSpan Period { get; private set; }

        public void Call() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                Period = period;
                Due = dueTime < TimeSpan.Zero ? TimeSpan.MaxValue : clock.Now() + dueTime;
                if (Due == TimeSpan.MaxValue)
                    clock._timers.Remove(this);
                else
                    clock._timers.Add(this);
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
