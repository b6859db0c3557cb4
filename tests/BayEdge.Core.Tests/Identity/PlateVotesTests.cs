using BayEdge.Core.Identity;
using BayEdge.Core.Timing;
using BayEdge.TestKit;

namespace BayEdge.Core.Tests.Identity;

public sealed class PlateVotesTests
{
    [Fact]
    public void Every_character_is_voted_on_by_itself()
    {
        // No single reading is right.
        var reading = Read("沪AD12346", "沪A012345", "沪BD12345", "沪AD12345".Replace('3', '8'), "沪AD1Z345");

        Assert.Equal("沪AD12345", reading.Text);
    }

    [Fact]
    public void A_reading_of_another_length_has_no_vote_on_the_characters()
    {
        var reading = Read("沪AD12345", "沪AD12345", "AD12345", "沪AD123");

        Assert.Equal(("沪AD12345", 2), (reading.Text, reading.Readings));
    }

    [Fact]
    public void Two_readings_that_agree_are_sure_and_one_is_not()
    {
        Assert.False(Read("沪AD12345").IsSure);
        Assert.True(Read("沪AD12345", "沪AD12345").IsSure);
    }

    [Fact]
    public void A_character_that_comes_again_and_again_leaves_the_plate_unsure()
    {
        Assert.False(Read([.. Enumerable.Repeat("沪AD12345", 10), .. Enumerable.Repeat("沪AD12346", 4)]).IsSure);
        Assert.True(Read([.. Enumerable.Repeat("沪AD12345", 10), "沪AD12346"]).IsSure);
    }

    [Fact]
    public void Confidence_grows_with_agreement_and_never_exceeds_the_best_reading()
    {
        var (two, ten) = (Read([.. Enumerable.Repeat("沪AD12345", 2)]), Read([.. Enumerable.Repeat("沪AD12345", 10)]));

        Assert.True(two.Confidence < ten.Confidence && ten.Confidence < 0.9);
        Assert.True(Read([.. Enumerable.Repeat("沪AD12345", 9), "沪AD12346"]).Confidence < ten.Confidence);
    }

    [Fact]
    public void The_order_of_the_readings_does_not_matter()
    {
        string[] readings = ["沪AD12346", "沪AD12345", "沪AD12345", "沪A012345", "苏AD12345", "沪AD12346"];
        var expected = Read(readings);
        foreach (var seed in Enumerable.Range(0, 50))
        {
            new Random(seed).Shuffle(readings);
            var reading = Read(readings);
            Assert.Equal((expected.Text, expected.Readings, expected.IsSure, expected.Confidence), (reading.Text, reading.Readings, reading.IsSure, reading.Confidence));
        }
    }

    [Fact]
    public void A_plate_that_is_read_in_a_thousand_ways_does_not_fill_the_memory_and_keeps_its_best()
    {
        var votes = PlateVotes.None;
        for (var reading = 0; reading < 1000; reading++)
            votes = votes.With(At(reading), "cam-1", reading % 3 == 0 ? "沪AD12345" : $"沪AD{reading:00000}", 0.9);

        Assert.InRange(votes.Texts.Length, 1, 12);
        Assert.Equal("沪AD12345", votes.Texts.MaxBy(vote => vote.Count)!.Text);
    }

    [Fact]
    public void Votes_that_are_put_together_count_as_if_they_had_come_one_after_the_other()
    {
        var (first, later) = (Votes(0, "沪AD12345", "沪AD12346"), Votes(10, "沪AD12345", "沪AD12347"));

        var expected = Votes(0, "沪AD12345", "沪AD12346").With(At(10), "cam-1", "沪AD12345", 0.9).With(At(11), "cam-1", "沪AD12347", 0.9);
        Assert.Equal(expected.Texts, first.Plus(later).Texts);
    }

    [Theory]
    [InlineData('0', 'D')]
    [InlineData('8', 'B')]
    [InlineData('沪', '浙')]
    public void Characters_that_look_alike_do_so_both_ways_and_cost_less(char one, char other)
    {
        Assert.True(LookAlikes.Are(one, other));
        Assert.True(LookAlikes.Are(other, one));
        var reading = Read($"{one}A12345", $"{one}A12345");
        Assert.True(reading.MismatchWith($"{other}A12345") < reading.MismatchWith("WA12345"));
    }

    [Fact]
    public void Characters_that_nobody_confuses_are_not_alike()
    {
        Assert.False(LookAlikes.Are('A', 'X'));
        Assert.False(LookAlikes.Are('沪', '粤'));
    }

    [Fact]
    public void The_mismatch_grows_with_every_character_and_is_none_for_the_same_plate()
    {
        var reading = Read("沪AD12345", "沪AD12345", "沪AD12345");
        double[] mismatches = [.. ((string[])["沪AD12345", "沪AD12346", "沪AD12376", "沪AD19376", "沪AX19376"]).Select(reading.MismatchWith)];

        Assert.Equal(0, mismatches[0]);
        Assert.Equal(mismatches.Distinct().Order(), mismatches);
    }

    private static PlateReading Read(params string[] texts) => Votes(0, texts).Read()!;

    private static PlateVotes Votes(int from, params string[] texts) =>
        texts.Select((text, index) => (text, index)).Aggregate(PlateVotes.None, (votes, read) => votes.With(At(from + read.index), "cam-1", read.text, 0.9));

    private static ObservedAt At(double seconds) => new(BayScenario.Time("08:00:00") + TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds));
}
