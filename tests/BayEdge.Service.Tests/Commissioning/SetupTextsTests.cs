using System.Reflection;
using System.Text.Json;
using BayEdge.Core.Bays;
using BayEdge.Core.Commissioning;
using BayEdge.Core.Commissioning.Walk;
using BayEdge.Messaging.Ladder;
using BayEdge.Service.Commissioning;
using BayEdge.TestKit;

namespace BayEdge.Service.Tests.Commissioning;

/// <summary>Whatever the device says during the installation, the page says in both languages.</summary>
public sealed class SetupTextsTests
{
    private static readonly Type[] Speakers = [typeof(CommissioningSentences), typeof(WalkSentences), typeof(LadderSentences), typeof(SetupSentences)];

    [Fact]
    public void The_page_knows_every_sentence_of_the_device_in_the_same_words()
    {
        var sentences = Speakers.SelectMany(speaker => speaker.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(field => field.GetValue(null)).OfType<Sentence>().ToList();
        var texts = new Dictionary<string, string>(Load("setup.en").Concat(Load("rules.en")));

        Assert.True(sentences.Count > 100);
        Assert.All(sentences, sentence => Assert.Equal(sentence.English, texts[$"say.{sentence.Key}"]));
    }

    private static Dictionary<string, string> Load(string part) => JsonSerializer.Deserialize<Dictionary<string, string>>(
        File.ReadAllText(Repository.PathOf("src", "BayEdge.Service", "wwwroot", "i18n", $"{part}.json")))!;
}
