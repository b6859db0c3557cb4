using System.Text.Json;
using System.Text.RegularExpressions;
using BayEdge.TestKit;

namespace BayEdge.Service.Tests.Texts;

public sealed partial class WordingTests
{
    private static readonly string[] Parts = ["Core", "Drivers", "Messaging", "Service", "Storage", "Vision"];

    private static WrittenWordings Written => WrittenWordings.Of(Parts.Select(part =>
        Path.Combine(AppContext.BaseDirectory, part == "Service" ? "bayedge.dll" : $"BayEdge.{part}.dll")));

    [Fact]
    public void Every_sentence_of_the_configuration_the_drivers_and_the_broker_has_its_Chinese()
    {
        var chinese = JsonSerializer.Deserialize<Dictionary<string, string>>(
            File.ReadAllText(Repository.PathOf("src", "BayEdge.Service", "wwwroot", "i18n", "wording.zh-CN.json")))!;
        var written = Written;

        Assert.Empty(written.Unread);
        Assert.True(written.Keys.Count > 100);
        AssertNone("without Chinese", written.Keys.Except(chinese.Keys));
        AssertNone("said nowhere any more", chinese.Keys.Except(written.Keys));
        AssertNone("with other places in Chinese", chinese.Where(text => !PlacesOf(text.Key).SetEquals(PlacesOf(text.Value))).Select(text => text.Key));
    }

    private static void AssertNone(string what, IEnumerable<string> sentences)
    {
        var found = sentences.ToList();
        Assert.True(found.Count == 0, $"{what}:\n{string.Join('\n', found)}");
    }

    private static HashSet<string> PlacesOf(string text) => [.. Place().Matches(text).Select(place => place.Value)];

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Place();
}
