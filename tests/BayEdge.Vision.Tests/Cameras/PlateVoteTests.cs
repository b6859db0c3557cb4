using BayEdge.Core.Identity;
using BayEdge.Vision.Cameras;
using BayEdge.Vision.Plates;

namespace BayEdge.Vision.Tests.Cameras;

public sealed class PlateVoteTests
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(250);

    private PlateVote _vote = new(new PlateVoteOptions());
    private TimeSpan _now;

    [Fact]
    public void A_single_misreading_is_not_published()
    {
        Assert.Empty(See("沪AD12345", 1));
        Assert.Equal(VoteState.Unsure, _vote.StateAt(_now));
    }

    [Fact]
    public void A_plate_is_reported_from_its_third_confident_reading_on_and_rested_upon_after_its_fifth()
    {
        Assert.Empty(See("沪AD12345", 0.95));
        Assert.Empty(See("沪AD12345", 0.95));
        Assert.Equal("沪AD12345", Assert.Single(See("沪AD12345", 0.95)).Text);
        Assert.InRange(Assert.Single(See("沪AD12345", 0.95)).Confidence, 0, PlateConfidence.LeastToTell);
        Assert.Equal(VoteState.Unsure, _vote.StateAt(_now));
        Assert.Equal(0.95, Assert.Single(See("沪AD12345", 0.95)).Confidence, 6);
        Assert.Equal(VoteState.Sure, _vote.StateAt(_now));
    }

    [Fact]
    public void A_plate_that_is_misread_now_and_then_from_afar_is_sure_and_one_misread_so_from_near_is_not()
    {
        Assert.InRange(ConfidenceOfWavering(near: false), PlateConfidence.LeastToTell, 1);
        Assert.InRange(ConfidenceOfWavering(near: true), 0, PlateConfidence.LeastToTell);

        static double ConfidenceOfWavering(bool near)
        {
            var (vote, now, confidence) = (new PlateVote(new PlateVoteOptions()), TimeSpan.Zero, 0.0);
            for (var reading = 0; reading < 12; reading++, now += Frame)
            {
                var isMisread = reading is 2 or 7;
                var text = isMisread ? "皖AD12345" : "藏AD12345";
                (vote, var plates) = vote.Count([new Ballot(text, 0.95) { WidthPx = isMisread && !near ? 100 : 160 }], now);
                confidence = plates.IsEmpty ? confidence : plates[0].Confidence;
            }

            return confidence;
        }
    }

    [Fact]
    public void Readings_from_afar_that_err_alike_do_not_make_a_plate_before_it_is_near()
    {
        for (var far = 0; far < 4; far++)
            Assert.Empty(Count(new Ballot("冀AD12345", 0.95) { Weight = 0.5 }));

        var plates = Enumerable.Range(0, 6).SelectMany(_ => See("藏AD12345", 0.95)).ToList();

        Assert.All(plates, plate => Assert.Equal("藏AD12345", plate.Text));
        Assert.NotEmpty(plates);
    }

    [Fact]
    public void A_character_that_may_as_well_be_another_asks_for_more_readings_than_the_others()
    {
        var doubts = new CharacterDoubt[8];
        doubts[0] = new CharacterDoubt('冀', 0.4);

        var plates = Enumerable.Range(0, 12).Select(_ => Count(new Ballot("藏AD12345", 0.95) { Doubts = [.. doubts] }).Length);

        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1], plates);
    }

    [Fact]
    public void Doubtful_readings_must_be_more()
    {
        Assert.Equal([0, 0, 0, 0, 1], Enumerable.Range(0, 5).Select(_ => See("沪AD12345", 0.42).Length));
    }

    [Fact]
    public void A_plate_on_which_only_doubtful_readings_agree_is_read_on_until_better_ones_come()
    {
        for (var doubtful = 0; doubtful < 8; doubtful++)
            See("沪AD12345", 0.6);

        Assert.Equal(VoteState.Unsure, _vote.StateAt(_now));
        for (var clear = 0; clear < 8; clear++)
            See("沪AD12345", 0.95);

        Assert.Equal(VoteState.Sure, _vote.StateAt(_now));
    }

    [Fact]
    public void A_misread_character_is_outvoted_and_asks_for_more_readings()
    {
        See("沪AD12345", 0.9);
        See("沪AD12845", 0.9);
        Assert.Empty(See("沪AD12345", 0.9));
        Assert.Empty(See("沪AD12345", 0.9));

        var plate = Assert.Single(See("沪AD12345", 0.9));

        Assert.Equal("沪AD12345", plate.Text);
        Assert.Equal(0.9 * Math.Pow(4.0 / 5, 3), plate.Confidence, precision: 6);
    }

    [Fact]
    public void Readings_that_are_each_wrong_somewhere_else_give_the_right_plate()
    {
        See("苏AD12345", 0.9);
        See("沪AD12845", 0.9);
        See("沪AO12345", 0.9);
        See("沪AD12346", 0.9);
        var plates = See("沪AD1Z345", 0.9);

        Assert.Equal("沪AD12345", Assert.Single(plates).Text);
    }

    [Fact]
    public void A_dropped_character_does_not_shift_the_vote()
    {
        for (var i = 0; i < 4; i++)
            See("沪AD12345", 0.9);

        Assert.Equal("沪AD12345", Assert.Single(See("沪D12345", 0.9)).Text);
    }

    [Fact]
    public void A_length_that_is_seen_as_often_as_another_is_not_sure()
    {
        for (var i = 0; i < 6; i++)
            Assert.Empty(See(i % 2 == 0 ? "沪AD12345" : "沪AD1234", 0.9));
    }

    [Fact]
    public void The_next_vehicle_is_published_in_its_own_right_while_the_first_is_still_remembered()
    {
        for (var i = 0; i < 6; i++)
            See("沪AD12345", 0.95);

        Assert.Empty(See("京Q58A77", 0.95));
        Assert.Empty(See("京Q58A77", 0.95));
        Assert.Equal("京Q58A77", Assert.Single(See("京Q58A77", 0.95)).Text);
    }

    [Fact]
    public void Two_plates_of_a_fleet_in_one_picture_do_not_vote_against_each_other()
    {
        Count(new("沪AD12345", 0.95), new("沪AD12346", 0.95));
        Count(new("沪AD12346", 0.95), new("沪AD12345", 0.95));
        var plates = Count(new("沪AD12345", 0.95), new("沪AD12346", 0.95));

        Assert.Equal(["沪AD12345", "沪AD12346"], plates.Select(plate => plate.Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_next_car_of_the_fleet_is_not_published_under_the_one_that_has_gone()
    {
        for (var i = 0; i < 20; i++)
            See("沪AD12345", 0.95);
        _now += TimeSpan.FromSeconds(5);

        var published = Enumerable.Range(0, 8).Select(_ => See("沪AD12346", 0.95)).ToArray();

        Assert.Single(published.SelectMany(plates => plates), plate => plate.Text == "沪AD12345");
        Assert.Equal("沪AD12345", Assert.Single(published[0]).Text);
        Assert.All(published.Skip(1).Take(3), Assert.Empty);
        Assert.All(published.Skip(4), plates => Assert.Equal("沪AD12346", Assert.Single(plates).Text));
        Assert.Equal("沪AD12345", Assert.Single(See("沪AD12345", 0.95)).Text);
    }

    [Fact]
    public void A_misreading_that_comes_again_and_again_does_not_become_a_vehicle()
    {
        for (var i = 0; i < 10; i++)
            See("沪AD12345", 0.95);

        for (var i = 0; i < 200; i++)
            Assert.DoesNotContain(See(i % 10 < 4 ? "沪AD12845" : "沪AD12345", 0.95), plate => plate.Text != "沪AD12345");
    }

    [Fact]
    public void A_plate_that_was_silent_for_long_must_become_sure_again()
    {
        for (var i = 0; i < 6; i++)
            See("沪AD12345", 0.95);
        _now += TimeSpan.FromSeconds(10);

        Assert.Equal(VoteState.Nothing, _vote.StateAt(_now + Frame));
        Assert.Empty(See("沪AD12345", 0.95));
    }

    [Fact]
    public void Early_misreadings_are_forgotten_as_the_vehicle_comes_closer()
    {
        for (var i = 0; i < 4; i++)
            See("沪AD12S45", 0.9);
        for (var i = 0; i < 15; i++)
            See("沪AD12345", 0.9);

        var plate = Assert.Single(See("沪AD12345", 0.9));

        Assert.Equal("沪AD12345", plate.Text);
        Assert.Equal(0.9, plate.Confidence, precision: 6);
    }

    [Fact]
    public void A_picture_without_a_plate_publishes_nothing()
    {
        for (var i = 0; i < 6; i++)
            See("沪AD12345", 0.95);

        Assert.Empty(Count());
        Assert.Equal(VoteState.Sure, _vote.StateAt(_now));
    }

    private VotedPlate[] See(string text, double confidence) => Count(new Ballot(text, confidence));

    private VotedPlate[] Count(params Ballot[] ballots)
    {
        _now += Frame;
        (_vote, var sure) = _vote.Count(ballots, _now);
        return [.. sure];
    }
}
