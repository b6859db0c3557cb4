using System.Text;
using BayEdge.Messaging.Publishing;

namespace BayEdge.Messaging.Tests.Publishing;

public sealed class VehicleListTests
{
    [Fact]
    public void Plates_and_tags_come_out_as_they_are_compared()
    {
        const string List = """{"vehicles":[{"ref":"WO-1","plate":"沪a·d12345","tags":[" e280ab "]},{"ref":"WO-2","plate":"·"}]}""";

        Assert.True(VehicleList.TryParse(Encoding.UTF8.GetBytes(List), out var expected, out _));

        Assert.Equal(("沪AD12345", "E280AB"), (expected.Vehicles[0].Plate, Assert.Single(expected.Vehicles[0].Tags)));
        Assert.Null(expected.Vehicles[1].Plate);
    }

    [Fact]
    public void A_list_that_is_taken_back_is_empty()
    {
        Assert.True(VehicleList.TryParse([], out var expected, out _));
        Assert.Empty(expected.Vehicles);
    }

    [Theory]
    [InlineData("""{"vehicles":[null]}""", "vehicle 1 is null")]
    [InlineData("""{"vehicles":[{"ref":"WO-1"},{"ref":" "}]}""", "vehicle 2 has no ref")]
    [InlineData("""{"vehicles":[{"ref":"WO-1","tags":["E280",null]}]}""", "vehicle 1 has an empty tag")]
    [InlineData("""{"vehicles":[{"plate":"X"}]}""", "something is missing or of another kind at $.vehicles[0] (line 1, byte 27)")]
    [InlineData("null", "it is null")]
    public void What_is_no_list_of_vehicles_is_refused_with_a_reason(string text, string expected)
    {
        Assert.False(VehicleList.TryParse(Encoding.UTF8.GetBytes(text), out _, out var problem));
        Assert.Equal(expected, problem);
    }
}
