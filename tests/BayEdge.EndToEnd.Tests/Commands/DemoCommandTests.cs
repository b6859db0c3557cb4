using System.Globalization;
using System.Text.RegularExpressions;
using BayEdge.EndToEnd.Tests.Running;

namespace BayEdge.EndToEnd.Tests.Commands;

public sealed partial class DemoCommandTests
{
    private const double MostSecondsWrong = 10;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task The_demo_shows_vehicles_with_their_true_times_and_ends_by_itself()
    {
        await using var demo = Executable.Start("demo", "--minutes", "0.5", "--speed", "15");
        var first = await demo.WaitForLineAsync(_ => true, Cancellation);
        using var page = new HttpClient();
        var html = await page.GetStringAsync(new Uri(PageAddress().Match(first).Value), Cancellation);
        var exitCode = await demo.WaitForExitAsync(Cancellation);

        Assert.StartsWith("The page is at ", first, StringComparison.Ordinal);
        Assert.Contains("<html", html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, exitCode);
        Assert.DoesNotContain("no such vehicle", demo.Output, StringComparison.Ordinal);
        Assert.Matches(EnteredWithTruth(), demo.Output);
        Assert.All(
            ErrorToTruth().Matches(demo.Output),
            error => Assert.InRange(
                double.Parse(error.Groups["seconds"].Value, CultureInfo.InvariantCulture), -MostSecondsWrong, MostSecondsWrong));
        Assert.Matches(PlateFromCamera(), demo.Output);
    }

    [GeneratedRegex(@"http://[\d.]+:\d+")]
    private static partial Regex PageAddress();

    [GeneratedRegex(@" entered .* decided \+\d+\.\d s, truth \d\d:\d\d:\d\d\.\d \(")]
    private static partial Regex EnteredWithTruth();

    [GeneratedRegex(@", truth \d\d:\d\d:\d\d\.\d \((?<seconds>[+-]?\d+\.\d) s\)")]
    private static partial Regex ErrorToTruth();

    // The list of vehicles lends a plate to the tag it names from the first event on; what is learned later, a camera read.
    [GeneratedRegex(@" identified +[\u4e00-\u9fff][A-Z0-9]{6,7} ")]
    private static partial Regex PlateFromCamera();
}
