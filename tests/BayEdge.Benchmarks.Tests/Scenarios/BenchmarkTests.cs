using System.Text.Json;
using System.Xml.Linq;
using BayEdge.Benchmarks.Scenarios;
using BayEdge.Simulator.Scenarios;

namespace BayEdge.Benchmarks.Tests.Scenarios;

public sealed class BenchmarkTests
{
    private static readonly BenchmarkResult Easy = ScenarioBenchmark.Run(ScenarioNoise.Easy, SourceSet.Tags, bayDays: 1, seed: 1);

    [Fact]
    public void The_same_seed_gives_the_same_figures_on_any_number_of_threads()
    {
        var again = ScenarioBenchmark.Run(ScenarioNoise.Easy, SourceSet.Tags, bayDays: 1, seed: 1);

        Assert.Equal(Easy.Rows.Select(Figures), again.Rows.Select(Figures));
    }

    [Fact]
    public void Every_contestant_is_held_against_the_same_visits()
    {
        Assert.Equal("BayEdge", Easy.Rows[0].Name);
        Assert.True(Easy.Rows[0].Score.Visits > 0);
        Assert.Single(Easy.Rows.Select(row => row.Score.Visits).Distinct());
        Assert.All(Contestants.Curve, name => Assert.Contains(Easy.Rows, row => row.Name == name));
    }

    [Fact]
    public void Nobody_is_right_more_often_than_the_oracle() =>
        Assert.DoesNotContain(Easy.Rows, row => row.Score.Of(VisitVerdict.Right) > Easy.Rows.Single(row => row.IsHindsight).Score.Of(VisitVerdict.Right));

    [Fact]
    public void Where_there_are_no_readers_only_the_product_takes_part() =>
        Assert.Equal(["BayEdge"], ScenarioBenchmark.Run(ScenarioNoise.Easy, SourceSet.Cameras, bayDays: 1, seed: 1).Rows.Select(row => row.Name));

    [Fact]
    public void The_sum_counts_the_visits_of_all()
    {
        var sum = BenchmarkResult.Sum([Easy, Easy with { Level = "hard" }]);

        Assert.Equal("all, tags only", sum.Title);
        Assert.Equal(2 * Easy.Rows[0].Score.Visits, sum.Rows[0].Score.Visits);
        Assert.Equal(2 * Easy.BayDays, sum.BayDays);
    }

    [Fact]
    public void Millions_of_phantoms_are_printed_in_full()
    {
        using var output = new StringWriter();
        BenchmarkTable.Write(output, Easy with { BayDays = 10, Rows = [Easy.Rows[0] with { Score = new ScenarioScore { Phantoms = 5_000_000 } }] });

        Assert.Contains("| 500000000 |", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_picture_is_well_formed_and_names_everybody()
    {
        var texts = XDocument.Parse(DelayChart.Draw(Easy)).Descendants().Where(element => element.Name.LocalName == "text").Select(text => text.Value).ToList();

        Assert.Contains(texts, text => text.StartsWith("BayEdge: ", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.StartsWith("EdgeX rule: ", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.StartsWith("oracle ", StringComparison.Ordinal));
        Assert.Contains("1200 s", texts);
    }

    [Fact]
    public void The_JSON_has_a_share_for_every_verdict_and_they_make_up_a_whole()
    {
        using var json = JsonDocument.Parse(BenchmarkJson.Write([Easy]));
        var shares = json.RootElement[0].GetProperty("contestants")[0].GetProperty("shares").EnumerateObject()
            .Select(share => share.Value.GetDouble())
            .ToList();

        Assert.Equal(Enum.GetValues<VisitVerdict>().Length, shares.Count);
        Assert.Equal(1, shares.Sum(), 0.0001);
    }

    [Theory]
    [InlineData("--bay-days", "0")]
    [InlineData("--levels", "easy,loud")]
    [InlineData("--sources", "ears")]
    [InlineData("--seed", "x")]
    [InlineData("--what", "1")]
    [InlineData("--svg")]
    public void An_option_that_is_not_understood_is_wrong_usage(params string[] arguments)
    {
        using var errors = new StringWriter();

        Assert.Equal(2, ScenarioCommand.Run(arguments, TextWriter.Null, errors));
        Assert.Contains("Usage: BayEdge.Benchmarks scenarios", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains(arguments[0], errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Levels_and_sources_may_be_chosen()
    {
        Assert.True(ScenarioArguments.TryParse(["--levels", "easy,hard", "--sources", "all", "--bay-days", "7", "--seed", "3"], out var parsed, out _));

        Assert.Equal((7, 3), (parsed.BayDays, parsed.Seed));
        Assert.Equal([ScenarioNoise.Easy, ScenarioNoise.Hard], parsed.Levels);
        Assert.Equal([SourceSet.All], parsed.Sources);
    }

    private static (string, int, int, int) Figures(BenchmarkRow row) =>
        (row.Name, row.Score.Of(VisitVerdict.Right), row.Score.Of(VisitVerdict.Split), row.Score.Phantoms);
}
