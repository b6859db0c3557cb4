using System.Text.RegularExpressions;

namespace BayEdge.Core.Tests.Architecture;

public sealed partial class SourceFileTests
{
    private const int MostLines = 400;

    private static readonly string[] Code = [".cs", ".js", ".css", ".html", ".csproj", ".props", ".targets"];

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    public void A_file_has_one_subject_and_at_most_400_lines(string folder)
    {
        var files = SourceFiles.Under(folder, Code).ToList();

        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => SourceFiles.Lines(file).Length > MostLines);
    }

    [Fact]
    public void Every_source_file_has_one_namespace_for_the_whole_file()
    {
        var files = SourceFiles.Under("src", ".cs").Where(file => Path.GetFileName(file) != "Program.cs").ToList();

        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, file => SourceFiles.Lines(file).Count(line => FileScopedNamespace().IsMatch(line)) != 1);
    }

    // Whoever looks for one kind of line in a log finds that kind only.
    [Fact]
    public void Each_line_of_the_log_has_an_event_id_of_its_own()
    {
        var ids = SourceFiles.Under("src", ".cs").SelectMany(SourceFiles.Lines).SelectMany(line => EventId().Matches(line)).Select(match => match.Value).ToList();

        Assert.True(ids.Count > 30);
        Assert.Distinct(ids);
    }

    // A workshop has no internet: a page that needs another server stays blank.
    [Fact]
    public void No_page_names_an_address_outside_the_device()
    {
        var outside = SourceFiles.Under("src", ".html", ".css", ".js", ".mjs", ".json", ".svg", ".webmanifest")
            .Where(file => file.Contains("/wwwroot/", StringComparison.Ordinal))
            .SelectMany(file => SourceFiles.Lines(file).SelectMany(line => Address().Matches(line)).Select(match => $"{file}: {match.Value}"));

        Assert.Empty(outside);
    }

    [Theory]
    [InlineData("<script src=\"https://cdn.example.com/x.js\">", true)]
    [InlineData("@import url(//fonts.example.com/css);", true)]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\">", false)]
    [InlineData("fetch('/api/status') // the device itself", false)]
    [InlineData("http://127.0.0.1:8080/", false)]
    public void An_outside_address_is_recognised(string line, bool isOutside) => Assert.Equal(isOutside, Address().IsMatch(line));

    [GeneratedRegex(@"^namespace [\w.]+;$")]
    private static partial Regex FileScopedNamespace();

    [GeneratedRegex(@"(?<=EventId = |LoggerMessage\()\d+")]
    private static partial Regex EventId();

    // The names of XML vocabularies look like addresses and are never fetched; 192.0.2.0/24 is for examples (RFC 5737).
    [GeneratedRegex("""(https?:|(?<=["'(]))//(?!www\.w3\.org/|192\.0\.2\.|127\.0\.0\.1|localhost|\[::1\])[\w\[]""")]
    private static partial Regex Address();
}
