using System.Text.Json.Nodes;
using BayEdge.Central.Listening;
using BayEdge.Central.Tests.Ledger;
using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.State;
using BayEdge.TestKit;

namespace BayEdge.Central.Tests.Listening;

public sealed class ListenSessionTests
{
    [Fact(Timeout = 60_000)]
    public async Task It_prints_each_event_in_local_time_the_duration_of_each_visit_and_a_summary()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        var day = WorkshopDay.Of(1);

        var (exitCode, output, error) = await ListenAsync(broker, day, json: false, async device =>
        {
            await device.PublishAllAsync(cancellation);
            await device.WaitForAckAsync(day.Count, cancellation);
        }, cancellation);

        Assert.Equal(
            """
            2026-03-02T08:00:00.000+08:00  sh-01/pi-01  bay-01    entered     unidentified
            2026-03-02T08:00:00.000+08:00  sh-01/pi-01  bay-01    identified  沪AD10000 (WO-0000)
            2026-03-02T09:02:03.500+08:00  sh-01/pi-01  bay-01    left        沪AD10000 (WO-0000)
            2026-03-02T09:02:03.500+08:00  sh-01/pi-01  bay-01    visit       沪AD10000 (WO-0000)  1:02:04
            events 3, duplicates 0, gaps 0 (events missing 0), malformed 0, visits 1

            """,
            output);
        Assert.Equal($"connected to {broker.Url}\n", error);
        Assert.Equal(0, exitCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task It_prints_a_visit_again_when_its_vehicle_leaves_after_a_leaving_was_taken_back()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        var day = WorkshopDay.Of(1);
        var entered = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        var left = entered.AddHours(2);
        var vehicle = new Vehicle { Plate = "沪AD10000", Ref = "WO-0000" };
        day.Add(EventTypes.VisitCorrected, entered, WorkshopDay.Data("visit-1-0", "bay-01", vehicle, entered) with
        {
            StillPresent = true,
            Provisional = true,
            Reason = "the tag is read again",
        });
        day.Add(EventTypes.VehicleLeft, left, WorkshopDay.Data("visit-1-0", "bay-01", vehicle, left) with { EnteredAt = entered, OccupiedSeconds = 7200 });

        var (_, output, _) = await ListenAsync(broker, day, json: false, async device =>
        {
            await device.PublishAllAsync(cancellation);
            await device.WaitForAckAsync(day.Count, cancellation);
        }, cancellation);

        Assert.EndsWith(
            """
            2026-03-02T08:00:00.000+08:00  sh-01/pi-01  bay-01    corrected   沪AD10000 (WO-0000), has not left after all (provisional): the tag is read again
            2026-03-02T10:00:00.000+08:00  sh-01/pi-01  bay-01    left        沪AD10000 (WO-0000)
            2026-03-02T10:00:00.000+08:00  sh-01/pi-01  bay-01    visit       沪AD10000 (WO-0000)  2:00:00
            events 5, duplicates 0, gaps 0 (events missing 0), malformed 0, visits 1

            """,
            output,
            StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task It_ends_with_1_and_names_the_gap_when_something_is_missing()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        var day = WorkshopDay.Of(2);

        var (exitCode, output, error) = await ListenAsync(broker, day, json: false, async device =>
        {
            await device.PublishAsync([1, 2, 6], cancellation);
            await device.WaitForAckAsync(2, cancellation);
        }, cancellation);

        Assert.Equal(1, exitCode);
        Assert.Contains("gap: sh-01/pi-01 epoch 1 has not sent 3 to 5 yet", error, StringComparison.Ordinal);
        Assert.Contains("gaps 1 (events missing 3)", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task It_says_a_malformed_message_once_counts_it_always_and_ends_with_1()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        var day = WorkshopDay.Of(1);
        var topic = Topics.BayEvents(day.Site, day.Device, "bay-01");

        var (exitCode, output, error) = await ListenAsync(broker, day, json: false, async device =>
        {
            await device.PublishRawAsync(topic, "rubbish"u8.ToArray(), cancellation);
            await device.PublishRawAsync(topic, "rubbish"u8.ToArray(), cancellation);
            await device.PublishAllAsync(cancellation);
            await device.WaitForAckAsync(day.Count, cancellation);
        }, cancellation);

        Assert.Equal(1, exitCode);
        Assert.Single(
            error.Split('\n'), line => line.StartsWith($"malformed message on {topic}: expected a CloudEvent", StringComparison.Ordinal));
        Assert.Contains("malformed 2", output, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task With_json_every_line_is_an_object_and_every_event_keeps_to_its_schema()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var broker = await Broker.StartAsync(cancellation);
        var day = WorkshopDay.Of(1);

        var (_, output, _) = await ListenAsync(broker, day, json: true, async device =>
        {
            await device.PublishAllAsync(cancellation);
            await device.WaitForAckAsync(day.Count, cancellation);
        }, cancellation);

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        Assert.Equal(["event", "event", "event", "visit", "summary"], lines.Select(line => line.Single().Key));
        Assert.All(lines.Take(3), line => ContractSchemas.AssertValidEvent(line["event"]!.ToJsonString()));
        Assert.Equal(3723.5, (double)lines[3]["visit"]!["occupiedSeconds"]!);
        Assert.Equal("2026-03-02T00:00:00.000Z", (string)lines[3]["visit"]!["enteredAt"]!);
        Assert.Equal("""{"events":3,"duplicates":0,"gaps":0,"missing":0,"malformed":0,"visits":1}""", lines[4]["summary"]!.ToJsonString());
    }

    [Theory]
    [InlineData(UtilisationLevel.High, 0.7415, "busy: 74.2 % of the time of 20 bays is in use (alert from 70 % on)")]
    [InlineData(UtilisationLevel.Normal, 0.64, "no longer busy: 64 % of the time of 20 bays is in use")]
    [InlineData(UtilisationLevel.Normal, null, "no longer busy: the shift is over")]
    public void A_site_that_becomes_busy_or_calm_gets_a_line(UtilisationLevel level, double? share, string expected)
    {
        var at = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        var change = new SiteUtilisation { Site = "sh-01", Level = level, Utilisation = share, Threshold = 0.7, Bays = 20, Since = at };

        Assert.Equal($"2026-03-02T09:00:00.000+00:00  sh-01  {expected}", new TextFormat(TimeZoneInfo.Utc).Utilisation(change));
        Assert.Empty(ContractSchemas.Problems("site.utilisation", JsonNode.Parse(new JsonFormat().Utilisation(change))!["utilisation"]!.ToJsonString()));
    }

    [Fact]
    public void A_name_from_outside_cannot_take_hold_of_the_terminal()
    {
        var day = new WorkshopDay();
        day.AddVisit("visit-1", "bay-01", "沪\u001b[2JAD\r\n1\u202e2345", TimeSpan.Zero, TimeSpan.FromHours(1));

        var line = new TextFormat(TimeZoneInfo.Utc).Event(LedgerRules.Read(day, 3));

        Assert.EndsWith("left        沪\uFFFD[2JAD\uFFFD\uFFFD1\uFFFD2345 (WO-2345)", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("broker:1883", null, "expected a broker URL such as")]
    [InlineData("mqtt://127.0.0.1", "sh/01", "expected a site id of letters, digits, '-', '_' and '.', but found 'sh/01'")]
    public async Task Wrong_usage_is_said_and_ends_with_2(string broker, string? site, string expected)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var session = new ListenSession(new ListenOptions { Broker = broker, Site = site }, output, error, TimeProvider.System);

        Assert.Equal(2, await session.RunAsync(TestContext.Current.CancellationToken));

        Assert.StartsWith(expected, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_opened_is_said_and_ends_with_1()
    {
        using var folder = new TemporaryFolder();
        using var output = new StringWriter();
        using var error = new StringWriter();
        var options = new ListenOptions { Broker = "mqtt://127.0.0.1:1", Ledger = folder.File("missing/ledger.db") };

        var session = new ListenSession(options, output, error, TimeProvider.System);

        Assert.Equal(1, await session.RunAsync(TestContext.Current.CancellationToken));

        Assert.Contains("check the folder, its rights and its free space", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.4, "0:00:00")]
    [InlineData(59.5, "0:01:00")]
    [InlineData(3723.0, "1:02:03")]
    [InlineData(360_000.0, "100:00:00")]
    [InlineData(null, "duration unknown")]
    public void A_duration_is_written_in_hours_minutes_and_seconds(double? seconds, string expected) =>
        Assert.Equal(expected, TextFormat.Duration(seconds));

    private static async Task<(int ExitCode, string Output, string Error)> ListenAsync(
        MosquittoBroker broker, WorkshopDay day, bool json, Func<TestDevice, Task> act, CancellationToken cancellation)
    {
        var options = new ListenOptions { Broker = broker.Url, Acknowledge = true, Json = json };
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var session = new ListenSession(options, TextWriter.Synchronized(output), TextWriter.Synchronized(error), new ShanghaiTime());
        var run = session.RunAsync(stop.Token);
        await Eventually.HoldsAsync(
            () => error.ToString().Contains("connected to", StringComparison.Ordinal), "the session to connect", cancellation);
        await using (var device = await TestDevice.ConnectAsync(broker.Port, day, cancellation))
            await act(device);
        await stop.CancelAsync();
        return (await run, output.ToString(), error.ToString());
    }

    private sealed class ShanghaiTime : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone { get; } =
            TimeZoneInfo.CreateCustomTimeZone("Shanghai", TimeSpan.FromHours(8), "Shanghai", "Shanghai");
    }
}
