using BayEdge.Core.Timing;
using BayEdge.Drivers.Timing;

namespace BayEdge.Drivers.Tests.Timing;

public class ReaderClockTests
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(25);
    private static readonly DateTimeOffset Boot = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly ReaderClock _clock = new(LongestDelay);

    [Fact]
    public void A_report_that_was_on_its_way_longer_than_the_fastest_is_older()
    {
        _clock.ToDevice(Reader(10), Arrival(10.02));

        Assert.Equal(Arrival(11.02), _clock.ToDevice(Reader(11), Arrival(14)));
    }

    [Fact]
    public void No_sighting_lies_in_the_future()
    {
        _clock.ToDevice(Reader(10), Arrival(12));

        Assert.Equal(Arrival(13.5), _clock.ToDevice(Reader(13.5), Arrival(13.5)));
    }

    [Theory]
    [InlineData(-3600)]
    [InlineData(3600)]
    public void A_reader_whose_clock_is_set_costs_one_delay_at_most(int seconds)
    {
        _clock.ToDevice(Reader(10), Arrival(10));

        Assert.Equal(Arrival(11.2), _clock.ToDevice(Reader(11 + seconds), Arrival(11.2)));
        Assert.Equal(Arrival(12), _clock.ToDevice(Reader(12 + seconds), Arrival(12)));
    }

    [Theory]
    [InlineData(-100)]
    [InlineData(100)]
    public void A_quartz_that_is_off_does_not_add_up(int partsPerMillion)
    {
        var worst = TimeSpan.Zero;
        for (var second = 0; second < 86_400; second += 5)
        {
            var arrival = Arrival(second);
            var age = arrival - _clock.ToDevice(Reader(second * (1 + (partsPerMillion * 1e-6))), arrival);
            worst = age > worst ? age : worst;
        }

        Assert.InRange(worst, TimeSpan.Zero, TimeSpan.FromMilliseconds(20));
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(ulong.MaxValue)]
    [InlineData(100_000_000_000_000_000ul)]
    public void A_time_that_cannot_be_is_taken_as_now(ulong microseconds)
    {
        _clock.ToDevice(Reader(10), Arrival(10));

        var at = _clock.ToDevice(microseconds, Arrival(11));

        Assert.Equal(Arrival(11), at);
    }

    [Theory]
    [InlineData(-100)]
    [InlineData(100)]
    public void The_first_vehicle_after_an_idle_night_is_dated_when_it_came(int partsPerMillion)
    {
        const double night = 12 * 3600;
        _clock.ToDevice(Reader(0), Arrival(0));

        Assert.Equal(Arrival(night), _clock.ToDevice(Reader(night * (1 + (partsPerMillion * 1e-6))), Arrival(night)));
    }

    [Theory]
    [InlineData(-20)]
    [InlineData(-3)]
    [InlineData(-0.6)]
    [InlineData(0.6)]
    [InlineData(3)]
    [InlineData(20)]
    public void A_small_step_of_the_readers_clock_is_forgotten_within_seconds(double seconds)
    {
        _clock.ToDevice(Reader(10), Arrival(10));

        for (var second = 11; second < 30; second++)
        {
            var at = _clock.ToDevice(Reader(second + seconds), Arrival(second));
            if (second > 16)
                Assert.Equal(Arrival(second), at);
        }
    }

    [Fact]
    public void A_clock_that_was_set_back_shows_at_once_by_time_that_runs_backwards()
    {
        _clock.ToDevice(Reader(10), Arrival(10));

        Assert.Equal(Arrival(15), _clock.ToDevice(Reader(15 - 20), Arrival(15)));
    }

    [Fact]
    public void Reports_that_a_stalled_line_held_back_are_dated_when_they_were_sent()
    {
        _clock.ToDevice(Reader(10), Arrival(10));

        for (var second = 11; second <= 30; second++)
            Assert.Equal(Arrival(second), _clock.ToDevice(Reader(second), Arrival(30)));
    }

    [Fact]
    public void What_was_held_back_until_a_connection_began_keeps_its_own_time()
    {
        _clock.ToDevice(Reader(1000), Arrival(1000));
        _clock.ExpectHeldBack(Arrival(1000));

        Assert.Equal(Arrival(100), _clock.ToDevice(Reader(100), Arrival(1000.1)));
        Assert.Equal(Arrival(996), _clock.ToDevice(Reader(996), Arrival(1000.2)));
        Assert.Equal(Arrival(1001), _clock.ToDevice(Reader(1001), Arrival(1001)));
    }

    [Fact]
    public void Once_something_came_in_time_an_old_report_says_that_the_clock_was_set()
    {
        _clock.ToDevice(Reader(1000), Arrival(1000));
        _clock.ExpectHeldBack(Arrival(1000));
        _clock.ToDevice(Reader(1001), Arrival(1001));

        Assert.Equal(Arrival(1002), _clock.ToDevice(Reader(100), Arrival(1002)));
    }

    [Theory]
    [InlineData(61)]
    [InlineData(3600)]
    public void Nothing_is_taken_for_held_back_for_long(double seconds)
    {
        _clock.ToDevice(Reader(1000), Arrival(1000));
        _clock.ExpectHeldBack(Arrival(1000));

        Assert.Equal(Arrival(1000 + seconds), _clock.ToDevice(Reader(100), Arrival(1000 + seconds)));
    }

    [Fact]
    public void Where_the_readers_time_was_never_heard_the_arrival_counts()
    {
        _clock.ExpectHeldBack(Arrival(1000));

        Assert.Equal(Arrival(1000), _clock.ToDevice(Reader(100), Arrival(1000)));
    }

    private static ObservedAt Arrival(double seconds) => new(Boot + TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds));

    private static ulong Reader(double seconds) => (ulong)((1_600_000_000 + seconds) * 1e6);
}
