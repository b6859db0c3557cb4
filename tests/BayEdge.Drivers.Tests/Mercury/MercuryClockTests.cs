using BayEdge.Core.Timing;
using BayEdge.Drivers.Mercury;

namespace BayEdge.Drivers.Tests.Mercury;

public class MercuryClockTests
{
    private static readonly DateTimeOffset Boot = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly MercuryClock _clock = new();

    [Fact]
    public void A_report_that_a_busy_line_held_back_is_dated_when_the_tag_was_read()
    {
        _clock.KeepAlive(At(10));

        Assert.Equal(At(10.3), _clock.ToDevice(TimeSpan.FromSeconds(0.3), At(12)));
    }

    [Fact]
    public void No_tag_is_read_after_its_report_came()
    {
        // The keep-alive itself was late.
        _clock.KeepAlive(At(10.5));

        Assert.Equal(At(10.6), _clock.ToDevice(TimeSpan.FromSeconds(0.3), At(10.6)));
    }

    [Fact]
    public void A_keep_alive_that_was_lost_costs_no_second()
    {
        _clock.KeepAlive(At(10));
        _clock.ToDevice(TimeSpan.FromSeconds(0.9), At(10.9));

        Assert.Equal(At(11.2), _clock.ToDevice(TimeSpan.FromSeconds(0.2), At(11.2)));
        Assert.Equal(At(11.4), _clock.ToDevice(TimeSpan.FromSeconds(0.4), At(11.4)));

        _clock.KeepAlive(At(12));
        Assert.Equal(At(12.1), _clock.ToDevice(TimeSpan.FromSeconds(0.1), At(12.5)));
    }

    [Fact]
    public void Without_a_time_or_a_keep_alive_the_arrival_counts()
    {
        Assert.Equal(At(10), _clock.ToDevice(TimeSpan.FromSeconds(0.1), At(10)));
        Assert.Equal(At(11), _clock.ToDevice(null, At(11)));
    }

    private static ObservedAt At(double seconds) => new(Boot + TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds));
}
