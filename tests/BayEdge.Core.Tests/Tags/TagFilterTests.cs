using BayEdge.Core.Tags;

namespace BayEdge.Core.Tests.Tags;

public sealed class TagFilterTests
{
    [Theory]
    [InlineData("", "", "E280", true)]
    [InlineData("E280", "", "E28068940000501234567890", true)]
    [InlineData("E280,30", "", "3074257BF7194E4000001A85", true)]
    [InlineData("E280", "", "3074257BF7194E4000001A85", false)]
    [InlineData("", "30", "3074257BF7194E4000001A85", false)]
    [InlineData("", "30,31", "E28068940000501234567890", true)]
    [InlineData("E2", "E2801", "E28011700000020A1B2C3D4E", false)]
    [InlineData("E280", "", "E2", false)]
    public void A_tag_counts_by_how_it_begins(string only, string ignore, string tag, bool counts) =>
        Assert.Equal(counts, new TagFilter([.. only.Split(',', StringSplitOptions.RemoveEmptyEntries)], [.. ignore.Split(',', StringSplitOptions.RemoveEmptyEntries)]).Admits(tag));

    [Fact]
    public void Without_a_filter_every_tag_counts() => Assert.True(TagFilter.None.Admits("AB"));
}
