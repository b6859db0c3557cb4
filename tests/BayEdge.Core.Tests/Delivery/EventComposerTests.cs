using System.Text;
using System.Text.Json;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.TestKit;
using static BayEdge.Core.Tests.Bays.Known;

namespace BayEdge.Core.Tests.Delivery;

public sealed class EventComposerTests
{
    private static readonly ClockInfo Clock = new(ClockState.Synced, 2.5, "boot-1");

    private static readonly ScenarioOutcome Visit = new BayScenario(Workshop.WithBays(2, new ExpectedVehicle { Ref = "WO-1001", Tags = [Tag] }))
        .At("08:00:00").TagReads(Tag, until: "08:10:00").PlateReads(Plate, until: "08:00:01")
        .Run();

    [Fact]
    public void An_entered_event_is_a_cloud_event_that_the_contract_reads()
    {
        var pending = Compose<VehicleEntered>();
        var read = JsonSerializer.Deserialize(pending.Compose(new EventPosition(3, 4711)), ContractsJson.Wire.CloudEventVisitData)!;

        Assert.Equal("bayedge/v1/sh-01/pi-01/bays/bay-01/events", pending.Topic);
        Assert.Equal(read.RecordedTime, pending.RecordedAt);
        Assert.Equal(("1.0", "/bayedge/sh-01/pi-01/3", "3-0000000000004711", "0000000000004711"), (read.SpecVersion, read.Source, read.Id, read.Sequence));
        Assert.Equal(("io.bayedge.vehicle.entered.v1", "bay-01"), (read.Type, read.Subject));
        Assert.Equal((BayScenario.Time("08:00:00"), Visit.Entered.DecidedAt.Wall), (read.Time, read.RecordedTime));
        Assert.Equal((Clock, "bay-01-20260302T080000000Z", "bay-01"), (read.Data.Clock, read.Data.VisitId, read.Data.Bay));
        Assert.Equal((Plate, Visit.Entered.Vehicle.PlateConfidence), (read.Data.Vehicle.Plate, read.Data.Vehicle.PlateConfidence));
        Assert.Null(read.Data.EnteredAt);
        Assert.Null(read.Data.OccupiedSeconds);
    }

