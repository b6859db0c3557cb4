using BayEdge.Core.Configuration;
using BayEdge.TestKit;
using BayEdge.Vision.Plates;
using BayEdge.Vision.Plates.Decoding;

namespace BayEdge.Vision.Tests.Plates.Decoding;

public sealed class AddedTemplatesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("plates.json");

    [Fact]
    public void A_plate_that_was_added_is_read_beside_those_of_the_region()
    {
        File.WriteAllText(Path, """{ "cn": { "classes": { "w": "ABC" }, "templates": [{ "name": "works traffic", "patterns": ["Wwddddd"] }] } }""");
        var file = AddedTemplates.Load(Path)[PlateRegion.Cn].AddedTo(TemplateFile.Of(PlateRegion.Cn));

        Assert.Equal("WB12345", SyntheticLine.Of("WB12345").Decode(file)?.Text);
        Assert.Equal("沪A12345", SyntheticLine.Of("沪A12345").Decode(file)?.Text);
        Assert.NotEqual("WB12345", SyntheticLine.Of("WB12345").Decode(PlateRegion.Cn)?.Text);
    }

    [Fact]
    public void A_plate_of_as_many_places_as_may_be_is_read_from_the_first_to_the_last()
    {
        File.WriteAllText(Path, """{ "cn": { "templates": [{ "name": "long", "patterns": ["lllllllll"] }] } }""");
        var file = AddedTemplates.Load(Path)[PlateRegion.Cn].AddedTo(TemplateFile.Of(PlateRegion.Cn));

        Assert.Equal("ZYXWVUTSR", SyntheticLine.Of("ZYXWVUTSR").Decode(file)?.Text);
    }

    [Fact]
    public void A_class_of_more_characters_than_can_be_told_apart_is_refused()
    {
        File.WriteAllText(Path, """{"cn":{"classes":{"w":"MANY"},"templates":[]}}""".Replace("MANY", new string('A', 129), StringComparison.Ordinal));

        var problem = Assert.Throws<PlateModelException>(() => AddedTemplates.Load(Path)).Message;

        Assert.Contains("has 129 characters; at most 128 can be told apart", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_file_nothing_is_added() => Assert.Empty(AddedTemplates.Load(Path));

    [Theory]
    [InlineData("{", "line 1 is no such JSON")]
    [InlineData("""{"uk":{"templates":[]}}""", "the region 'uk' is none of cn, eu, us, br")]
    [InlineData("""{"cn":{"templates":[{"name":"a","pattern":["dddd"]}]}}""", "is no such JSON")]
    [InlineData("""{"cn":{"templates":[{"name":"a","patterns":["ddzd"]}]}}""", "names the class 'z', which cn does not have")]
    [InlineData("""{"cn":{"templates":[{"name":"a","patterns":["ddd"]}]}}""", "has 3 places; plates have 4 to 9")]
    [InlineData("""{"cn":{"templates":[{"name":"a","patterns":["dddddddddd"]}]}}""", "has 10 places; plates have 4 to 9")]
    [InlineData("""{"cn":null}""", "the region 'cn' holds nothing")]
    [InlineData("""{"cn":{"templates":[]},"CN":{"templates":[]}}""", "the region 'cn' stands twice")]
    [InlineData("""{"cn":{"templates":[{"name":"a"}]}}""", "a template of cn lacks its name or its patterns")]
    [InlineData("""{"cn":{"templates":[{"patterns":["dddd"]}]}}""", "a template of cn lacks its name or its patterns")]
    [InlineData("""{"cn":{"templates":[null]}}""", "a template of cn lacks its name or its patterns")]
    [InlineData("""{"cn":{"classes":{"w":null},"templates":[]}}""", "needs one small letter as its name and at least one character")]
    [InlineData("""{"cn":{"classes":{"d":"01"},"templates":[]}}""", "stands for 0123456789 already")]
    [InlineData("""{"cn":{"classes":{"W":"01"},"templates":[]}}""", "needs one small letter")]
    public void A_mistake_is_told_with_its_place(string content, string says)
    {
        File.WriteAllText(Path, content);

        var problem = Assert.Throws<PlateModelException>(() => AddedTemplates.Load(Path)).Message;

        Assert.Contains(says, problem, StringComparison.Ordinal);
        Assert.Contains(Path, problem, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
