using System.Text.Json;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.TestKit;
using static BayEdge.Core.Tests.Bays.Known;

namespace BayEdge.Core.Tests.Bays;

public sealed class ExplanationTests
{
    private static readonly ExpectedVehicle OneAside = new() { Ref = "WO-1002", Plate = "沪AD12346", Tags = [] };
    private static readonly ExpectedVehicle Named = new() { Ref = "WO-1001", Plate = Plate, Tags = [] };

    private static readonly BayScenario Present = new BayScenario(TagsOnly).At("08:00:00").TagReads(Tag, until: "08:10:00");

    private static Core.Configuration.EdgeConfiguration TagsOnly => Workshop.WithBays(2) with { Cameras = [], Presence = [] };

    public static TheoryData<string, BayScenario> Days => new()
    {
        { "a tag", Present },
        { "a tag, a contact and pictures", new BayScenario()
            .At("08:00:00").PictureShows(0.03, until: "08:04:59").ContactOpens()
            .At("08:05:00").ContactCloses().PictureShows(0.97, until: "08:30:00").TagReads(Tag, until: "08:30:00")
            .At("08:30:01").ContactOpens().PictureShows(0.03, until: "08:40:00") },
        { "a plate", new BayScenario(Workshop.WithBays(2, Named, OneAside)).At("08:00:00").PlateReads(Plate, until: "08:01:00").PictureShows(0.97, until: "08:20:00") },
        { "a move", new BayScenario(TagsOnly).At("08:00:00").TagReads(Tag, until: "08:10:00").At("08:10:30").TagReads(Tag, bay: "bay-02", until: "08:20:00") },
        { "cross-reads", new BayScenario(TagsOnly).At("08:00:00").TagReads(Tag, until: "08:10:00").TagReads(Tag, bay: "bay-02", rssiDbm: -66, until: "08:10:00") },
        { "one after the other", new BayScenario(TagsOnly).At("08:00:00").TagReads(Tag, until: "08:10:00").At("08:10:30").TagReads(OtherTag, until: "08:20:00") },
    };

