using System.Text;
using System.Text.Json.Nodes;
using BayEdge.Central.Broker;
using BayEdge.Central.Export;
using BayEdge.Central.Ledger;
using BayEdge.Central.Listening;
using BayEdge.Central.Tests.Ledger;
using BayEdge.Contracts.Events;
using BayEdge.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Central.Tests.Export;

public sealed class LedgerExportTests : IDisposable
{
    private const string Plans =
        """
        {"sites":[{"site":"sh-01","timeZone":"Asia/Shanghai",
                   "shifts":[{"name":"早班","start":"08:00","end":"12:00"},{"name":"晚班","start":"12:00","end":"20:00"}]}]}
        """;

    private static readonly DateTimeOffset Opening = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    private readonly FakeTimeProvider _time = new(Opening.AddHours(6));

    public LedgerExportTests()
    {
        File.WriteAllText(_folder.File("sites.json"), Plans);
        using var ledger = CentralLedger.Open(_folder.File("ledger.db"));
        var day = new WorkshopDay();
        day.AddVisit("visit-1", "bay-01", "沪AD10001", TimeSpan.FromHours(1), TimeSpan.FromHours(2));
        var entered = Opening.AddHours(4);
        var vehicle = new Vehicle { Plate = "=1+1", Ref = "Müller, \"VIP\"", Tags = ["E280", "E281"] };
        day.Add(EventTypes.VehicleEntered, entered, WorkshopDay.Data("visit-2", "bay-02", vehicle, entered));
        LedgerRules.Take(ledger, day, 1, 2, 3, 4);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Visits_for_a_spreadsheet_are_in_local_time_with_names_whole_and_formulas_defused()
    {
        var text = Export(LedgerContent.Visits, ExportFormat.Csv);

        Assert.Equal(
            "\uFEFFsite,device,bay,visitId,plate,ref,tags,enteredAt,leftAt,utcOffset,occupiedSeconds,occupiedMinutes,retracted,reason\r\n"
            + "sh-01,pi-01,bay-01,visit-1,沪AD10001,WO-0001,,2026-03-02 09:00:00,2026-03-02 11:00:00,UTC+08:00,7200,120,false,\r\n"
            + "sh-01,pi-01,bay-02,visit-2,'=1+1,\"Müller, \"\"VIP\"\"\",E280 E281,2026-03-02 12:00:00,,UTC+08:00,,,false,\r\n",
            text);
    }

    [Fact]
    public void A_file_for_excel_begins_with_the_byte_order_mark_that_makes_it_read_chinese()
    {
        Export(LedgerContent.Visits, ExportFormat.Csv, options => options with { OutputPath = _folder.File("visits.csv") });

        var bytes = File.ReadAllBytes(_folder.File("visits.csv"));
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.NotEqual(0xEF, bytes[3]);
        Assert.Contains("沪AD10001", Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void Visits_as_json_are_an_array_in_utc()
    {
        var rows = JsonNode.Parse(Export(LedgerContent.Visits, ExportFormat.Json))!.AsArray();

        Assert.Equal(2, rows.Count);
        Assert.Equal("2026-03-02T01:00:00.000Z", (string)rows[0]!["enteredAt"]!);
        Assert.Equal(7200, (double)rows[0]!["occupiedSeconds"]!);
        Assert.Equal("=1+1", (string)rows[1]!["plate"]!);
        Assert.Null(rows[1]!["leftAt"]);
        Assert.Equal(["E280", "E281"], rows[1]!["tags"]!.AsArray().Select(tag => (string)tag!));
    }

    [Fact]
    public void A_duration_that_is_no_number_of_this_world_stops_no_export()
    {
        using (var ledger = CentralLedger.Open(_folder.File("ledger.db")))
        {
            var day = new WorkshopDay(device: "pi-02");
            day.AddVisit("visit-9", "bay-01", "沪AD10009", TimeSpan.FromHours(1), TimeSpan.FromSeconds(7777));
            var payload = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(day[3].Payload).Replace("7777", "1e400", StringComparison.Ordinal));
            new Intake(ledger, acknowledges: true).Take([new InboundMessage(day[3].Topic, payload)]);
            Assert.Null(JsonNode.Parse(new JsonFormat().Visit(ledger.ReadVisits().Single(visit => visit.Device == "pi-02")))!["visit"]!["occupiedSeconds"]);
        }

        var rows = JsonNode.Parse(Export(LedgerContent.Visits, ExportFormat.Json))!.AsArray();
        Assert.Null(rows.Single(row => (string)row!["device"]! == "pi-02")!["occupiedSeconds"]);
        Assert.Contains("pi-02", Export(LedgerContent.Utilisation, ExportFormat.Csv), StringComparison.Ordinal);
    }

    [Fact]
    public void Utilisation_by_shift_names_the_shift_and_counts_the_open_visit_up_to_now()
    {
        var lines = Export(LedgerContent.Utilisation, ExportFormat.Csv, options => options with { ByShift = true }).Split("\r\n");

        Assert.Equal(
            [
                "sh-01,,,早班,2026-03-02 08:00:00,2026-03-02 12:00:00,UTC+08:00,120,480,25",
                "sh-01,pi-01,bay-01,早班,2026-03-02 08:00:00,2026-03-02 12:00:00,UTC+08:00,120,240,50",
                "sh-01,pi-01,bay-02,早班,2026-03-02 08:00:00,2026-03-02 12:00:00,UTC+08:00,0,240,0",
                "sh-01,,,晚班,2026-03-02 12:00:00,2026-03-02 20:00:00,UTC+08:00,120,240,50",
                "sh-01,pi-01,bay-01,晚班,2026-03-02 12:00:00,2026-03-02 20:00:00,UTC+08:00,0,120,0",
                "sh-01,pi-01,bay-02,晚班,2026-03-02 12:00:00,2026-03-02 20:00:00,UTC+08:00,120,120,100",
                "",
            ],
            lines[1..]);
    }

    [Fact]
    public void Utilisation_by_hour_covers_the_span_that_was_asked_for()
    {
        var rows = JsonNode.Parse(Export(
            LedgerContent.Utilisation, ExportFormat.Json,
            options => options with { From = "2026-03-02T09:00:00+08:00", To = "2026-03-02T11:00:00+08:00" }))!.AsArray();

        Assert.Equal(
            ["2026-03-02T01:00:00.000Z: 50", "2026-03-02T02:00:00.000Z: 50"],
            rows.Where(row => row!["bay"] is null).Select(row => $"{row!["from"]}: {row["utilisationPercent"]}"));
    }

    [Fact]
    public void A_retraction_restates_the_past()
    {
        using (var ledger = CentralLedger.Open(_folder.File("ledger.db")))
        {
            var day = new WorkshopDay(epoch: 2);
            day.Add(EventTypes.VisitRetracted, Opening.AddHours(5), WorkshopDay.Data("visit-1", "bay-01", new Vehicle(), Opening.AddHours(1)) with { Reason = "a namesake" });
            LedgerRules.Take(ledger, day, 1);
        }

        Assert.Contains("早班,2026-03-02 08:00:00,2026-03-02 12:00:00,UTC+08:00,0,480,0", Export(LedgerContent.Utilisation, ExportFormat.Csv, options => options with { ByShift = true }), StringComparison.Ordinal);
        Assert.Contains("true,a namesake", Export(LedgerContent.Visits, ExportFormat.Csv), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "yesterday", null, 2, "but found 'yesterday'")]
    [InlineData(null, null, "sh/01", 2, "but found 'sh/01'")]
    [InlineData("absent.db", null, null, 1, "expected a ledger at ")]
    public void What_cannot_be_exported_is_said(string? ledger, string? from, string? site, int exitCode, string expected)
    {
        using var error = new StringWriter();
        var options = Options(LedgerContent.Visits, ExportFormat.Csv) with { From = from, Site = site };
        options = ledger is null ? options : options with { Ledger = _folder.File(ledger) };

        Assert.Equal(exitCode, new LedgerExport(options, TextWriter.Null, error, _time).Run());

        Assert.Contains(expected, error.ToString(), StringComparison.Ordinal);
    }

    private LedgerExportOptions Options(LedgerContent content, ExportFormat format) => new()
    {
        Ledger = _folder.File("ledger.db"), Content = content, Format = format, PlansPath = _folder.File("sites.json"), Site = "sh-01",
    };

    private string Export(LedgerContent content, ExportFormat format, Func<LedgerExportOptions, LedgerExportOptions>? change = null)
    {
        using var output = new StringWriter();
        var options = Options(content, format);
        Assert.Equal(0, new LedgerExport(change?.Invoke(options) ?? options, output, Console.Error, _time).Run());
        return output.ToString();
    }
}
