using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Timing;

/// <summary>The clocks of one start of the computer: the monotonic one from zero, the calendar one as far off as the test says.</summary>
internal sealed class BootedTime(FakeTimeProvider truth) : TimeProvider
{
    private readonly long _start = truth.GetTimestamp();
    private long _offTicks;

    /// <summary>How far the calendar clock is ahead of the truth.</summary>
    public TimeSpan Off
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _offTicks));
        set => Interlocked.Exchange(ref _offTicks, value.Ticks);
    }

    public override long TimestampFrequency => truth.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => truth.GetUtcNow() + Off;

    public override long GetTimestamp() => truth.GetTimestamp() - _start;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        truth.CreateTimer(callback, state, dueTime, period);
}
