using BayEdge.Core.Timing;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Core.Tests.Timing;

public sealed class ObservedAtTests
{
    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_clock_that_is_set_back_does_not_shorten_what_lies_between()
    {
        var before = new ObservedAt(Morning, TimeSpan.FromMinutes(1));
        var after = new ObservedAt(Morning.AddHours(-3), TimeSpan.FromMinutes(11));

        Assert.Equal(TimeSpan.FromMinutes(10), after - before);
        Assert.Equal(after, ObservedAt.Later(before, after));
        Assert.Equal(before, ObservedAt.Earlier(before, after));
    }

    [Fact]
    public void Both_clocks_move_together()
    {
        var at = new ObservedAt(Morning, TimeSpan.FromMinutes(1));

        Assert.Equal(new ObservedAt(Morning.AddSeconds(5), TimeSpan.FromSeconds(65)), at + TimeSpan.FromSeconds(5));
        Assert.Equal(at, at + TimeSpan.FromSeconds(5) - TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_time_provider_shows_both_of_its_clocks()
    {
        var time = new FakeTimeProvider(Morning);
        var first = time.Observe();
        time.Advance(TimeSpan.FromSeconds(90));

        Assert.Equal((Morning.AddSeconds(90), TimeSpan.FromSeconds(90)), (time.Observe().Wall, time.Observe() - first));
    }
}
