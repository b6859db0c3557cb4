using System.Text.Json;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;
using BayEdge.Service.Commands;

namespace BayEdge.Service.Tests.Commands;

public sealed class SightingReplayTests
{
    private const string Tag = "E28068940000501234567890";

    [Fact]
    public async Task A_car_that_came_and_went_is_an_entered_and_a_left_event()
    {
        var (output, errors, readable) = await ReplayAsync(Reads("08:00:00", 300), """{"at":"2026-03-02T08:30:00Z","kind":"end"}""");

        var events = output.Select(line => JsonSerializer.Deserialize(line, ContractsJson.Wire.CloudEventVisitData)!).ToList();
        Assert.Equal([EventTypes.VehicleEntered, EventTypes.VehicleLeft], events.Select(e => e.Type));
        Assert.Equal(["2026-03-02T08:00:00.000Z", "2026-03-02T08:04:59.000Z"], output.Select(line => Field(line, "time")));
        Assert.Equal(["0000000000000001", "0000000000000002"], events.Select(e => e.Sequence));
        Assert.Equal(299, events[1].Data.OccupiedSeconds);
        Assert.Equal("WO-1001", events[0].Data.Vehicle.Ref);
        Assert.Empty(errors);
        Assert.True(readable);
    }

    [Fact]
    public async Task The_same_log_gives_the_same_bytes()
    {
        var log = Reads("08:00:00", 300);

        Assert.Equal((await ReplayAsync(log)).Output, (await ReplayAsync(log)).Output);
    }

    [Fact]
    public async Task Without_an_end_line_a_vehicle_that_was_just_seen_is_still_there()
    {
        var (output, _, _) = await ReplayAsync(Reads("08:00:00", 60));

        Assert.Equal(EventTypes.VehicleEntered, Field(Assert.Single(output), "type"));
    }

    [Fact]
    public async Task An_unreadable_line_is_named_and_the_others_still_count()
    {
        var (output, errors, readable) = await ReplayAsync("""{"at":"2026-03-02T07:59:00Z","kind":"smell"}""", Reads("08:00:00", 60));

        Assert.Single(output);
        Assert.Equal("line 1: expected kind tag, plate, presence, occupancy, source or end, but found 'smell'; the line is skipped", Assert.Single(errors));
        Assert.False(readable);
    }

    [Fact]
    public async Task An_antenna_that_looks_at_no_bay_is_named_once()
    {
        var (output, errors, readable) = await ReplayAsync(Reads("08:00:00", 60).Replace("\"antenna\":1", "\"antenna\":7", StringComparison.Ordinal));

        Assert.Empty(output);
        Assert.Equal("line 1: antenna 7 of reader-1 looks at no bay in the configuration; its sightings are passed over", Assert.Single(errors));
        Assert.True(readable);
    }

    [Fact]
    public async Task Blank_lines_are_no_lines()
    {
        var (_, errors, readable) = await ReplayAsync("", Reads("08:00:00", 10), "   ");

        Assert.Empty(errors);
        Assert.True(readable);
    }

    private static string Reads(string from, int seconds)
    {
        var start = DateTimeOffset.Parse($"2026-03-02T{from}Z", null);
        return string.Join('\n', Enumerable.Range(0, seconds).Select(second =>
            $$"""{"at":"{{start.AddSeconds(second):yyyy-MM-ddTHH:mm:ss}}Z","kind":"tag","source":"reader-1","antenna":1,"tag":"{{Tag}}","rssi":-58.5,"count":3}"""));
    }

    private static async Task<(IReadOnlyList<string> Output, IReadOnlyList<string> Errors, bool Readable)> ReplayAsync(params string[] log)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var errors = new StringWriter { NewLine = "\n" };
        using var reader = new StringReader(string.Join('\n', log));
        var readable = await new SightingReplay(TestConfiguration.WithReader("192.0.2.5", Tag), output, errors)
            .RunAsync(reader, TestContext.Current.CancellationToken);
        return (Lines(output), Lines(errors), readable);
    }

    private static string[] Lines(StringWriter writer) => writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string? Field(string line, string name) => JsonDocument.Parse(line).RootElement.GetProperty(name).GetString();
}
