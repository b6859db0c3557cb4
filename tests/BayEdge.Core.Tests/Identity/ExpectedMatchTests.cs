using System.Collections.Immutable;
using BayEdge.Contracts.State;
using BayEdge.Core.Identity;

namespace BayEdge.Core.Tests.Identity;

public sealed class ExpectedMatchTests
{
    private static readonly ImmutableArray<ExpectedVehicle> Expected =
    [
        new ExpectedVehicle { Ref = "WO-1", Plate = "沪AD12345", Tags = ["E280AA"] },
        new ExpectedVehicle { Ref = "WO-2", Plate = "苏E6F77G", Tags = ["E280BB", "E280CC"] },
    ];

    [Theory]
    [InlineData("E280CC", null, "WO-2")]
    [InlineData(null, "沪AD12345", "WO-1")]
    [InlineData("E280AA", "沪AD12345", "WO-1")]
    [InlineData("E280BB", "沪AD12345", null)]
    [InlineData("E280DD", "京A00001", null)]
    public void The_vehicle_that_tag_and_plate_agree_on_is_found(string? tag, string? plate, string? reference)
    {
        ImmutableArray<string> tags = tag is null ? [] : [tag];

        Assert.Equal(reference, ExpectedMatch.Find(Expected, tags, plate is null ? null : Read(plate, 2))?.Ref);
    }

    [Fact]
    public void A_tag_that_two_expected_vehicles_claim_names_neither()
    {
        ImmutableArray<ExpectedVehicle> expected = [.. Expected, new ExpectedVehicle { Ref = "WO-3", Tags = ["E280AA"] }];

        Assert.Null(ExpectedMatch.Find(expected, ["E280AA"], null));
    }

    [Fact]
    public void A_plate_with_one_look_alike_character_is_found_once_it_was_read_often_enough()
    {
        Assert.Null(ExpectedMatch.Find(Expected, [], Read("沪A012345", 2)));
        Assert.Equal("WO-1", ExpectedMatch.Find(Expected, [], Read("沪A012345", 3))?.Ref);
        Assert.Null(ExpectedMatch.Find(Expected, [], Read("沪AX12345", 10)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_reading_between_two_expected_plates_names_neither_in_whatever_order_they_are_expected(bool turned)
    {
        ImmutableArray<ExpectedVehicle> twins = [new ExpectedVehicle { Ref = "WO-1", Plate = "沪AD12348" }, new ExpectedVehicle { Ref = "WO-2", Plate = "沪AD1234B" }];

        Assert.Null(ExpectedMatch.Find(turned ? [.. twins.Reverse()] : twins, [], Read("沪AD12343", 10)));
    }

    [Theory]
    [InlineData(10, 1, true)]
    [InlineData(10, 9, false)]
    [InlineData(5, 5, false)]
    public void A_twin_is_named_only_when_the_votes_are_clear(int own, int twin, bool isNamed)
    {
        ImmutableArray<ExpectedVehicle> twins = [new ExpectedVehicle { Ref = "WO-1", Plate = "沪AD12345" }, new ExpectedVehicle { Ref = "WO-2", Plate = "沪AD12346" }];
        var votes = PlateVotes.None;
        for (var reading = 0; reading < own + twin; reading++)
            votes = votes.With(default, "cam-1", reading < own ? "沪AD12345" : "沪AD12346", 0.9);

        Assert.Equal(isNamed ? "WO-1" : null, ExpectedMatch.Find(twins, [], votes.Read())?.Ref);
    }

    [Fact]
    public void A_single_reading_beside_the_plate_of_the_tags_vehicle_does_not_contradict_the_tag()
    {
        ImmutableArray<ExpectedVehicle> twins = [new ExpectedVehicle { Ref = "WO-1", Plate = "沪AD12348", Tags = ["E280AA"] }, new ExpectedVehicle { Ref = "WO-2", Plate = "沪AD12343" }];

        Assert.Equal("WO-1", ExpectedMatch.Find(twins, ["E280AA"], Read("沪AD12343", 1))?.Ref);
        Assert.Null(ExpectedMatch.Find(twins, ["E280AA"], Read("沪AD12343", 5)));
    }

    private static PlateReading? Read(string plate, int times) =>
        Enumerable.Repeat(plate, times).Aggregate(PlateVotes.None, (votes, text) => votes.With(default, "cam-1", text, 0.9)).Read();
}