    [Fact]
    public void A_left_event_says_when_the_vehicle_came_and_how_long_it_stayed()
    {
        var data = JsonSerializer.Deserialize(Compose<VehicleLeft>().Compose(new EventPosition(1, 3)), ContractsJson.Wire.CloudEventVisitData)!.Data;

        Assert.Equal((BayScenario.Time("08:00:00"), 600.0), (data.EnteredAt, data.OccupiedSeconds));
        Assert.Equal(BayScenario.Time("08:09:55"), data.Earliest);
        Assert.InRange(Visit.Left.DecidedAt.Wall - data.Latest, TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
        Assert.Equal("WO-1001", data.Vehicle.Ref);
    }

    [Fact]
    public void The_fields_have_the_names_that_integrators_know()
    {
        using var json = JsonDocument.Parse(Compose<VehicleLeft>().Compose(new EventPosition(1, 3)));

        Assert.Equal(
            ["specversion", "id", "source", "type", "subject", "time", "recordedtime", "sequence", "datacontenttype", "data"],
            Names(json.RootElement));
        var data = json.RootElement.GetProperty("data");
        Assert.Equal(["visitId", "bay", "vehicle", "earliest", "latest", "clock", "evidence", "enteredAt", "occupiedSeconds", "runnerUp", "wouldChange"], Names(data));
        Assert.Equal(["ref", "plate", "plateConfidence", "tags"], Names(data.GetProperty("vehicle")));
        Assert.Equal(["state", "maxErrorMs", "bootId"], Names(data.GetProperty("clock")));
        Assert.Equal(("synced", "2026-03-02T08:09:55.000Z"), (data.GetProperty("clock").GetProperty("state").GetString(), data.GetProperty("earliest").GetString()));
    }

    [Fact]
    public void The_same_transition_gives_the_same_bytes_and_plates_stay_readable()
    {
        var position = new EventPosition(1, 1);
        var bytes = Compose<VehicleEntered>().Compose(position);

        Assert.Equal(bytes, Compose<VehicleEntered>().Compose(position));
        Assert.Contains(Plate, Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void An_identified_event_is_dated_to_the_entering()
    {
        var read = JsonSerializer.Deserialize(Compose<VehicleIdentified>().Compose(new EventPosition(1, 2)), ContractsJson.Wire.CloudEventVisitData)!;

        Assert.Equal(("io.bayedge.vehicle.identified.v1", BayScenario.Time("08:00:00"), Visit.Identified.DecidedAt.Wall), (read.Type, read.Time, read.RecordedTime));
        Assert.Equal(("WO-1001", Tag), (read.Data.Vehicle.Ref, Assert.Single(read.Data.Vehicle.Tags)));
    }

    [Fact]
    public void A_clock_that_is_set_between_the_last_read_and_the_decision_dates_the_whole_event()
    {
        // The first hour of the boot; then a time server sets the clock three hours ahead.
        var step = TimeSpan.FromHours(3);
        var start = new ObservedAt(BayScenario.Time("08:00:00"), TimeSpan.FromMinutes(1));
        var state = TrackerState.Start(new BayLayout(Workshop.WithBays(1)), [], start);
        for (var second = 0; second <= 600; second++)
            state = BayTracker.Step(state, new SightingInput(new TagSighting(start + TimeSpan.FromSeconds(second), Workshop.Reader, 1, Tag, -55, 1))).State;

        var later = start + TimeSpan.FromHours(1);
        var left = Assert.Single(BayTracker.AdvanceTo(state, later with { Wall = later.Wall + step }).Transitions);
        var read = JsonSerializer.Deserialize(
            new EventComposer("sh-01", "pi-01").Compose(left, Clock).Compose(new EventPosition(1, 2)), ContractsJson.Wire.CloudEventVisitData)!;

        Assert.Equal(BayScenario.Time("11:10:00"), read.Time);
        Assert.InRange(read.RecordedTime, read.Time + TrackerOptions.Default.ShortestSilence, read.Time + TrackerOptions.Default.LongestSilence);
        Assert.Equal((read.Time.AddSeconds(-7), read.RecordedTime), (read.Data.Earliest, read.Data.Latest));
        Assert.Equal((BayScenario.Time("11:00:00"), 600.0), (read.Data.EnteredAt, read.Data.OccupiedSeconds));
    }

    [Fact]
    public void A_stay_across_a_boot_is_sent_without_a_duration()
    {
        var left = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:10:00")
            .At("08:10:00.2").PowerIsOut(until: "09:30:00")
            .At("09:30:10").TagReads(Tag, until: "09:40:00")
            .Run().Left;
        var data = JsonSerializer.Deserialize(
            new EventComposer("sh-01", "pi-01").Compose(left, Clock).Compose(new EventPosition(1, 2)), ContractsJson.Wire.CloudEventVisitData)!.Data;

        Assert.Equal((BayScenario.Time("08:00:00"), (double?)null), (data.EnteredAt, data.OccupiedSeconds));
    }

    [Fact]
    public void A_leaving_that_is_told_anew_says_when_the_vehicle_came_how_long_it_stayed_and_why()
    {
        var left = Visit.Left;
        var later = left.At + TimeSpan.FromMinutes(2);
        var read = Read(new VisitCorrected(
            left.Bay, left.VisitId, left.Vehicle, later, later, later, left.DecidedAt + TimeSpan.FromMinutes(2), left.Evidence,
            left.EnteredAt, IsStillPresent: false, new Phrase("why", "read again for two minutes")));

        Assert.Equal(("io.bayedge.visit.corrected.v1", BayScenario.Time("08:12:00")), (read.Type, read.Time));
        Assert.Equal((BayScenario.Time("08:00:00"), 720.0), (read.Data.EnteredAt, read.Data.OccupiedSeconds));
        Assert.Equal((false, "read again for two minutes"), (read.Data.StillPresent, read.Data.Reason));
    }

    [Fact]
    public void A_leaving_that_is_taken_back_is_dated_to_the_entering()
    {
        var left = Visit.Left;
        var read = Read(new VisitCorrected(
            left.Bay, left.VisitId, left.Vehicle, left.EnteredAt, left.EnteredAt, left.EnteredAt, left.DecidedAt, left.Evidence,
            EnteredAt: null, IsStillPresent: true, new Phrase("why", "the tag is read again")));

        Assert.Equal(("io.bayedge.visit.corrected.v1", BayScenario.Time("08:00:00")), (read.Type, read.Time));
        Assert.Equal((true, null, null), (read.Data.StillPresent, read.Data.EnteredAt, read.Data.OccupiedSeconds));
    }

    [Fact]
    public void A_stay_across_a_boot_whose_leaving_is_told_anew_is_sent_without_a_duration()
    {
        var left = Visit.Left;
        var read = Read(new VisitCorrected(
            left.Bay, left.VisitId, left.Vehicle, left.At, left.At, left.At, left.DecidedAt, left.Evidence,
            left.EnteredAt with { BootsAgo = 1 }, IsStillPresent: false, new Phrase("why", "the computer was started")));

        Assert.Equal((BayScenario.Time("08:00:00"), (double?)null), (read.Data.EnteredAt, read.Data.OccupiedSeconds));
    }

    [Fact]
    public void A_visit_that_never_was_is_taken_back_with_its_reason()
    {
        var entered = Visit.Entered;
        var read = Read(new VisitRetracted(
            entered.Bay, entered.VisitId, entered.Vehicle, entered.At, entered.Earliest, entered.Latest, entered.DecidedAt, entered.Evidence,
            new Phrase("why", "pi-02 has had the vehicle in bay-04 all the time")));

        Assert.Equal(("io.bayedge.visit.retracted.v1", "bay-01"), (read.Type, read.Subject));
        Assert.Equal((entered.VisitId, "pi-02 has had the vehicle in bay-04 all the time"), (read.Data.VisitId, read.Data.Reason));
    }

    [Fact]
    public void A_decision_made_without_the_neighbours_says_so_with_what_else_it_could_have_been()
    {
        var read = Read(Visit.Entered with { IsProvisional = true, RunnerUp = new Phrase("inBay", "it stands in bay-04 of pi-02"), WouldChange = new Phrase("clearer", "a stronger read there") });

        Assert.Equal((true, "it stands in bay-04 of pi-02", "a stronger read there"), (read.Data.Provisional, read.Data.RunnerUp, read.Data.WouldChange));
    }

    [Fact]
    public void A_gap_speaks_of_the_device_and_of_no_bay()
    {
        var gap = new GapData { Reason = "journal-damaged", From = BayScenario.Time("08:00:00"), To = BayScenario.Time("09:00:00"), PreviousEpoch = 1, PreviousLastSequence = 17 };
        var pending = new EventComposer("sh-01", "pi-01").Compose(gap, BayScenario.Time("09:00:05"));
        using var json = JsonDocument.Parse(pending.Compose(new EventPosition(2, 1)));

        Assert.Equal("bayedge/v1/sh-01/pi-01/events", pending.Topic);
        Assert.False(json.RootElement.TryGetProperty("subject", out _));
        var read = json.RootElement.Deserialize(ContractsJson.Wire.CloudEventGapData)!;
        Assert.Equal(("io.bayedge.device.gap.v1", BayScenario.Time("09:00:00"), BayScenario.Time("09:00:05")), (read.Type, read.Time, read.RecordedTime));
        Assert.Equal(("journal-damaged", 1, 17L), (read.Data.Reason, read.Data.PreviousEpoch, read.Data.PreviousLastSequence));
    }

    /// <summary>What a central system reads of a transition, held against the published schema on the way.</summary>
    private static CloudEvent<VisitData> Read(Transition transition)
    {
        var payload = new EventComposer("sh-01", "pi-01").Compose(transition, Clock).Compose(new EventPosition(1, 4));
        ContractSchemas.AssertValidEvent(Encoding.UTF8.GetString(payload));
        return JsonSerializer.Deserialize(payload, ContractsJson.Wire.CloudEventVisitData)!;
    }

    private static PendingEvent Compose<T>()
        where T : Transition => new EventComposer("sh-01", "pi-01").Compose(Visit.Transitions.OfType<T>().First(), Clock);

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
