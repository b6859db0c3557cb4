using BayEdge.Core.Bays.Signs;

namespace BayEdge.Core.Tests.Bays.Signs;

public sealed class SilenceLedgerTests
{
    private static readonly TimeSpan[] Lengths = [.. Enumerable.Range(0, 60).Select(step => TimeSpan.FromSeconds(2 * Math.Pow(1.15, step)))];

    [Fact]
    public void The_longer_a_silence_the_likelier_it_is_a_departure()
    {
        var learned = Learned();
        foreach (var onset in Enum.GetValues<Onset>())
        {
            foreach (var ledger in (SilenceLedger[])[SilenceLedger.Empty, learned])
            {
                var odds = Lengths.Select(length => Of(ledger, onset, length.TotalSeconds)).ToList();
                Assert.Equal(odds.Order(), odds);
                Assert.True(odds[^1] > odds[0]);
            }
        }
    }

    [Fact]
    public void A_tag_that_faded_away_has_left_sooner_than_one_that_fell_silent_at_once()
    {
        var (faded, sudden) = (Of(SilenceLedger.Empty, Onset.Falling, 60), Of(SilenceLedger.Empty, Onset.Sudden, 60));

        Assert.True(faded > sudden + 1, $"{faded} against {sudden} nats");
    }

    [Fact]
    public void What_was_learned_outweighs_what_was_assumed()
    {
        var shadowed = SilenceLedger.Empty;
        for (var shadow = 0; shadow < 50; shadow++)
            shadowed = shadowed.WithShadow(Onset.Sudden, TimeSpan.FromMinutes(5));
        var open = SilenceLedger.Empty;
        for (var departure = 0; departure < 50; departure++)
            open = open.WithDeparture(Onset.Sudden);

        Assert.InRange(Of(shadowed, Onset.Sudden, 120), double.NegativeInfinity, Of(SilenceLedger.Empty, Onset.Sudden, 120) - 2);
        Assert.InRange(Of(open, Onset.Sudden, 120), Of(SilenceLedger.Empty, Onset.Sudden, 120) + 2, double.PositiveInfinity);
    }

    [Fact]
    public void A_shadow_says_nothing_of_silences_that_are_longer_or_that_began_otherwise()
    {
        var ledger = SilenceLedger.Empty.WithShadow(Onset.Sudden, TimeSpan.FromSeconds(30));

        Assert.Equal(1, Longer(ledger, Onset.Sudden, 10), 6);
        Assert.Equal(0, Longer(ledger, Onset.Sudden, 60), 6);
        Assert.Equal(0, Longer(ledger, Onset.Falling, 10), 6);
    }

    [Fact]
    public void An_ordinary_pause_between_reads_is_no_shadow()
    {
        Assert.Same(SilenceLedger.Empty, SilenceLedger.Empty.WithShadow(Onset.Sudden, TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void A_shadow_that_counts_twice_weighs_more_than_one_that_counts_once()
    {
        var length = TimeSpan.FromMinutes(2);
        var shadow = SilenceLedger.Empty.WithShadow(Onset.Sudden, TimeSpan.FromMinutes(3)).After(Onset.Sudden, length);

        Assert.True(SilenceLedger.LogOddsOfDeparture(Onset.Sudden, length, shadow * 2) < SilenceLedger.LogOddsOfDeparture(Onset.Sudden, length, shadow));
    }

    [Fact]
    public void A_departure_that_is_taken_back_leaves_no_trace()
    {
        var ledger = SilenceLedger.Empty.WithDeparture(Onset.Sinking).WithDeparture(Onset.Sinking, -1);

        Assert.Equal(SilenceLedger.Empty.Departures, ledger.Departures);
        Assert.Equal(0, SilenceLedger.Empty.WithDeparture(Onset.Sinking, -1).Departures[(int)Onset.Sinking]);
    }

    [Fact]
    public void Old_habits_fade_and_keep_their_proportion()
    {
        var ledger = SilenceLedger.Empty;
        for (var visit = 0; visit < 2000; visit++)
            ledger = ledger.WithDeparture(Onset.Sudden).WithShadow(Onset.Sudden, TimeSpan.FromSeconds(20)).WithShadow(Onset.Sudden, TimeSpan.FromSeconds(20));

        Assert.InRange(ledger.Departures.Sum(), 100, 500);
        Assert.InRange(Longer(ledger, Onset.Sudden, 10) / ledger.Departures[(int)Onset.Sudden], 1.9, 2.1);
        Assert.False(ledger.IsMisshapen);
    }

    [Fact]
    public void Two_ledgers_together_hold_the_weighted_sum()
    {
        var (one, other) = (Learned(), SilenceLedger.Empty.WithDeparture(Onset.Passing).WithShadow(Onset.Sudden, TimeSpan.FromMinutes(1)));
        var length = TimeSpan.FromSeconds(20);

        Assert.Equal(one.Departures[(int)Onset.Passing] + 0.5, (one.After(Onset.Passing, length) + (other.After(Onset.Passing, length) * 0.5)).Departures, 4);
        Assert.Equal(Longer(one, Onset.Sudden, 20) + 0.5, (one.After(Onset.Sudden, length) + (other.After(Onset.Sudden, length) * 0.5)).Shadows, 4);
    }

    private static double Of(SilenceLedger ledger, Onset onset, double seconds) =>
        SilenceLedger.LogOddsOfDeparture(onset, TimeSpan.FromSeconds(seconds), ledger.After(onset, TimeSpan.FromSeconds(seconds)));

    private static double Longer(SilenceLedger ledger, Onset onset, double seconds) => ledger.After(onset, TimeSpan.FromSeconds(seconds)).Shadows;

    private static SilenceLedger Learned()
    {
        var (ledger, random) = (SilenceLedger.Empty, new Random(7));
        for (var silence = 0; silence < 200; silence++)
        {
            ledger = ledger.WithShadow((Onset)random.Next(4), TimeSpan.FromSeconds(3 / (random.NextDouble() + 0.001)));
            if (silence % 10 == 0)
                ledger = ledger.WithDeparture((Onset)random.Next(4));
        }

        return ledger;
    }
}
