using System.Text.RegularExpressions;
using BayEdge.TestKit;

namespace BayEdge.Service.Tests.Status;

public sealed partial class FirstLoadTests
{
    private static readonly string Root = Repository.PathOf("src", "BayEdge.Service", "wwwroot");

    // One module names the next: a phone in a weak network would wait for each in turn.
    [Fact]
    public void Every_module_of_the_first_page_is_asked_for_at_once()
    {
        var needed = new SortedSet<string>(StringComparer.Ordinal);
        Follow("app.js", needed);
        Follow("pages/bays.js", needed);
        needed.Remove("app.js");

        var asked = Preloads().Matches(File.ReadAllText(Path.Combine(Root, "index.html"))).Select(link => link.Groups["file"].Value);

        Assert.Equal(needed, asked.Order(StringComparer.Ordinal));
    }

    private static void Follow(string module, SortedSet<string> needed)
    {
        if (!needed.Add(module))
            return;
        var folder = Path.GetDirectoryName(module)!;
        foreach (Match import in Imports().Matches(File.ReadAllText(Path.Combine(Root, module))))
            Follow(Path.GetRelativePath(Root, Path.GetFullPath(Path.Combine(Root, folder, import.Groups["file"].Value))), needed);
    }

    [GeneratedRegex("""<link rel="modulepreload" href="(?<file>[^"]+)">""")]
    private static partial Regex Preloads();

    [GeneratedRegex("""^import[^;]*?'(?<file>\.[^']+)';""", RegexOptions.Multiline)]
    private static partial Regex Imports();
}
