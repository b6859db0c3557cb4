using BayEdge.Core.Timing;

namespace BayEdge.Core.Tests.Timing;

public sealed class BackoffTests
{
    [Fact]
    public void The_wait_doubles_from_one_second_to_a_minute_and_stays_there()
    {
        var backoff = Backoff.ForDevices(() => 1);

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], Enumerable.Range(0, 8).Select(_ => backoff.Next().TotalSeconds));
    }

    [Fact]
    public void Jitter_takes_up_to_nine_tenths_away()
    {
        Assert.Equal(TimeSpan.FromSeconds(0.1), Backoff.ForDevices(() => 0).Next());
        Assert.Equal(TimeSpan.FromSeconds(0.55), Backoff.ForDevices(() => 0.5).Next());
    }

    [Fact]
    public void Success_begins_anew()
    {
        var backoff = Backoff.ForDevices(() => 1);
        backoff.Next();
        backoff.Next();
        backoff.Succeeded();

        Assert.Equal(TimeSpan.FromSeconds(1), backoff.Next());
    }

    [Fact]
    public void A_device_that_is_gone_for_years_is_still_tried_every_minute()
    {
        var backoff = Backoff.ForDevices(() => 1);
        for (var attempt = 0; attempt < 100_000; attempt++)
            backoff.Next();

        Assert.Equal(TimeSpan.FromSeconds(60), backoff.Next());
    }
}
