using BayEdge.Core.Identity;

namespace BayEdge.Core.Tests.Identity;

public sealed class EditDistanceTests
{
    [Theory]
    [InlineData("", "ABC", 3)]
    [InlineData("JWA56660", "WA56660", 1)]
    [InlineData("皖A12345", "皖A13254", 3)]
    public void Changed_added_and_removed_characters_count_one_each(string one, string other, int edits)
    {
        Assert.Equal(edits, EditDistance.Between(one, other));
        Assert.Equal(edits, EditDistance.Between(other, one));
    }
}
