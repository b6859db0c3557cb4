using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.TestKit;
using static BayEdge.Core.Tests.Bays.Known;

namespace BayEdge.Core.Tests.Bays;

/// <summary>What a person may set of the rules, as it is felt at the bay.</summary>
public sealed class SetRulesTests
{
    [Fact]
    public void Rules_that_nobody_has_set_are_those_of_the_tracker() => Assert.Equal(TrackerOptions.Default, TrackerOptions.Of(new RulesConfiguration()));

    [Fact]
    public void A_careful_departure_is_told_later_and_dated_the_same_and_a_prompt_one_sooner()
    {
        var (prompt, balanced, careful) = (
            LeavingOf(new RulesConfiguration { Departures = Caution.Prompt }), LeavingOf(new RulesConfiguration()), LeavingOf(new RulesConfiguration { Departures = Caution.Careful }));

        Assert.Equal((balanced.At, balanced.At), (prompt.At, careful.At));
        Assert.True(prompt.DecidedAt.Wall < balanced.DecidedAt.Wall, $"{prompt.DecidedAt} is not before {balanced.DecidedAt}");
        Assert.True(balanced.DecidedAt.Wall < careful.DecidedAt.Wall, $"{balanced.DecidedAt} is not before {careful.DecidedAt}");
    }

    [Fact]
    public void A_careful_arrival_is_told_later_and_dated_the_same()
    {
        var (balanced, careful) = (ArrivalOf(new RulesConfiguration()), ArrivalOf(new RulesConfiguration { Arrivals = Caution.Careful }));

        Assert.Equal(balanced.At, careful.At);
        Assert.True(balanced.DecidedAt.Wall < careful.DecidedAt.Wall, $"{balanced.DecidedAt} is not before {careful.DecidedAt}");
    }

    [Fact]
    public void The_longest_silence_is_waited_for_no_longer_than_it_is_set()
    {
        var left = LeavingOf(new RulesConfiguration { Departures = Caution.Careful, LongestSilenceMinutes = 5 });

        Assert.InRange(left.DecidedAt - left.At, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5));
    }

    [Fact]
    public void No_silence_shorter_than_is_set_is_a_departure()
    {
        var left = LeavingOf(new RulesConfiguration { Departures = Caution.Prompt, ShortestSilenceSeconds = 300 });

        Assert.InRange(left.DecidedAt - left.At, TimeSpan.FromSeconds(300), TimeSpan.FromMinutes(20));
    }

    [Theory]
    [InlineData(4, 1)]
    [InlineData(180, 0)]
    public void A_tag_that_is_heard_for_less_than_the_shortest_stay_only_passes(int shortestStaySeconds, int visits)
    {
        var outcome = Of(new RulesConfiguration { ShortestStaySeconds = shortestStaySeconds }, until: "08:02:00");

        Assert.Equal(visits, outcome.Story.Count(line => line.Contains("entered", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(35)]
    public void A_plate_that_is_read_now_and_then_is_waited_for_two_minutes_however_prompt_the_rules_are(int everySeconds)
    {
        var rules = new RulesConfiguration { Departures = Caution.Prompt, LongestSilenceMinutes = RulesConfiguration.LeastLongestSilenceMinutes };
        var outcome = new BayScenario(options: TrackerOptions.Of(rules)).At("08:00:00").PlateReads(Plate, everySeconds: everySeconds, until: "08:10:00").Run();

        Assert.InRange(outcome.Left.DecidedAt - outcome.Left.At, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2.3));
    }

    [Fact]
    public void Careful_rules_hold_where_only_a_camera_watches_too()
    {
        var (prompt, careful) = (SeenWith(Caution.Prompt), SeenWith(Caution.Careful));

        Assert.True(prompt.Entered.DecidedAt.Wall < careful.Entered.DecidedAt.Wall, $"{prompt.Entered.DecidedAt} is not before {careful.Entered.DecidedAt}");
        Assert.True(prompt.Left.DecidedAt.Wall < careful.Left.DecidedAt.Wall, $"{prompt.Left.DecidedAt} is not before {careful.Left.DecidedAt}");

        static ScenarioOutcome SeenWith(Caution caution) =>
            new BayScenario(options: TrackerOptions.Of(new RulesConfiguration { Arrivals = caution, Departures = caution }))
                .At("08:00:00").PictureShows(0.9, until: "08:10:00").At("08:10:01").PictureShows(0.1, until: "08:20:00").Run();
    }

    private static VehicleLeft LeavingOf(RulesConfiguration rules) => Of(rules, until: "08:10:00").Left;

    private static VehicleEntered ArrivalOf(RulesConfiguration rules) => Of(rules, until: "08:10:00").Entered;

    private static ScenarioOutcome Of(RulesConfiguration rules, string until) =>
        new BayScenario(options: TrackerOptions.Of(rules)).At("08:00:00").TagReads(Tag, until: until).Run();
}
