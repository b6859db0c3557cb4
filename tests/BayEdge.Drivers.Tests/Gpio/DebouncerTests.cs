using BayEdge.Core.Timing;
using BayEdge.Drivers.Gpio;

namespace BayEdge.Drivers.Tests.Gpio;

public class DebouncerTests
{
    private static readonly DateTimeOffset Boot = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly Debouncer _debouncer = new(TimeSpan.FromMilliseconds(50), state: false);

    [Fact]
    public void A_contact_that_bounces_changes_once_and_when_it_was_first_touched()
    {
        Assert.Null(_debouncer.Offer(true, At(100)));
        Assert.Null(_debouncer.Offer(false, At(103)));
        Assert.Null(_debouncer.Offer(true, At(110)));
        Assert.False(_debouncer.State);
        Assert.Equal(At(160), _debouncer.SettlesAt);

        Assert.Null(_debouncer.Offer(true, At(159)));
        Assert.Equal(At(100), _debouncer.Offer(true, At(160)));

        Assert.True(_debouncer.State);
        Assert.Null(_debouncer.SettlesAt);
    }

    [Fact]
    public void A_disturbance_shorter_than_the_hold_time_is_nothing()
    {
        _debouncer.Offer(true, At(100));
        _debouncer.Offer(false, At(120));

        Assert.Null(_debouncer.Offer(false, At(500)));
        Assert.False(_debouncer.State);
        Assert.Null(_debouncer.SettlesAt);
    }

    [Fact]
    public void A_change_that_settled_unnoticed_is_told_by_the_next_edge()
    {
        _debouncer.Offer(true, At(100));

        Assert.Equal(At(100), _debouncer.Offer(false, At(900)));
        Assert.Equal(At(900), _debouncer.Offer(false, At(950)));
        Assert.False(_debouncer.State);
    }

    [Fact]
    public void Two_disturbances_apart_are_two_bursts()
    {
        _debouncer.Offer(true, At(100));
        _debouncer.Offer(false, At(110));
        _debouncer.Offer(true, At(300));

        Assert.Equal(At(300), _debouncer.Offer(true, At(350)));
    }

    [Fact]
    public void Without_a_hold_time_every_edge_counts()
    {
        var debouncer = new Debouncer(TimeSpan.Zero, state: false);

        Assert.Equal(At(100), debouncer.Offer(true, At(100)));
        Assert.Equal(At(101), debouncer.Offer(false, At(101)));
    }

    private static ObservedAt At(int milliseconds)
    {
        var sinceBoot = TimeSpan.FromMilliseconds(milliseconds);
        return new ObservedAt(Boot + sinceBoot, sinceBoot);
    }
}
