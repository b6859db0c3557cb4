using BayEdge.TestKit;

namespace BayEdge.Storage.Tests.PowerCut;

/// <summary>Real power cuts in bounded form; <c>tests/powercut.sh</c> does the same at length.</summary>
public sealed class PowerCutTests : IDisposable
{
    // What the script ends with where disks cannot be mounted.
    private const int NotDone = 77;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 180_000)]
    public async Task A_journal_keeps_every_promise_through_power_cuts_under_load()
    {
        var (exitCode, output) = await CutAsync("--cuts", "20");

        Assert.True(exitCode == 0, output);
        Assert.Contains("20 cuts, seed ", output, StringComparison.Ordinal);
        Assert.Contains(": 0 lost, 0 doubled, 0 start failures, 0 other promises broken", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_card_that_only_pretends_to_flush_is_found_out()
    {
        var (exitCode, output) = await CutAsync("--cuts", "6", "--lying-disk");

        Assert.True(exitCode == 1, output);
        Assert.Contains("6 cuts, seed ", output, StringComparison.Ordinal);
        Assert.DoesNotContain(": 0 lost, 0 doubled, 0 start failures, 0 other promises broken", output, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output)> CutAsync(params string[] arguments)
    {
        await using var script = ToolProcess.Start(
            "bash",
            [Repository.PathOf("tests", "powercut.sh"), "--no-build", .. arguments],
            new Dictionary<string, string> { ["TMPDIR"] = _folder.Path });
        var exitCode = await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen(exitCode == NotDone, script.Output);
        return (exitCode, script.Output);
    }
}
