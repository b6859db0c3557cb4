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

        Assert.Equal(reference, ExpectedMatch.Find(Expected, tags, plate is null ? null : ReadTwice(plate))?.Ref);
    }

    private static PlateReading? ReadTwice(string plate) => PlateVotes.None.With(default, "cam-1", plate, 0.9).With(default, "cam-1", plate, 0.9).Read();
}
