using BayEdge.Contracts.Consuming;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BayEdge.Contracts.Tests.Consuming;

public sealed class SequenceLedgerTests
{
    [Fact]
    public void Events_in_order_are_new_and_acknowledged_to_the_last()
    {
        var ledger = AfterAll(SequenceLedger.Unknown, 1, 2, 3);

        Assert.Equal(3, ledger.AckUpTo);
        Assert.Empty(ledger.Missing);
    }

    [Fact]
    public void A_jump_opens_a_gap_that_holds_the_acknowledgement_back()
    {
        var (ledger, acceptance) = AfterAll(SequenceLedger.Unknown, 1, 2).Accept(5);

        Assert.Equal(Acceptance.NewOpensGap, acceptance);
        Assert.Equal(2, ledger.AckUpTo);
        Assert.Equal([new SequenceRange(3, 4)], ledger.Missing);
    }

    [Fact]
    public void A_gap_that_is_filled_lets_the_acknowledgement_go_to_the_end()
    {
        var ledger = AfterAll(SequenceLedger.Unknown, 1, 2, 5, 4, 3);

        Assert.Equal(5, ledger.AckUpTo);
        Assert.Equal([new SequenceRange(1, 5)], ledger.Held);
    }

    [Fact]
    public void An_event_that_comes_again_is_a_duplicate_and_changes_nothing()
    {
        var before = AfterAll(SequenceLedger.Unknown, 1, 2, 4);
        foreach (var sequence in new long[] { 1, 2, 4 })
        {
            var (after, acceptance) = before.Accept(sequence);
            Assert.Equal(Acceptance.Duplicate, acceptance);
            Assert.Same(before, after);
        }
    }

    [Fact]
    public void A_late_consumer_acknowledges_nothing_until_the_device_says_where_to_begin()
    {
        var (first, acceptance) = SequenceLedger.Unknown.Accept(57);
        Assert.Equal(Acceptance.New, acceptance);
        Assert.Null(first.AckUpTo);

        var told = first.KeptFrom(55);

        Assert.Equal(54, told.AckUpTo);
        Assert.Equal([new SequenceRange(55, 56)], told.Missing);
        Assert.Equal(57, AfterAll(told, 55, 56).AckUpTo);
    }

    [Fact]
    public void A_late_consumer_that_knows_where_to_begin_misses_nothing_before()
    {
        var ledger = AfterAll(SequenceLedger.Unknown.KeptFrom(55), 55, 56);

        Assert.Equal(56, ledger.AckUpTo);
        Assert.Empty(ledger.Missing);
        Assert.Empty(ledger.Lost);
    }

    [Fact]
    public void Event_from_before_the_beginning_is_kept_all_the_same()
    {
        var (ledger, acceptance) = AfterAll(SequenceLedger.Unknown.KeptFrom(55), 55).Accept(54);

        Assert.Equal(Acceptance.New, acceptance);
        Assert.Equal(55, ledger.AckUpTo);
        Assert.Equal([new SequenceRange(54, 55)], ledger.Held);
    }

    [Fact]
    public void What_the_device_no_longer_keeps_is_lost_and_blocks_nothing()
    {
        var ledger = AfterAll(SequenceLedger.FromFirst, 1, 2, 6, 8).KeptFrom(5);

        Assert.Equal([new SequenceRange(3, 4)], ledger.Lost);
        Assert.Equal([new SequenceRange(5, 5), new SequenceRange(7, 7)], ledger.Missing);
        Assert.Equal(4, ledger.AckUpTo);
        Assert.Equal(6, AfterAll(ledger, 5).AckUpTo);
    }

    [Fact]
    public void What_is_missing_right_behind_what_the_device_forgot_is_asked_for_by_the_acknowledgement_before_it()
    {
        var ledger = AfterAll(SequenceLedger.Unknown, 1, 2, 3).KeptFrom(4);

        Assert.Equal(3, AfterAll(ledger, 6).AckUpTo);
        Assert.Equal(6, AfterAll(ledger, 6, 5, 4).AckUpTo);
    }

    [Fact]
    public void What_a_device_sends_again_because_a_power_cut_took_its_memory_of_the_acknowledgement_is_acknowledged_again()
    {
        var ledger = AfterAll(SequenceLedger.Unknown, 1, 2, 3).KeptFrom(4).KeptFrom(2);

        var (after, acceptance) = ledger.Accept(3);

        Assert.Equal(Acceptance.Duplicate, acceptance);
        Assert.Equal(3, after.AckUpTo);
    }

