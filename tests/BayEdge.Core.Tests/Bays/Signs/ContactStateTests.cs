using BayEdge.Core.Bays.Signs;
using BayEdge.Core.Timing;
using BayEdge.TestKit;

namespace BayEdge.Core.Tests.Bays.Signs;

public sealed class ContactStateTests
{
    private static readonly ContactState Closed = new(true, At(100), At(100), At(100));

    [Fact]
    public void The_longer_a_contact_holds_the_surer_it_is_up_to_a_limit()
    {
        var odds = Enumerable.Range(0, 60).Select(second => Closed.LogOddsOfOccupied(At(100 + second))).ToList();

        Assert.Equal(odds.Order(), odds);
        Assert.Equal(0, odds[0]);
        Assert.InRange(odds[5], 1, 4);
        Assert.Equal(odds[30], odds[59]);
    }

    [Fact]
    public void An_open_contact_speaks_as_strongly_against_a_vehicle_as_a_closed_one_for_it()
    {
        var open = Closed.With(At(200), closed: false);

        Assert.Equal(-Closed.LogOddsOfOccupied(At(107)), open.LogOddsOfOccupied(At(207)));
    }

    [Fact]
    public void It_is_looked_at_until_it_is_as_sure_as_it_gets()
    {
        var (looks, now) = (0, At(100));
        while (Closed.NextLook(now) is { } next)
        {
            Assert.True(next.Monotonic > now.Monotonic);
            (looks, now) = (looks + 1, next);
            Assert.InRange(looks, 1, 60);
        }

        Assert.Equal(Closed.LogOddsOfOccupied(At(1000)), Closed.LogOddsOfOccupied(now), 0.6);
    }

    [Fact]
    public void A_contact_that_bounces_changed_when_it_began_to()
    {
        var bounced = Closed.With(At(300), closed: false).With(At(300.3), closed: true).With(At(300.5), closed: false);

        Assert.Equal((false, At(300), At(300.5)), (bounced.Closed, bounced.ChangedAt, bounced.Since));
    }

    [Fact]
    public void A_word_from_before_the_newest_one_is_passed_over()
    {
        Assert.Same(Closed, Closed.With(At(99), closed: false));
    }

    [Fact]
    public void Saying_the_same_again_is_no_change()
    {
        var again = Closed.With(At(150), closed: true);

        Assert.Equal((true, Closed.Since, Closed.ChangedAt, Closed.Before), (again.Closed, again.Since, again.ChangedAt, again.Before));
        Assert.Equal(At(150), again.LastAt);
    }

    [Fact]
    public void What_it_said_up_to_an_instant_is_known_whatever_it_says_in_it()
    {
        var opened = Closed.With(At(400), closed: false).With(At(400), closed: true).With(At(400), closed: false);

        Assert.Equal(Closed, opened.UpTo(At(400)));
        Assert.Equal(opened, opened.UpTo(At(401)));
    }

    [Fact]
    public void An_opening_is_dated_only_where_the_contact_was_heard_closed_since_it_was_connected()
    {
        var opened = Closed.With(At(400), closed: false);

        Assert.True(opened.IsDated(listening: At(100)));
        Assert.False(opened.IsDated(listening: At(399)));
    }

    private static ObservedAt At(double seconds) => new(BayScenario.Time("08:00:00") + TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds));
}
