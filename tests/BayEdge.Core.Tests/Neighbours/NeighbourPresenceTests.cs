using BayEdge.Core.Neighbours;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Tests.Neighbours;

public sealed class NeighbourPresenceTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly NeighbourPresence _presence = new(NeighbourOptions.Default);

    [Fact]
    public void A_device_that_never_heard_another_is_alone_with_and_without_a_broker()
    {
        Assert.Null(Settle(0));
        _presence.BrokerConnected(At(1));
        Assert.Null(Settle(3600));
        _presence.BrokerLost();

        Assert.Null(Settle(7200));
    }

    [Fact]
    public void Without_the_broker_the_neighbours_cannot_be_heard_until_one_speaks_over_a_new_connection()
    {
        Hear(0, 5);
        _presence.BrokerLost();
        Assert.False(Settle(6));
        Assert.Null(Settle(600));

        _presence.BrokerConnected(At(700));
        Assert.Null(Settle(700));
        _presence.Heard(At(703));

        Assert.True(Settle(703));
    }

    [Fact]
    public void A_short_loss_of_the_broker_counts_until_a_neighbour_speaks_again()
    {
        Hear(0, 5);
        _presence.BrokerLost();
        _presence.BrokerConnected(At(5.1));

        Assert.False(Settle(5.2));
        _presence.Heard(At(8));

        Assert.True(Settle(8));
    }

    [Fact]
    public void Neighbours_that_fall_silent_cannot_be_heard_until_one_returns()
    {
        Hear(0, 5);

        Assert.Null(Settle(20));
        Assert.False(Settle(20.1));
        _presence.Heard(At(60));

        Assert.True(Settle(60));
    }

    [Fact]
    public void A_report_that_comes_before_the_connection_is_told_counts_for_it()
    {
        _presence.Heard(At(1));
        Assert.Null(Settle(1.1));
        _presence.BrokerConnected(At(1.2));

        Assert.Null(Settle(10));
    }

    [Fact]
    public void Neighbours_that_were_silent_for_a_day_are_gone_for_good()
    {
        Hear(0, 5);
        Assert.False(Settle(100));

        Assert.True(Settle(5 + Day.TotalSeconds + 1));
        _presence.BrokerLost();

        Assert.Null(Settle(5 + (2 * Day.TotalSeconds)));
    }

    [Fact]
    public void A_day_without_the_broker_is_no_word_on_the_neighbours()
    {
        Hear(0, 5);
        _presence.BrokerLost();
        Assert.False(Settle(6));
        Assert.Null(Settle(10 * Day.TotalSeconds));

        _presence.BrokerConnected(At(10 * Day.TotalSeconds));

        Assert.Null(Settle((10.5 * Day).TotalSeconds));
    }

    [Fact]
    public void A_device_that_had_neighbours_before_it_started_cannot_hear_them_until_one_speaks()
    {
        var presence = new NeighbourPresence(NeighbourOptions.Default, knownSince: At(0));

        Assert.False(presence.Settle(At(0.25))!.Reachable);
        presence.BrokerConnected(At(1));
        Assert.Null(presence.Settle(At(2)));
        presence.Heard(At(4));

        Assert.True(presence.Settle(At(4))!.Reachable);
    }

    [Fact]
    public void Neighbours_are_remembered_until_they_are_gone_for_good()
    {
        Assert.False(_presence.HasNeighbours);
        Hear(0, 5);
        _presence.BrokerLost();
        Assert.True(_presence.HasNeighbours);

        _presence.BrokerConnected(At(10));
        Settle(10 + Day.TotalSeconds + 1);

        Assert.False(_presence.HasNeighbours);
    }

    [Fact]
    public void What_is_told_is_told_of_the_moment_it_is_found_out()
    {
        Hear(0, 5);
        _presence.BrokerLost();

        Assert.Equal(At(7), _presence.Settle(At(7))!.At);
    }

    private static ObservedAt At(double seconds) => new(DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds));

    private void Hear(double connectedAt, double heardAt)
    {
        _presence.BrokerConnected(At(connectedAt));
        _presence.Heard(At(heardAt));
        Assert.Null(Settle(heardAt));
    }

    private bool? Settle(double now) => _presence.Settle(At(now))?.Reachable;
}
