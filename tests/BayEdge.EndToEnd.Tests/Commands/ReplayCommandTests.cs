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

    private Task<(int ExitCode, string Output)> ReplayAsync(string log) =>
        Executable.RunAsync("replay", "--config", new DeviceConfiguration { Readers = ["192.0.2.5"] }.WriteTo(_folder), "--sightings", log);
}
