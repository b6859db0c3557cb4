using System.Globalization;
using System.Text.RegularExpressions;
using BayEdge.EndToEnd.Tests.Running;

namespace BayEdge.EndToEnd.Tests.Commands;

/// <summary>Alone: the demo lives twenty times as fast as the computer, and whatever else runs makes it miss the more.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class DemoAlone
{
    public const string Name = "demo";
}

[Collection(DemoAlone.Name)]
public sealed partial class DemoCommandTests
{
    private const int Speed = 20;

    // A camera may look a second late, and in that the workshop's clock goes on by so much more.
    private const double MostSecondsWrong = Speed;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task The_demo_shows_vehicles_with_their_true_times_and_ends_by_itself()
    {
        await using var demo = Executable.Start("demo", "--minutes", "1", "--speed", $"{Speed}");
        var first = await demo.WaitForLineAsync(line => line.StartsWith("The page is at ", StringComparison.Ordinal), Cancellation);
        using var page = new HttpClient();
        var html = await page.GetStringAsync(new Uri(PageAddress().Match(first).Value), Cancellation);
        var exitCode = await demo.WaitForExitAsync(Cancellation);

        Assert.Contains("<html", html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, exitCode);
        Assert.True(!demo.Output.Contains("no such vehicle", StringComparison.Ordinal), demo.Output);
        Assert.Matches(EnteredWithTruth(), demo.Output);
        Assert.Matches(PlateFromCamera(), demo.Output);
        var errors = ErrorsOnceWatched(demo.Output);
        Assert.NotEmpty(errors);
        Assert.True(errors.All(seconds => Math.Abs(seconds) <= MostSecondsWrong), demo.Output);
    }

    // A vehicle that came before the devices were connected is dated late, the later the slower this computer starts.
    private static List<double> ErrorsOnceWatched(string output)
    {
        var events = EventWithTruth().Matches(output).ToList();
        var watched = events.Min(line => TimeOf(line, "time") + TimeSpan.FromSeconds(Number(line, "delay")));
        return [.. events.Where(line => TimeOf(line, "truth") > watched).Select(line => Number(line, "error"))];
    }

    private static TimeSpan TimeOf(Match line, string group) => TimeSpan.Parse(line.Groups[group].Value, CultureInfo.InvariantCulture);

    private static double Number(Match line, string group) => double.Parse(line.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"http://[\d.]+:\d+")]
    private static partial Regex PageAddress();

    [GeneratedRegex(@" entered .* decided \+\d+\.\d s, truth \d\d:\d\d:\d\d\.\d \(")]
    private static partial Regex EnteredWithTruth();

    [GeneratedRegex(@"(?<time>\d\d:\d\d:\d\d\.\d) .* decided \+(?<delay>\d+\.\d) s, truth (?<truth>\d\d:\d\d:\d\d\.\d) \((?<error>[+-]?\d+\.\d) s\)")]
    private static partial Regex EventWithTruth();

    // The list of vehicles lends a plate to the tag it names; only one that a camera read has a confidence.
    [GeneratedRegex(@" (entered|identified) +[\u4e00-\u9fff][A-Z0-9]{6,7} read [01]\.\d\d ")]
    private static partial Regex PlateFromCamera();
}
