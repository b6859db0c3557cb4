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

    [Fact]
    public void Instants_of_one_clock_rounded_to_milliseconds_keep_the_same_distance_between_its_two_sides()
    {
        var started = new ObservedAt(Morning.AddTicks(4_321), TimeSpan.Zero);

        for (var ticks = 0; ticks < 50_000; ticks += 777)
        {
            var exact = started + TimeSpan.FromTicks(ticks);
            var rounded = exact.ToMilliseconds();

            Assert.Equal(TimeSpan.FromMilliseconds(ticks / 10_000), rounded.Monotonic);
            Assert.Equal(Morning + rounded.Monotonic, rounded.Wall);
            Assert.Equal(rounded, rounded.ToMilliseconds());
        }
    }
}
