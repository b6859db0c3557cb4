using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.TestKit;
using static BayEdge.Core.Tests.Bays.Known;

namespace BayEdge.Core.Tests.Bays;

public sealed class RestartTests
{
    [Fact]
    public void A_service_that_restarts_within_one_boot_goes_on_with_the_visit()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:10:00")
            .At("08:10:00.2").ServiceRestarts()
            .At("08:10:20").TagReads(Tag, until: "08:20:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:20:00"], outcome.Story);
        Assert.Equal(TimeSpan.FromMinutes(20), outcome.Left.Occupied);
    }

    [Fact]
    public void A_power_cut_neither_ends_the_visit_nor_invents_one()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:10:00").PlateReads(Plate, until: "08:00:02")
            .At("08:10:00.2").PowerIsOut(until: "09:30:00")
            .At("09:30:10").TagReads(Tag, until: "09:40:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 09:40:00"], outcome.ComingsAndGoings);
        Assert.Equal((BayScenario.Time("08:00:00"), BayScenario.Time("09:40:00")), (outcome.Left.EnteredAt.Wall, outcome.Left.At.Wall));
        Assert.Null(outcome.Left.Occupied);
        Assert.Equal((outcome.Entered.VisitId, Plate), (outcome.Left.VisitId, outcome.Left.Vehicle.Plate));
    }

    [Fact]
    public void A_vehicle_that_left_during_the_power_cut_is_bounded_by_the_last_sighting_and_the_decision()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:10:00")
            .At("08:10:00.2").PowerIsOut(until: "09:30:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:10:00"], outcome.Story);
        Assert.InRange(outcome.Left.Earliest.Wall, BayScenario.Time("08:09:54"), BayScenario.Time("08:09:59"));
        Assert.InRange(outcome.Left.Latest.Wall, BayScenario.Time("09:30:01") + TrackerOptions.Default.ShortestSilence, BayScenario.Time("09:30:01") + TrackerOptions.Default.LongestSilence);
    }

    [Fact]
    public void A_contact_that_closed_just_before_the_power_cut_opens_no_visit_until_it_says_so_again()
    {
        var before = new BayScenario().At("08:00:00").ContactCloses().At("08:00:02").PowerIsOut(until: "09:00:00");

        Assert.Empty(before.At("09:00:02").ContactOpens().Run().Story);
    }

    [Fact]
    public void A_loop_that_a_vehicle_left_during_the_power_cut_gives_bounds()
    {
        var left = new BayScenario()
            .At("08:00:00").ContactCloses()
            .At("08:10:00").PowerIsOut(until: "09:00:00")
            .At("09:00:01.5").ContactOpens()
            .Run().Left;

        Assert.Equal((BayScenario.Time("08:00:00"), BayScenario.Time("09:00:01.5")), (left.Earliest.Wall, left.Latest.Wall));
    }

    [Fact]
    public void A_clock_that_wakes_up_in_the_past_puts_nothing_into_the_future()
    {
        var now = new ObservedAt(BayScenario.Time("07:00:00"), TimeSpan.FromSeconds(20));
        var saved = TrackerSnapshot.Write(new BayScenario().At("08:00:00").TagReads(Tag, until: "08:10:00").Run("08:10:00").State, "before");
        var state = TrackerSnapshot.Restore(TrackerState.Start(new BayLayout(Workshop.WithBays(2)), [], now), saved, "after").State;

        Assert.Equal(BayOccupancy.Occupied, BayStates.Of(state).First().State);
        var left = Assert.IsType<VehicleLeft>(Assert.Single(BayTracker.AdvanceTo(state, now + TimeSpan.FromMinutes(30)).Transitions));
        Assert.Equal(TimeSpan.FromMinutes(10), left.Occupied);
    }

    [Fact]
    public void A_stay_whose_ends_lie_in_two_boots_has_no_duration_when_the_clock_woke_up_in_the_past()
    {
        var now = new ObservedAt(BayScenario.Time("07:00:00"), TimeSpan.FromSeconds(20));
        var saved = TrackerSnapshot.Write(new BayScenario().At("08:00:00").TagReads(Tag, until: "08:10:00").Run("08:10:00").State, "before");
        var state = TrackerSnapshot.Restore(TrackerState.Start(new BayLayout(Workshop.WithBays(2)), [], now), saved, "after").State;
        state = BayTracker.Step(state, new SightingInput(new TagSighting(now + TimeSpan.FromSeconds(5), Workshop.Reader, 1, Tag, -55, 1))).State;

        var left = Assert.IsType<VehicleLeft>(Assert.Single(BayTracker.AdvanceTo(state, now + TimeSpan.FromMinutes(30)).Transitions));

        Assert.Null(left.Occupied);
        Assert.Equal((BayScenario.Time("08:00:00"), BayScenario.Time("07:00:05")), (left.EnteredAt.Wall, left.At.Wall));
    }

    [Fact]
    public void A_reader_that_was_given_another_id_during_the_power_cut_goes_on_with_the_visit()
    {
        var workshop = Workshop.WithBays(2);
        var renamed = workshop with { Readers = [new ReaderConfiguration("reader-9", "llrp", DriverSettings.Empty, workshop.Readers[0].Antennas)] };
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:10:00")
            .At("08:10:00.2").PowerIsOut(until: "09:00:00", renamed)
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:10:00"], outcome.Story);
        Assert.InRange(outcome.Left.Latest.Wall, BayScenario.Time("09:00:01") + TrackerOptions.Default.ShortestSilence, BayScenario.Time("09:00:01") + TrackerOptions.Default.LongestSilence);
    }

    [Fact]
    public void A_vehicle_without_a_tag_whose_camera_was_given_another_id_leaves_when_the_new_one_no_longer_reads_it()
    {
        var workshop = Workshop.WithBays(2);
        var renamed = workshop with { Presence = [], Cameras = [workshop.Cameras[0] with { Id = "cam-9" }, workshop.Cameras[1]] };
        var outcome = new BayScenario()
            .At("08:00:00").PlateReads(Plate, everySeconds: 10, until: "08:10:00")
            .At("08:10:00.2").PowerIsOut(until: "09:00:00", renamed)
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:10:00"], outcome.ComingsAndGoings);
        Assert.InRange(outcome.Left.Latest.Wall, BayScenario.Time("09:01:00"), BayScenario.Time("09:21:00"));
    }

    [Fact]
    public void A_vehicle_without_a_tag_in_a_bay_that_only_a_reader_looks_at_now_has_left_when_the_service_starts()
    {
        var outcome = new BayScenario()
            .At("08:00:00").PlateReads(Plate, everySeconds: 10, until: "08:10:00")
            .At("08:10:00.2").PowerIsOut(until: "09:00:00", Workshop.WithBays(2) with { Cameras = [], Presence = [] })
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:10:00"], outcome.ComingsAndGoings);
        Assert.Equal((BayScenario.Time("08:10:00"), BayScenario.Time("09:00:00")), (outcome.Left.Earliest.Wall, outcome.Left.Latest.Wall));
        Assert.Equal(BayOccupancy.Vacant, outcome.Bay("bay-01").State);
    }

    [Fact]
    public void A_contact_that_was_taken_off_during_the_power_cut_no_longer_holds_the_vehicle()
    {
        var outcome = new BayScenario()
            .At("08:00:00").ContactCloses().TagReads(Tag, until: "08:10:00")
            .At("08:10:00.2").PowerIsOut(until: "09:00:00", Workshop.WithBays(2) with { Presence = [] })
            .At("09:00:02").TagReads(Tag, until: "09:10:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 09:10:00"], outcome.ComingsAndGoings);
    }

    [Fact]
    public void The_visit_of_a_bay_that_is_no_longer_configured_ends_when_the_service_starts()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, "bay-02", until: "08:10:00")
            .At("08:10:00.2").PowerIsOut(until: "09:00:00", Workshop.WithBays(1))
            .At("09:05:00").TagReads(Tag, "bay-01", until: "09:10:00")
            .Run();

        Assert.Equal(["bay-02 entered 08:00:00", "bay-02 left 08:10:00", "bay-01 entered 09:05:00", "bay-01 left 09:10:00"], outcome.Story);
        Assert.Equal((BayScenario.Time("08:10:00"), BayScenario.Time("09:00:00")), (outcome.Left.Earliest.Wall, outcome.Left.Latest.Wall));
        Assert.Equal("the bay was taken out of the configuration", Assert.Single(outcome.Left.Evidence).Detail);
        Assert.Equal(outcome.Transitions[0].VisitId, outcome.Left.VisitId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void What_is_no_snapshot_is_refused(string snapshot) => Assert.ThrowsAny<JsonException>(() => Restore(snapshot));

    [Fact]
    public void A_snapshot_that_is_damaged_in_any_place_is_refused_or_goes_on_without_what_may_be_missing()
    {
        var whole = JsonNode.Parse(WholeSnapshot())!;
        var (places, refused) = (PlacesIn(whole).ToList(), 0);
        foreach (var place in places)
        {
            foreach (var damage in (string?[])[null, "{}", "[]", "[null]", "\"x\"", "-1"])
            {
                var damaged = whole.DeepClone();
                Damage(damaged, place, damage);
                if (Problem(damaged.ToJsonString()) is JsonException)
                    refused++;
            }
        }

        Assert.InRange(places.Count, 300, int.MaxValue);
        Assert.InRange(refused, places.Count * 3, places.Count * 6);
    }

    [Theory]
    [InlineData("$.Bays[0].Former.Visit.Tags[0]")]
    [InlineData("$.Bays[0].Former.Visit.Readings.Texts[0]")]
    [InlineData("$.Bays[1].Visit.Tags[0]")]
    [InlineData("$.Bays[1].Visit.Readings.Texts[0]")]
    [InlineData("$.Bays[1].Visit.Told.Tags[0]")]
    [InlineData("$.Tags[0]")]
    [InlineData("$.Tags[0].Heard.Places[0]")]
    public void An_empty_place_in_a_list_of_a_snapshot_is_refused(string place)
    {
        var snapshot = JsonNode.Parse(WholeSnapshot())!;
        Assert.Contains(place, PlacesIn(snapshot));
        Damage(snapshot, place, null);

        Assert.IsType<JsonException>(Problem(snapshot.ToJsonString()));
    }

    // One bay that was left and another with a visit, with tags, plates, pictures and a contact.
    private static string WholeSnapshot() => Encoding.UTF8.GetString(TrackerSnapshot.Write(
        new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:10:00").PlateReads(Plate, until: "08:00:05").ContactCloses()
            .At("08:00:00.1").TagReads(Tag, "bay-02", rssiDbm: -72, until: "08:10:00")
            .At("08:10:01").ContactOpens().PictureShows(0.03, until: "08:14:00")
            .At("08:13:00").TagReads(OtherTag, "bay-02", until: "08:14:00")
            .PlateReads(OtherPlate, "bay-02", until: "08:13:05").ContactCloses("bay-02")
            .Run("08:14:00").State,
        "b"));

    private static TrackerState Restore(string snapshot)
    {
        var now = new ObservedAt(BayScenario.Time("08:14:01"), BayScenario.Time("08:14:01") - BayScenario.Time("00:00:00"));
        var fresh = TrackerState.Start(new BayLayout(Workshop.WithBays(2)), [], now);
        return TrackerSnapshot.Restore(fresh, Encoding.UTF8.GetBytes(snapshot), "b").State;
    }

    // What is taken must do for an hour.
    private static JsonException? Problem(string snapshot)
    {
        TrackerState state;
        try
        {
            state = Restore(snapshot);
        }
        catch (JsonException exception)
        {
            return exception;
        }

        var read = new TagSighting(state.Now + TimeSpan.FromSeconds(1), Workshop.Reader, 2, OtherTag, -55, 1);
        state = BayTracker.Step(state, new SightingInput(read)).State;
        Assert.NotNull(BayTracker.Explain(BayTracker.AdvanceTo(state, state.Now + TimeSpan.FromHours(1)).State, "bay-02"));
        return null;
    }

    private static IEnumerable<string> PlacesIn(JsonNode node) => node switch
    {
        JsonObject members => members.SelectMany(member => PlacesOf(member.Value, $"{node.GetPath()}.{member.Key}")),
        JsonArray items => items.SelectMany((item, index) => PlacesOf(item, $"{node.GetPath()}[{index}]")),
        _ => [],
    };

    private static IEnumerable<string> PlacesOf(JsonNode? node, string path) => node is null ? [path] : PlacesIn(node).Prepend(path);

    private static void Damage(JsonNode root, string place, string? damage)
    {
        var (node, key) = (root, (object)"");
        foreach (Match step in Regex.Matches(place, @"\.(?<name>[^.\[]+)|\[(?<index>\d+)\]"))
        {
            if (key is not "")
                node = key is int index ? node[index]! : node[(string)key]!;
            key = step.Groups["index"].Success
                ? int.Parse(step.Groups["index"].Value, CultureInfo.InvariantCulture) : step.Groups["name"].Value;
        }

        var value = damage is null ? null : JsonNode.Parse(damage);
        if (key is int last)
            node[last] = value;
        else
            node[(string)key] = value;
    }
}
