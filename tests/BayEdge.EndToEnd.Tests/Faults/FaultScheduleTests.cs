using BayEdge.TestKit;

namespace BayEdge.EndToEnd.Tests.Faults;

/// <summary>Random schedules of faults in bounded form; <c>tests/faults.sh</c> does the same at length.</summary>
public sealed class FaultScheduleTests : IDisposable
{
    // What the script ends with where packets cannot be dropped or disks mounted.
    private const int NotDone = 77;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Four schedules hold every kind of fault.
    [Fact(Timeout = 900_000)]
    public async Task The_consumers_ledger_equals_what_the_device_stored_whatever_goes_wrong_between_them()
    {
        var (exitCode, output) = await RunAsync("--schedules", "4");

        Assert.True(exitCode == 0, output);
        Assert.Contains("4 schedules, seed 1: 0 lost, 0 doubled, 0 failed", output, StringComparison.Ordinal);
    }

    // In this schedule the broker forgets the session of a consumer that is away.
    [Fact(Timeout = 900_000)]
    public async Task A_device_that_trusts_the_brokers_word_is_found_out()
    {
        var (exitCode, output) = await RunAsync("--only", "0", "--trust-broker");

        Assert.True(exitCode == 1, output);
        Assert.DoesNotContain(" 0 lost", output, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        await using var script = ToolProcess.Start(
            "bash",
            [Repository.PathOf("tests", "faults.sh"), "--no-build", "--seed", "1", .. arguments],
            new Dictionary<string, string> { ["TMPDIR"] = _folder.Path });
        var exitCode = await script.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.SkipWhen(exitCode == NotDone, script.Output);
        return (exitCode, script.Output);
    }
}