    [Fact]
    public void A_consumer_that_does_not_know_where_to_begin_asks_for_nothing()
    {
        Assert.Null(AfterAll(SequenceLedger.Unknown, 57, 60).AckUpTo);
        Assert.Null(SequenceLedger.Unknown.KeptFrom(58).AckUpTo);
    }

    [Fact]
    public void What_was_thought_lost_and_comes_from_the_broker_after_all_is_not_lost()
    {
        var ledger = AfterAll(AfterAll(SequenceLedger.FromFirst, 1, 4).KeptFrom(5), 2, 3);

        Assert.Empty(ledger.Lost);
    }

    [Fact]
    public void The_device_never_takes_back_that_it_forgot_something()
    {
        var ledger = SequenceLedger.FromFirst.KeptFrom(9).KeptFrom(4);

        Assert.Equal(9, ledger.FirstKept);
    }

    [Fact]
    public void A_new_epoch_of_a_known_device_misses_its_first_events()
    {
        var (ledger, acceptance) = SequenceLedger.FromFirst.Accept(3);

        Assert.Equal(Acceptance.NewOpensGap, acceptance);
        Assert.Equal([new SequenceRange(1, 2)], ledger.Missing);
        Assert.Null(ledger.AckUpTo);
    }

    [Fact]
    public void The_end_of_an_epoch_that_never_came_is_missing()
    {
        var ledger = AfterAll(SequenceLedger.Unknown, 1, 2).RanUpTo(5);

        Assert.Equal([new SequenceRange(3, 5)], ledger.Missing);
        Assert.Equal(2, ledger.AckUpTo);
    }

    [Fact]
    public void A_sequence_number_below_one_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SequenceLedger.Unknown.Accept(0));

    [Property(MaxTest = 500)]
    public Property In_any_order_with_duplicates_and_losses_an_acknowledgement_never_passes_a_gap() =>
        Prop.ForAll(Arrivals.ToArbitrary(), arrivals =>
        {
            var ledger = SequenceLedger.FromFirst;
            var held = new SortedSet<long>();
            foreach (var sequence in arrivals)
            {
                (ledger, var acceptance) = ledger.Accept(sequence);
                Assert.Equal(!held.Add(sequence), acceptance == Acceptance.Duplicate);
                Assert.Equal(EndOfPrefix(held), ledger.AckUpTo ?? 0);
                Assert.Equal(Enumerate(ledger.Held), held);
                Assert.Equal(Complement(held), Enumerate(ledger.Missing));
            }
        });

    [Property(MaxTest = 200)]
    public Property When_all_have_come_in_any_order_everything_is_acknowledged() =>
        Prop.ForAll(Arrivals.ToArbitrary(), arrivals =>
        {
            var last = arrivals.DefaultIfEmpty(1).Max();
            var rest = Enumerable.Range(1, (int)last).Select(sequence => (long)sequence).Reverse();

            var ledger = AfterAll(SequenceLedger.Unknown, [.. arrivals, .. rest]);

            Assert.Equal(last, ledger.AckUpTo);
            Assert.Equal([new SequenceRange(1, last)], ledger.Held);
        });

    [Property(MaxTest = 200)]
    public Property A_restored_ledger_goes_on_like_the_one_it_was_made_of() =>
        Prop.ForAll(Arrivals.ToArbitrary(), Arrivals.ToArbitrary(), (before, after) =>
        {
            var original = AfterAll(SequenceLedger.Unknown, before).KeptFrom(3);
            var restored = SequenceLedger.Restore(original.Held, original.Start, original.FirstKept, original.LastKnown);

            var expected = AfterAll(original, after);
            var actual = AfterAll(restored, after);

            Assert.Equal(expected.AckUpTo, actual.AckUpTo);
            Assert.Equal(expected.Missing, actual.Missing);
            Assert.Equal(expected.Lost, actual.Lost);
        });

    private static Gen<long[]> Arrivals => Gen.Choose(1, 30).Select(number => (long)number).ArrayOf();

    private static SequenceLedger AfterAll(SequenceLedger ledger, params long[] sequences) =>
        sequences.Aggregate(ledger, (state, sequence) => state.Accept(sequence).Ledger);

    private static long EndOfPrefix(SortedSet<long> held)
    {
        var end = 0L;
        while (held.Contains(end + 1))
            end++;
        return end;
    }

    private static IEnumerable<long> Complement(SortedSet<long> held) =>
        Enumerable.Range(1, (int)held.Max).Select(number => (long)number).Where(number => !held.Contains(number));

    private static IEnumerable<long> Enumerate(IEnumerable<SequenceRange> ranges) =>
        ranges.SelectMany(range => Enumerable.Range((int)range.First, (int)range.Count).Select(number => (long)number));
}
