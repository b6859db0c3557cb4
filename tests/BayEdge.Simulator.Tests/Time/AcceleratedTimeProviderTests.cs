using BayEdge.Core.Timing;
using BayEdge.Simulator.Time;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Simulator.Tests.Time;

public sealed class AcceleratedTimeProviderTests
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _inner = new(Monday);

    [Fact]
    public void A_minute_passes_in_a_second_at_speed_60()
    {
        var time = new AcceleratedTimeProvider(_inner, 60);
        var before = time.GetTimestamp();

        _inner.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(Monday.AddMinutes(1), time.GetUtcNow());
        Assert.Equal(TimeSpan.FromMinutes(1), time.GetElapsedTime(before));
    }

    [Fact]
    public void It_starts_at_the_instant_it_is_given()
    {
        var start = new DateTimeOffset(2027, 1, 1, 8, 0, 0, TimeSpan.FromHours(8));
        var time = new AcceleratedTimeProvider(_inner, 10, start);

        Assert.Equal(start, time.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, time.GetUtcNow().Offset);
    }

    [Fact]
    public void Both_clocks_of_an_observation_advance_alike()
    {
        var time = new AcceleratedTimeProvider(_inner, 7.5);
        var first = time.Observe();

        _inner.Advance(TimeSpan.FromMilliseconds(1234));

        var second = time.Observe();
        Assert.Equal(TimeSpan.FromMilliseconds(9255), second.Wall - first.Wall);
        Assert.Equal(9255, (second - first).TotalMilliseconds, tolerance: 0.01);
    }

    [Fact]
    public void Its_monotonic_clock_goes_on_from_the_inner_one()
    {
        var uptime = _inner.GetElapsedTime(0);

        Assert.Equal(uptime, new AcceleratedTimeProvider(_inner, 100).GetElapsedTime(0));
    }

    [Fact]
    public void A_step_of_the_inner_calendar_does_not_show()
    {
        var inner = new SteppedCalendar(_inner);
        var time = new AcceleratedTimeProvider(inner, 10);

        inner.Step = TimeSpan.FromHours(-5);

        Assert.Equal(Monday, time.GetUtcNow());
    }

    [Fact]
    public void A_timer_falls_due_at_its_own_time_and_then_every_period()
    {
        var time = new AcceleratedTimeProvider(_inner, 10);
        var rings = 0;
        using var timer = time.CreateTimer(_ => rings++, null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5));

        _inner.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal(0, rings);

        _inner.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, rings);

        _inner.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(3, rings);
    }

    [Fact]
    public void A_timer_that_is_off_stays_off_until_it_is_changed()
    {
        var time = new AcceleratedTimeProvider(_inner, 10);
        var rings = 0;
        using var timer = time.CreateTimer(_ => rings++, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        _inner.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, rings);

        Assert.True(timer.Change(TimeSpan.FromSeconds(10), Timeout.InfiniteTimeSpan));
        _inner.Advance(TimeSpan.FromSeconds(1));
        _inner.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, rings);
    }

    [Fact]
    public void A_period_shorter_than_the_inner_timers_resolution_still_repeats()
    {
        var time = new AcceleratedTimeProvider(_inner, 1000);
        var rings = 0;
        using var timer = time.CreateTimer(_ => rings++, null, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1));

        for (var step = 0; step < 5; step++)
            _inner.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(5, rings);
    }

    [Fact(Timeout = 10_000)]
    public async Task A_delay_ends_when_its_span_has_passed_on_the_fast_clock()
    {
        var time = new AcceleratedTimeProvider(_inner, 60);
        var delay = Task.Delay(TimeSpan.FromMinutes(5), time, TestContext.Current.CancellationToken);

        _inner.Advance(TimeSpan.FromMilliseconds(4999));
        Assert.False(delay.IsCompleted);

        _inner.Advance(TimeSpan.FromMilliseconds(1));
        await delay;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_speed_that_is_none_is_refused(double speed) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AcceleratedTimeProvider(_inner, speed));

    private sealed class SteppedCalendar(TimeProvider inner) : TimeProvider
    {
        public TimeSpan Step { get; set; }

        public override long TimestampFrequency => inner.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Step;

        public override long GetTimestamp() => inner.GetTimestamp();
    }
}
