using System.Text.Json;
using System.Text.RegularExpressions;
using BayEdge.TestKit;

namespace BayEdge.Service.Tests.Status;

public sealed partial class TextsTests
{
    [Fact]
    public void Both_languages_have_the_same_texts_with_the_same_placeholders()
    {
        var chinese = Load("zh-CN");
        var english = Load("en");

        Assert.Equal(english.Keys, chinese.Keys);
        foreach (var (key, text) in english)
            Assert.Equal(Placeholders(text), Placeholders(chinese[key]));
    }

    [Fact]
    public void Every_text_that_the_page_asks_for_exists()
    {
        var asked = Directory.EnumerateFiles(Repository.PathOf("src", "BayEdge.Service", "wwwroot"), "*.js")
            .SelectMany(script => Asked().Matches(File.ReadAllText(script))).Select(match => match.Groups[1].Value);

        Assert.Subset(Load("en").Keys.ToHashSet(), asked.ToHashSet());
    }

    private static Dictionary<string, string> Load(string language) => JsonSerializer.Deserialize<Dictionary<string, string>>(
        File.ReadAllText(Repository.PathOf("src", "BayEdge.Service", "wwwroot", "i18n", $"{language}.json")))!;

    private static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(match => match.Value).Order();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"say\('(\w+)'")]
    private static partial Regex Asked();
}
