using System.Text.Json;
using System.Text.RegularExpressions;
using BayEdge.Service.Hosting;
using BayEdge.Service.Updating;
using BayEdge.TestKit;

namespace BayEdge.Service.Tests.Status;

public sealed partial class TextsTests
{
    private const string English = ".en.json";

    private static readonly string Page = Repository.PathOf("src", "BayEdge.Service", "wwwroot");

    /// <summary>Empty for the texts of all pages, else the page that has texts of its own.</summary>
    public static TheoryData<string> Parts => [.. Directory.EnumerateFiles(Path.Combine(Page, "i18n"), $"*{English}").Select(file => Path.GetFileName(file)[..^English.Length]).Append("")];

    [Theory]
    [MemberData(nameof(Parts))]
    public void Both_languages_have_the_same_texts_with_the_same_placeholders(string part)
    {
        var chinese = Load(part, "zh-CN");
        var english = Load(part, "en");

        Assert.Equal(english.Keys, chinese.Keys);
        foreach (var (key, text) in english)
            Assert.Equal(Placeholders(text), Placeholders(chinese[key]));
    }

    [Fact]
    public void Every_text_that_the_page_asks_for_exists()
    {
        var asked = Directory.EnumerateFiles(Page, "*.js", SearchOption.AllDirectories)
            .SelectMany(script => Asked().Matches(File.ReadAllText(script))).Select(match => match.Groups[1].Value);

        Assert.Subset(Parts.SelectMany(part => Load(part.Data, "en").Keys).ToHashSet(), asked.ToHashSet());
    }

    [Fact]
    public void Every_sentence_of_the_device_has_its_text_in_the_page()
    {
        var english = Load("", "en");

        Assert.NotEmpty(PageTexts.All);
        Assert.All(PageTexts.All, text => Assert.Equal(text.English, english[$"say.{text.Key}"]));
    }

    [Fact]
    public void Every_sentence_about_updates_has_its_text_in_the_page_of_the_device()
    {
        var english = Load("system", "en");

        Assert.NotEmpty(UpdateSentences.All);
        Assert.All(UpdateSentences.All, text => Assert.Equal(text.English, english[$"say.{text.Key}"]));
    }

    private static Dictionary<string, string> Load(string part, string language) => JsonSerializer.Deserialize<Dictionary<string, string>>(
        File.ReadAllText(Path.Combine(Page, "i18n", part.Length == 0 ? $"{language}.json" : $"{part}.{language}.json")))!;

    private static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(match => match.Value).Order();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\bsay\('([\w.]+)'")]
    private static partial Regex Asked();
}
