using System.Text.RegularExpressions;
using BayEdge.EndToEnd.Tests.Running;

namespace BayEdge.EndToEnd.Tests.Commands;

public sealed partial class DemoCommandTests
{
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
        Assert.Matches(EnteredWithTruth(), demo.Output);
        Assert.DoesNotContain("no such vehicle", demo.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"http://[\d.]+:\d+")]
    private static partial Regex PageAddress();

    [GeneratedRegex(@" entered .* decided \+\d+\.\d s, truth \d\d:\d\d:\d\d\.\d \([+-]?\d+\.\d s\)")]
    private static partial Regex EnteredWithTruth();
}
