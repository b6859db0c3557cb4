using System.Xml.Linq;
using BayEdge.TestKit;

namespace BayEdge.Core.Tests.Architecture;

public sealed class ProjectReferenceTests
{
    private static readonly string[] CoreOnly = ["BayEdge.Core"];

    /// <summary>References go one way; whatever is not in this list is not referenced.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["BayEdge.Contracts"] = [],
        ["BayEdge.Central"] = ["BayEdge.Contracts"],
        ["BayEdge.Core"] = ["BayEdge.Contracts"],
        ["BayEdge.Drivers"] = CoreOnly,
        ["BayEdge.Vision"] = CoreOnly,
        ["BayEdge.Storage"] = CoreOnly,
        ["BayEdge.Messaging"] = CoreOnly,
        ["BayEdge.Simulator"] = CoreOnly,
        ["BayEdge.Service"] =
            ["BayEdge.Central", "BayEdge.Drivers", "BayEdge.Messaging", "BayEdge.Simulator", "BayEdge.Storage", "BayEdge.Vision"],
    };

    [Fact]
    public void Every_project_references_exactly_what_lies_below_it()
    {
        var actual = Projects().ToDictionary(project => project, project => References(project, "ProjectReference").Select(Path.GetFileNameWithoutExtension), StringComparer.Ordinal);

        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        Assert.All(Allowed, project => Assert.Equal(project.Value, actual[project.Key].Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("BayEdge.Core")]
    [InlineData("BayEdge.Contracts")]
    public void What_decides_and_what_is_promised_needs_no_package(string project) => Assert.Empty(References(project, "PackageReference"));

    [Fact]
    public void Versions_stand_in_one_place()
    {
        var withVersion = SourceFiles.Under("src", ".csproj").Concat(SourceFiles.Under("tests", ".csproj"))
            .Where(path => XDocument.Load(Repository.PathOf(path)).Descendants("PackageReference").Any(reference => reference.Attribute("Version") is not null));

        Assert.Empty(withVersion);
    }

    private static IEnumerable<string> Projects() => SourceFiles.Under("src", ".csproj").Select(path => Path.GetFileNameWithoutExtension(path));

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(Repository.PathOf("src", project, $"{project}.csproj")).Descendants(kind).Select(reference => reference.Attribute("Include")!.Value);
}