    [Theory]
    [MemberData(nameof(Days))]
    public void The_weights_of_the_evidence_sum_up_to_the_odds(string what, BayScenario day)
    {
        foreach (var until in (string[])["08:00:04.6", "08:03:00", "08:05:07", "08:10:20", "08:10:45", "08:25:00", "08:30:04"])
        {
            var state = day.Run(until).State;
            foreach (var hypothesis in state.Layout.Bays.SelectMany(bay => BayTracker.Explain(state, bay).Hypotheses))
            {
                var weights = hypothesis.Evidence.Where(item => item.Weight is not null).Select(item => item.Weight!.Value).ToList();
                Assert.True(Math.Abs(weights.Sum() - hypothesis.LogOdds) <= 0.06 * (weights.Count + 1), $"{what} at {until}: {hypothesis.What}, {hypothesis.LogOdds}: {string.Join("; ", hypothesis.Evidence)}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void What_is_not_decided_has_less_than_it_needs(string what, BayScenario day)
    {
        foreach (var until in (string[])["08:00:04.6", "08:03:00", "08:10:20", "08:25:00"])
        {
            var state = day.Run(until).State;
            foreach (var bay in state.Layout.Bays)
            {
                var (decided, rivals) = (BayTracker.Explain(state, bay).Hypotheses[0], BayTracker.Explain(state, bay).Hypotheses.Skip(1));
                Assert.Null(decided.Needed);
                Assert.All(rivals, rival => Assert.True(rival.LogOdds < rival.Needed, $"{what} at {until}, {bay}: {rival}"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Days))]
    public void Every_coming_and_going_says_what_else_it_could_have_been(string what, BayScenario day)
    {
        var transitions = day.Run("09:30:00").Transitions;

        Assert.NotEmpty(transitions);
        Assert.All(transitions.Where(transition => transition is not VehicleIdentified), transition => Assert.False(string.IsNullOrEmpty(transition.RunnerUp?.Text), $"{what}: {transition}"));
        Assert.All(transitions.Where(transition => transition is VehicleEntered or VehicleIdentified), transition => Assert.False(string.IsNullOrEmpty(transition.WouldChange?.Text), $"{what}: {transition}"));
    }

    [Theory]
    [InlineData(-55, "9 min 30 s")]
    [InlineData(-66, null)]
    public void A_vehicle_leaves_after_exactly_the_silence_that_its_explanation_named(double lastDbm, string? length)
    {
        var scenario = new BayScenario(TagsOnly)
            .At("08:00:00").TagReads(Tag, until: "08:09:55")
            .At("08:09:55.5").TagReads(Tag, rssiDbm: lastDbm, until: "08:10:00");
        var change = BayTracker.Explain(scenario.Run("08:10:05").State, "bay-01").WouldChange!;

        Assert.Equal(("silence", "5 s"), (change.Key, change.Values["now"]));
        Assert.Equal(length ?? change.Values["length"], change.Values["length"]);
        Assert.Equal(BayScenario.Time("08:10:00") + Length(change.Values["length"]), scenario.Run().Left.DecidedAt.Wall, TimeSpan.FromSeconds(1));

        static TimeSpan Length(string text) => text.Split(' ') switch
        {
            [var seconds, "s"] => TimeSpan.FromSeconds(int.Parse(seconds, null)),
            [var minutes, "min", .. var rest] => TimeSpan.FromMinutes(int.Parse(minutes, null)) + (rest is [] ? TimeSpan.Zero : Length(string.Join(' ', rest))),
            _ => throw new FormatException(text),
        };
    }

    [Fact]
    public void A_vehicle_that_was_only_hidden_is_taken_back_until_the_time_that_its_leaving_named()
    {
        var left = Present.Run().Left;
        Assert.Equal(("tagAgain", Tag), (left.WouldChange!.Key, left.WouldChange.Values["tag"]));
        var until = DateTimeOffset.Parse(left.WouldChange.Values["time"], null);

        Assert.IsType<VisitCorrected>(Again(until - TimeSpan.FromSeconds(1)));
        Assert.IsType<VehicleEntered>(Again(until + TimeSpan.FromSeconds(12)));

        static Transition Again(DateTimeOffset at) => new BayScenario(TagsOnly)
            .At("08:00:00").TagReads(Tag, until: "08:10:00")
            .At($"{at:HH:mm:ss}").TagReads(Tag, until: $"{at.AddMinutes(1):HH:mm:ss}")
            .Run($"{at.AddMinutes(1):HH:mm:ss}").Transitions[^1];
    }

    [Fact]
    public void A_bay_that_nothing_can_see_is_unknown_and_says_so()
    {
        var why = BayTracker.Explain(new BayScenario(TagsOnly).At("08:00:00").TagReads(Tag, until: "08:01:00").At("08:01:01").SourceGoesDown().Run("08:02:00").State, "bay-01");

        Assert.Equal(("unknown", "noWitness"), (Assert.Single(why.Hypotheses).What.Key, why.WouldChange?.Key));
    }

    [Fact]
    public void A_plate_one_character_beside_another_expected_one_names_that_as_the_runner_up()
    {
        var identified = new BayScenario(Workshop.WithBays(1, Named, OneAside))
            .At("08:00:00").TagReads(Tag, until: "08:10:00")
            .At("08:05:00").PlateReads(Plate, until: "08:05:10")
            .Run("08:10:00").Identified;

        Assert.Equal(("WO-1001", "WO-1002"), (identified.Vehicle.Ref, identified.RunnerUp?.Values["vehicle"]));
    }

    [Theory]
    [InlineData(4.6, "99:1")]
    [InlineData(-4.6, "1:99")]
    [InlineData(0, "1:1")]
    [InlineData(1, "2.7:1")]
    [InlineData(30, ">10000:1")]
    public void Odds_are_told_as_people_tell_them(double nats, string odds) => Assert.Equal(odds, Sentence.Odds(nats));

    [Fact]
    public void The_page_knows_every_sentence_in_both_languages()
    {
        var sentences = typeof(Sentences).GetFields().Select(field => (Sentence)field.GetValue(null)!).ToList();
        var (english, chinese) = (Texts("en"), Texts("zh-CN"));

        Assert.Distinct(sentences.Select(sentence => sentence.Key));
        Assert.Equal(
            sentences.ToDictionary(sentence => $"why.{sentence.Key}", sentence => sentence.English),
            english.Where(text => text.Key.StartsWith("why.", StringComparison.Ordinal)).ToDictionary());
        Assert.All(sentences, sentence => Assert.Contains($"why.{sentence.Key}", chinese));

        static Dictionary<string, string> Texts(string language) =>
            JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(Repository.PathOf("src", "BayEdge.Service", "wwwroot", "i18n", $"{language}.json")))!;
    }
}
