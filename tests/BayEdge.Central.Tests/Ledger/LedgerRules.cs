using System.Text;
using BayEdge.Central.Broker;
using BayEdge.Central.Ledger;
using BayEdge.Contracts;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.State;

namespace BayEdge.Central.Tests.Ledger;

/// <summary>What every ledger does, whatever database keeps it.</summary>
public abstract class LedgerRules
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact(Timeout = 60_000)]
    public async Task What_was_committed_is_there_when_it_is_opened_again()
    {
        var address = await NewAddressAsync();
        var day = WorkshopDay.Of(3);
        string clientId;
        IReadOnlyList<Visit> visits;
        using (var ledger = CentralLedger.Open(address))
        {
            Take(ledger, day, 1, 2, 3, 4, 6);
            (clientId, visits) = (ledger.ClientId, ledger.ReadVisits());
        }

        using var again = CentralLedger.Open(address);

        Assert.Equal(clientId, again.ClientId);
        Assert.Equal(visits, again.ReadVisits());
        Assert.Equal(["visit-1-0", "visit-1-1"], visits.Select(visit => visit.VisitId));
        Assert.Equal(4, again.Sources.Single().Value.AckUpTo);
        Assert.Equal([new SequenceRange(5, 5)], again.Sources.Single().Value.Missing);
        Assert.Equal([new SequenceRange(1, 4), new SequenceRange(6, 6)], again.Sources.Single().Value.Held);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_visit_reads_back_as_its_events_told_it()
    {
        using var ledger = CentralLedger.Open(await NewAddressAsync());
        var day = WorkshopDay.Of(1);

        Take(ledger, day, 3, 1, 2);

        Assert.Equal(VisitProjection.Fold([Read(day, 1), Read(day, 2), Read(day, 3)]), ledger.ReadVisits());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_transaction_that_is_not_committed_leaves_no_trace()
    {
        using var ledger = CentralLedger.Open(await NewAddressAsync());
        var day = WorkshopDay.Of(1);
        using (var transaction = ledger.Begin([new DeviceKey(day.Site, day.Device)], []))
            transaction.Store(Read(day, 1), day[1].Topic, day[1].Payload);

        Assert.Empty(ledger.Sources);
        Assert.Empty(ledger.ReadVisits());
        Assert.Empty(ledger.ReadBays());
    }

    [Fact(Timeout = 60_000)]
    public async Task An_event_that_comes_twice_counts_once_and_one_that_contradicts_is_told()
    {
        using var ledger = CentralLedger.Open(await NewAddressAsync());
        var day = WorkshopDay.Of(1);
        var other = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(day[3].Payload).Replace("3723.5", "10", StringComparison.Ordinal));
        Take(ledger, day, 1, 2, 3);

        using var transaction = ledger.Begin([new DeviceKey(day.Site, day.Device)], []);

        Assert.Equal(new StoreOutcome(Acceptance.Duplicate, null, false), transaction.Store(Read(day, 2), day[2].Topic, day[2].Payload));
        Assert.Equal(new StoreOutcome(Acceptance.Duplicate, null, true), transaction.Store(Read(day, 3), day[3].Topic, other));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_retracted_visit_stays_in_the_ledger_as_retracted()
    {
        using var ledger = CentralLedger.Open(await NewAddressAsync());
        var day = WorkshopDay.Of(1);
        var visitData = WorkshopDay.Data("visit-1-0", "bay-01", new Vehicle(), Nine);
        day.Add(EventTypes.VisitRetracted, Nine, visitData with { Reason = "the bay beside" });

        Take(ledger, day, 4, 2, 1, 3);

        var visit = ledger.ReadVisits().Single();
        Assert.True(visit.IsRetracted);
        Assert.Equal("the bay beside", visit.Reason);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("visit'); DROP TABLE visits; --", "沪A\"D,1😀")]
    [InlineData("a stray\0NUL", "沪A\0D1")]
    [InlineData("line\r\nbreaks\tand \\ backslashes", "=HYPERLINK(\"x\")")]
    public async Task Content_that_is_legal_and_strange_is_kept_whole(string visitId, string plate)
    {
        using var ledger = CentralLedger.Open(await NewAddressAsync());
        var day = new WorkshopDay();
        var data = WorkshopDay.Data(visitId, "bay-01", new Vehicle { Plate = plate, Ref = new string('长', 20_000) }, Nine);
        day.Add(EventTypes.VehicleEntered, Nine, data);
        day.Add(EventTypes.VehicleLeft, Nine.AddHours(1), data with { EnteredAt = Nine, OccupiedSeconds = 3600 });

        Take(ledger, day, 2, 1);

        var visit = ledger.ReadVisits().Single();
        Assert.Equal(3600, visit.OccupiedSeconds);
        Assert.Equal(20_000, visit.Vehicle.Ref!.Length);
        Assert.Equal(2, ledger.Sources.Single().Value.AckUpTo);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_visit_id_beyond_all_measure_stands_under_its_digest()
    {
        using var ledger = CentralLedger.Open(await NewAddressAsync());
        var day = new WorkshopDay();
        var random = new Random(3);
        var visitId = string.Concat(Enumerable.Range(0, 20_000).Select(_ => (char)random.Next(0x4E00, 0x9000)));
        day.AddVisit(visitId, "bay-01", "沪AD10001", TimeSpan.Zero, TimeSpan.FromHours(1));

        Take(ledger, day, 1, 2, 3);

        Assert.StartsWith("sha256-", ledger.ReadVisits().Single().VisitId, StringComparison.Ordinal);
        Assert.Equal(3600, ledger.ReadVisits().Single().OccupiedSeconds);
    }

    [Fact(Timeout = 60_000)]
    public async Task Names_beyond_all_measure_are_malformed_and_the_rest_of_their_batch_is_kept()
    {
        using var ledger = CentralLedger.Open(await NewAddressAsync());
        var random = new Random(3);
        var name = string.Concat(Enumerable.Range(0, 3000).Select(_ => (char)random.Next('a', 'z' + 1)));
        var (strange, day) = (new WorkshopDay(device: "pi-02"), WorkshopDay.Of(1));
        strange.AddVisit("visit-1", name, "沪AD10001", TimeSpan.Zero, TimeSpan.FromHours(1));
        var status = """{"state":"online","bootId":"boot-1","epoch":1,"firstUnconfirmed":2,"lastSequence":2,"backlog":1}"""u8.ToArray();
        var listener = new RecordingListener();

        var (notices, _) = new Intake(ledger, acknowledges: true).Take(
        [
            new InboundMessage(strange[1].Topic, strange[1].Payload),
            new InboundMessage(Topics.BayState("sh-01", "pi-02", name), "{}"u8.ToArray()),
            new InboundMessage(Topics.BayState("sh-01", name, "bay-01"), "{}"u8.ToArray()),
            new InboundMessage(Topics.Status("sh-01", name), status),
            new InboundMessage(day[1].Topic, day[1].Payload),
        ]);
        foreach (var notice in notices)
            notice(listener);

        Assert.Equal(4, listener.Problems.Count);
        Assert.Equal(1, listener.StoredCount);
        Assert.Equal([new BayKey("sh-01", "pi-01", "bay-01")], ledger.ReadBays());
        Assert.Equal([new EventSource("sh-01", "pi-01", 1)], ledger.Sources.Keys);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_window_shows_the_visits_that_overlap_it_and_those_still_open()
    {
        using var ledger = CentralLedger.Open(await NewAddressAsync());
        var day = new WorkshopDay();
        day.AddVisit("early", "bay-01", "沪AD10001", TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        day.AddVisit("over", "bay-02", "沪AD10002", TimeSpan.FromHours(3), TimeSpan.FromHours(2));
        day.AddVisit("late", "bay-03", "沪AD10003", TimeSpan.FromHours(8), TimeSpan.FromHours(1));
        var opened = Nine.AddHours(-7);
        day.Add(EventTypes.VehicleEntered, opened, WorkshopDay.Data("open", "bay-04", new Vehicle(), opened));
        Take(ledger, day, [.. TestDevice.From(1, day.Count)]);

        var midnight = Nine.AddHours(-9);
        var window = new LedgerWindow("sh-01", midnight.AddHours(4), midnight.AddHours(6));

        Assert.Equal(["open", "over"], ledger.ReadVisits(window).Select(visit => visit.VisitId));
        Assert.Empty(ledger.ReadVisits(window with { Site = "bj-01" }));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_bay_is_known_by_its_state_before_it_has_a_visit_and_forgotten_when_the_state_is_cleared()
    {
        using var ledger = CentralLedger.Open(await NewAddressAsync());
        var intake = new Intake(ledger, acknowledges: true);
        var topic = Topics.BayState("sh-01", "pi-01", "bay-07");

        intake.Take([new InboundMessage(topic, "{}"u8.ToArray())]);
        Assert.Equal([new BayKey("sh-01", "pi-01", "bay-07")], ledger.ReadBays("sh-01"));
        intake.Take([new InboundMessage(topic, [])]);

        Assert.Empty(ledger.ReadBays());
    }

    [Fact(Timeout = 60_000)]
    public async Task An_alert_is_raised_once_and_cleared_once()
    {
        using var ledger = CentralLedger.Open(await NewAddressAsync());
        var busy = new SiteUtilisation { Site = "sh-01", Level = UtilisationLevel.High, Utilisation = 0.8, Threshold = 0.7, Bays = 3, Since = Nine };
        var calm = busy with { Level = UtilisationLevel.Normal, Since = Nine.AddHours(1) };

        using (var transaction = ledger.Begin([], []))
        {
            Assert.Equal([true, false, true, false], new[] { busy, busy with { Since = Nine.AddMinutes(1) }, calm, calm }.Select(transaction.Keep));
            transaction.Commit();
        }

        Assert.Equal([new UtilisationAlert("sh-01", Nine, 0.8, 0.7, Nine.AddHours(1))], ledger.ReadAlerts());
        Assert.Empty(ledger.ReadAlerts(new LedgerWindow("sh-01", Nine.AddHours(2), null)));
    }

    [Fact(Timeout = 60_000)]
    public async Task What_a_device_may_have_missed_can_be_read()
    {
        using var ledger = CentralLedger.Open(await NewAddressAsync());
        var day = WorkshopDay.Of(1);
        day.AddGap(new GapData { Reason = "bays-lost", From = Nine, To = Nine.AddMinutes(5) });

        Take(ledger, day, 1, 2, 3, 4);

        Assert.Equal("bays-lost", ledger.ReadGaps("sh-01").Single().Gap!.Reason);
        Assert.Empty(ledger.ReadGaps("bj-01"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_visit_whose_leaving_is_taken_back_is_open_in_the_ledger_in_whatever_order_its_events_come()
    {
        using var ledger = CentralLedger.Open(await NewAddressAsync());
        var day = WorkshopDay.Of(1);
        var at = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        var visitData = WorkshopDay.Data("visit-1-0", "bay-01", new Vehicle(), at);
        day.Add(EventTypes.VisitCorrected, at, visitData with { StillPresent = true, Reason = "read again" });

        Take(ledger, day, 4, 2, 1, 3);

        var visit = ledger.ReadVisits().Single();
        Assert.False(visit.IsFinished);
        Assert.Equal((at, null, null), (visit.Entered!.At, visit.Left, visit.OccupiedSeconds));
    }

    /// <summary>Where a new, empty ledger can be.</summary>
    protected abstract Task<string> NewAddressAsync();

    internal static void Take(CentralLedger ledger, WorkshopDay day, params long[] sequences) =>
        new Intake(ledger, acknowledges: true).Take(
            [.. sequences.Select(sequence => new InboundMessage(day[sequence].Topic, day[sequence].Payload))]);

    internal static ReceivedEvent Read(WorkshopDay day, long sequence)
    {
        Assert.True(ReceivedEvent.TryRead(day[sequence].Topic, day[sequence].Payload, out var received, out var problem), problem);
        return received;
    }
}
