using BayEdge.Contracts.Events;
using BayEdge.Core.Timing;
using FsCheck.Xunit;

namespace BayEdge.Core.Tests.Timing;

public sealed class ClockLedgerTests
{
    private static readonly DateTimeOffset Truth = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly ClockReading Unset = new(false, null);
    private static readonly ClockReading Set = new(true, 4);

    [Fact]
    public void Until_a_time_server_speaks_nothing_is_claimed()
    {
        var ledger = Seen(ClockLedger.Start("boot-1"), 10, off: -3, Unset);

        Assert.Equal(new ClockInfo(ClockState.Unsynced, null, "boot-1"), ledger.InfoAt(TimeSpan.FromSeconds(11)));
        Assert.False(ledger.IsTrusted);
    }

    [Fact]
    public void The_first_word_of_a_time_server_is_news_and_its_step_too()
    {
        var (ledger, news) = Seen(ClockLedger.Start("boot-1"), 10, off: -3, Unset).Observe(At(11, off: 0), Set);

        Assert.Equal(new ClockNews(TimeSpan.FromHours(3), BecameTrusted: true), news);
        Assert.Equal(new ClockInfo(ClockState.Synced, 4, "boot-1"), ledger.InfoAt(TimeSpan.FromSeconds(11)));
        Assert.Equal(Truth + TimeSpan.FromSeconds(5), ledger.Date(At(5, off: -3)).Wall);
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(-200, false)]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    public void A_jump_of_more_than_a_quarter_second_is_a_step(int milliseconds, bool isStep)
    {
        var news = Seen(ClockLedger.Start("boot-1"), 10, off: 0, Set).Observe(At(11, off: 0) with { Wall = Truth + TimeSpan.FromMilliseconds(11_000 + milliseconds) }, Set).News;

        Assert.Equal(isStep, news.Stepped is not null);
    }

    [Fact]
    public void A_clock_without_its_server_runs_away_half_a_millisecond_a_second()
    {
        var ledger = Seen(Seen(ClockLedger.Start("boot-1"), 10, off: 0, Set), 20, off: 0, Unset);

        Assert.Equal(new ClockInfo(ClockState.Holdover, 4 + 500, "boot-1"), ledger.InfoAt(TimeSpan.FromSeconds(1010)));
    }

    [Fact]
    public void A_service_that_starts_again_in_the_same_boot_still_knows_the_time()
    {
        var ledger = ClockLedger.Resume("boot-1", Seen(ClockLedger.Start("boot-1"), 10, off: 0, Set));

        Assert.Equal(ClockState.Holdover, ledger.InfoAt(TimeSpan.FromSeconds(30)).State);
        Assert.Equal(Truth + TimeSpan.FromSeconds(30), ledger.Date(At(30, off: -7)).Wall);
    }

    [Fact]
    public void A_boot_that_never_heard_the_time_lies_between_the_last_known_time_and_the_next_boot()
    {
        var first = Seen(ClockLedger.Start("boot-1"), 3600, off: 0, Set);
        var second = Seen(ClockLedger.Resume("boot-2", first), 100, off: 5, Unset);
        var third = Seen(ClockLedger.Resume("boot-3", second), 50, off: -1, Unset);
        Assert.Null(third.BoundsOf(1));

        third = Seen(third, 86_400, off: 24, Set);

        var start = Truth + TimeSpan.FromHours(24);
        Assert.Equal(new TimeBounds(Truth + TimeSpan.FromHours(1), start), third.BoundsOf(1));
        Assert.Null(third.BoundsOf(2));
        Assert.Equal(start, third.Date(At(10, off: 99) with { BootsAgo = 1 }).Wall);
        Assert.Equal((0, 1, 2, 3), (third.BootsSince("boot-3"), third.BootsSince("boot-2"), third.BootsSince("boot-1"), third.BootsSince("another")));
    }

    [Property]
    public void Distances_between_instants_of_a_boot_are_those_of_the_monotonic_clock(int[] stepsInMinutes, bool[] synchronised, int earlier, int later)
    {
        var (ledger, off, second) = (ClockLedger.Start("boot-1"), TimeSpan.Zero, 0);
        foreach (var (step, set) in stepsInMinutes.Zip(synchronised))
        {
            off += TimeSpan.FromMinutes(step % 600);
            ledger = ledger.Observe(new ObservedAt(Truth + TimeSpan.FromSeconds(++second) + off, TimeSpan.FromSeconds(second)), new ClockReading(set, 1)).Ledger;
        }

        // Whatever the calendar clock showed at the two.
        var (one, other) = (Instant(earlier), Instant(later));
        if (ledger.IsTrusted)
            Assert.InRange(ledger.Date(other).Wall - ledger.Date(one).Wall - (other - one), -2 * ClockLedger.LeastStep, 2 * ClockLedger.LeastStep);
        else
            Assert.Equal((one, other), (ledger.Date(one), ledger.Date(other)));

        static ObservedAt Instant(int seed) => new(Truth + TimeSpan.FromMinutes(seed % 5000), TimeSpan.FromSeconds(Math.Abs(seed % 7919)));
    }

    [Property]
    public void Bounds_of_earlier_boots_hold_whatever_their_clocks_showed(int[] boots)
    {
        // Each number makes one boot: how long it lasted, how far its clock was off, whether it heard the time.
        var (ledger, now) = ((ClockLedger?)null, Truth);
        var began = new List<(DateTimeOffset From, DateTimeOffset To)>();
        foreach (var seed in boots.Append(3))
        {
            var id = $"boot-{began.Count}";
            var current = ledger is null ? ClockLedger.Start(id) : ClockLedger.Resume(id, ledger);
            var (length, off) = (TimeSpan.FromMinutes(Math.Abs(seed % 997) + 1), seed % 3 == 0 ? TimeSpan.Zero : TimeSpan.FromHours(seed % 50));
            ledger = current.Observe(new ObservedAt(now + length + off, length), new ClockReading(seed % 3 == 0, 1)).Ledger;
            began.Add((now, now + length));
            now += length + TimeSpan.FromMinutes(5);
        }

        for (var ago = 1; ago < began.Count && ago <= ledger!.PastBoots.Length; ago++)
        {
            if (ledger.BoundsOf(ago) is not { } bounds)
                continue;
            Assert.True(bounds.Earliest <= began[^(ago + 1)].From, "Something happened before the earliest time.");
            Assert.True(bounds.Latest >= began[^(ago + 1)].To, "Something happened after the latest time.");
        }
    }

    private static ClockLedger Seen(ClockLedger ledger, int second, int off, ClockReading reading) => ledger.Observe(At(second, off), reading).Ledger;

    /// <param name="second">Since the start of the computer, at <see cref="Truth"/>.</param>
    /// <param name="off">Hours by which the calendar clock is ahead.</param>
    private static ObservedAt At(int second, int off) => new(Truth + TimeSpan.FromHours(off) + TimeSpan.FromSeconds(second), TimeSpan.FromSeconds(second));
}
