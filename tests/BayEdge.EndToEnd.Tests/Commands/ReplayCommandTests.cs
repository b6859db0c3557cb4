using System.Globalization;
using System.Text.Json;
using BayEdge.EndToEnd.Tests.Running;
using BayEdge.TestKit;

namespace BayEdge.EndToEnd.Tests.Commands;

public sealed class ReplayCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact(Timeout = 60_000)]
    public async Task A_log_gives_the_same_bytes_each_time()
    {
        var log = Write([
            .. Reads(TaggedVehicle.Tag, "08:00:00", "08:20:00"),
            Line("08:25:00", "\"kind\":\"source\",\"source\":\"reader-1\",\"state\":\"down\""),
            Line("08:26:00", "\"kind\":\"source\",\"source\":\"reader-1\",\"state\":\"up\""),
            .. Reads("E28068940000500000000002", "08:30:00", "08:35:00"),
            Line("09:00:00", "\"kind\":\"end\"")]);

        var first = await ReplayAsync(log);
        var second = await ReplayAsync(log);

        Assert.Equal((0, first.Output), (first.ExitCode, second.Output));
        Assert.Equal(["entered 08:00:00", "left 08:20:00", "entered 08:30:00", "left 08:35:00"], first.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Tell));
    }

    [Fact(Timeout = 60_000)]
    public async Task Lines_that_cannot_be_read_are_named_and_the_others_still_count()
    {
        var log = Write([.. Reads(TaggedVehicle.Tag, "08:00:00", "08:05:00"), "not json", Line("08:30:00", "\"kind\":\"end\"")]);

        var (exitCode, output) = await ReplayAsync(log);

        Assert.Equal(1, exitCode);
        Assert.Contains("line 302: ", output, StringComparison.Ordinal);
        Assert.Contains(".vehicle.left.v1", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_log_that_is_not_there_is_named()
    {
        var missing = _folder.File("nowhere.jsonl");

        var (exitCode, output) = await ReplayAsync(missing);

        Assert.Equal(1, exitCode);
        Assert.Contains($"{missing}: expected a sighting log that can be read", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task An_explained_replay_gives_the_same_events_each_with_its_evidence_and_what_would_change_it()
    {
        var log = Write([.. Reads(TaggedVehicle.Tag, "08:00:00", "08:10:00"), Line("08:30:00", "\"kind\":\"end\"")]);

        var plain = await ReplayAsync(log);
        var (exitCode, output) = await ReplayAsync(log, "--explain");

        Assert.Equal(0, exitCode);
        Assert.Equal(plain.Output, string.Concat(Lines(output).Where(line => line[0] != ' ').Select(line => $"{line}\n")));
        Assert.Contains(Lines(output), line => line.StartsWith("     +", StringComparison.Ordinal) && line.Contains($"reader-1     tag {TaggedVehicle.Tag} read", StringComparison.Ordinal));
        Assert.Contains(Lines(output), line => line.StartsWith("  could also have been: still there, only hidden; ", StringComparison.Ordinal));
        Assert.Contains($"  what would change it: tag {TaggedVehicle.Tag} heard here again from before ", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_replay_explains_a_bay_at_any_time_without_changing_what_is_decided()
    {
        var log = Write([.. Reads(TaggedVehicle.Tag, "08:00:00", "08:10:00"), Line("08:30:00", "\"kind\":\"end\"")]);

        var plain = await ReplayAsync(log);
        var (exitCode, output) = await ReplayAsync(log, "--explain-at", "2026-03-02T08:10:07.5Z", "--bay", "bay-01");

        Assert.Equal(0, exitCode);
        Assert.Equal(plain.Output, string.Concat(Lines(output).Where(line => line[0] == '{').Select(line => $"{line}\n")));
        Assert.Contains(Lines(output), line => line.StartsWith("bay-01 at 2026-03-02T08:10:07.500Z: WO-1001, ", StringComparison.Ordinal));
        Assert.Contains("nothing seen of the vehicle for 7.5 s", output, StringComparison.Ordinal);
        Assert.Contains(Lines(output), line => line.StartsWith("  or vacant, 1:", StringComparison.Ordinal) && line.EndsWith("decided from 200:1 (5.3 nats) on", StringComparison.Ordinal));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_bay_or_a_time_that_cannot_be_explained_is_named()
    {
        var log = Write([.. Reads(TaggedVehicle.Tag, "08:00:00", "08:10:00")]);

        Assert.Equal((1, "--bay: expected one of the bays bay-01, but found 'bay-09'"), Trimmed(await ReplayAsync(log, "--explain", "--bay", "bay-09")));
        Assert.Equal((2, true), await RefusalOfAsync(log, "--explain-at", "noon"));
        var late = await ReplayAsync(log, "--explain-at", "2026-03-02T09:00:00Z");
        Assert.Contains("--explain-at: the log ends before 2026-03-02T09:00:00Z; its end is explained", late.Output, StringComparison.Ordinal);
        Assert.Contains("bay-01 at 2026-03-02T08:10:00.000Z: WO-1001", late.Output, StringComparison.Ordinal);

        async Task<(int ExitCode, bool IsNamed)> RefusalOfAsync(string log, params string[] options)
        {
            var (exitCode, output) = await ReplayAsync(log, options);
            return (exitCode, output.Contains("--explain-at: expected a time such as 2026-03-02T08:00:00Z, but found 'noon'.", StringComparison.Ordinal));
        }

        static (int ExitCode, string Output) Trimmed((int ExitCode, string Output) result) => (result.ExitCode, result.Output.Trim());
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> Reads(string tag, string from, string to)
    {
        for (var at = TimeSpan.Parse(from, CultureInfo.InvariantCulture); at <= TimeSpan.Parse(to, CultureInfo.InvariantCulture); at += TimeSpan.FromSeconds(1))
            yield return Line($"{at}", $"\"kind\":\"tag\",\"source\":\"reader-1\",\"antenna\":1,\"tag\":\"{tag}\",\"rssi\":-58.5,\"count\":3");
    }

    private static string Line(string timeOfDay, string rest) => $$"""{"at":"2026-03-02T{{timeOfDay}}Z",{{rest}}}""";

    private static string Tell(string line)
    {
        var root = JsonDocument.Parse(line).RootElement;
        ContractSchemas.AssertValidEvent(line);
        return $"{root.GetProperty("type").GetString()!.Split('.')[^2]} {root.GetProperty("time").GetDateTimeOffset():HH:mm:ss}";
    }

    private string Write(IEnumerable<string> lines)
    {
        var path = _folder.File("sightings.jsonl");
        File.WriteAllLines(path, lines);
        return path;
    }

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private Task<(int ExitCode, string Output)> ReplayAsync(string log, params string[] options) =>
        Executable.RunAsync(["replay", "--config", new DeviceConfiguration { Readers = ["192.0.2.5"] }.WriteTo(_folder), "--sightings", log, .. options]);
}
