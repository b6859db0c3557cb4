using BayEdge.Contracts.Events;

namespace BayEdge.Contracts.Tests.Events;

public sealed class EventPositionTests
{
    [Fact]
    public void A_position_comes_back_from_the_source_and_sequence_it_was_written_to()
    {
        var position = new EventPosition(3, 4711);

        Assert.True(EventPosition.TryParse(EventPosition.SourceOf("sh-01", "pi-01", 3), position.SequenceText, out var read));

        Assert.Equal(position, read);
        Assert.Equal("3-0000000000004711", position.EventId);
    }

    [Fact]
    public void A_later_epoch_comes_after_every_number_of_an_earlier_one()
    {
        Assert.True(new EventPosition(2, 1) > new EventPosition(1, 900));
        Assert.True(new EventPosition(2, 1) < new EventPosition(2, 2));
        Assert.True(new EventPosition(2, 2) >= new EventPosition(2, 2));
        Assert.True(new EventPosition(1, 9) <= new EventPosition(2, 1));
    }

    [Fact]
    public void Sequence_numbers_sort_as_text_as_they_do_as_numbers() =>
        Assert.True(string.CompareOrdinal(new EventPosition(1, 99).SequenceText, new EventPosition(1, 100).SequenceText) < 0);

    [Fact]
    public void A_position_is_told_by_the_id_of_its_event() => Assert.Equal("2-0000000000000099", $"{new EventPosition(2, 99)}");
}
