using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.TestKit;
using static BayEdge.Core.Tests.Bays.Known;

namespace BayEdge.Core.Tests.Bays;

/// <summary>A tag is not a vehicle: there may be two on one, and one may stay behind.</summary>
public sealed class TagsOfOneVehicleTests
{
    [Fact]
    public void A_vehicle_that_leaves_its_tag_behind_has_left_when_the_camera_sees_the_bay_empty()
    {
        var outcome = new BayScenario()
            .At("08:00:00").PictureShows(0.95, until: "08:59:59").TagReads(Tag, until: "10:00:00")
            .At("09:00:00").PictureShows(0.03, until: "10:00:00")
            .Run("10:00:00");

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 09:00:00"], outcome.ComingsAndGoings);
        Assert.InRange(outcome.Left.DecidedAt.Wall, BayScenario.Time("09:00:01"), BayScenario.Time("09:10:00"));
        Assert.Equal(BayOccupancy.Vacant, outcome.Bay("bay-01").State);
    }

    [Fact]
    public void A_tag_left_behind_is_not_the_next_vehicle_and_gives_it_no_name()
    {
        var outcome = new BayScenario()
            .At("08:00:00").PictureShows(0.95, until: "08:59:59").TagReads(Tag, until: "11:00:00")
            .At("09:00:00").PictureShows(0.03, until: "09:59:59")
            .At("10:00:00").PictureShows(0.95, until: "11:00:00").TagReads(OtherTag, until: "11:00:00")
            .Run("11:00:00");

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 09:00:00", "bay-01 entered 10:00:00"], outcome.ComingsAndGoings);
        Assert.Equal([OtherTag], outcome.Bay("bay-01").Vehicle!.Tags);
    }

    [Fact]
    public void A_tag_left_behind_where_only_the_reader_looks_keeps_its_visit_open()
    {
        // Nothing tells it from a vehicle, so nothing is made up.
        var outcome = new BayScenario().At("08:00:00").TagReads(Tag, everySeconds: 2, until: "12:00:00").Run("12:00:00");

        Assert.Equal(["bay-01 entered 08:00:00"], outcome.Story);
        Assert.Equal(BayOccupancy.Occupied, outcome.Bay("bay-01").State);
    }

    [Fact]
    public void Two_tags_that_come_together_are_one_vehicle()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:30:00")
            .At("08:00:01.2").TagReads(OtherTag, rssiDbm: -60, until: "08:30:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 08:30:00"], outcome.ComingsAndGoings);
        Assert.Equal([Tag, OtherTag], outcome.Left.Vehicle.Tags.Order());
    }

    [Fact]
    public void A_vehicles_second_tag_that_the_next_bay_hears_as_well_is_told_with_it()
    {
        var outcome = new BayScenario()
            .At("07:50:00").SourceComesUp()
            .At("08:00:00").TagReads(Tag, until: "08:30:00")
            .At("08:00:01.2").TagReads(OtherTag, rssiDbm: -66, until: "08:30:00")
            .At("08:00:01.3").TagReads(OtherTag, bay: "bay-02", rssiDbm: -58, until: "08:30:00")
            .Run();

        Assert.DoesNotContain(outcome.Transitions, transition => transition.Bay == "bay-02");
        Assert.Equal([Tag, OtherTag], outcome.Identified.Vehicle.Tags.Order());
    }

    [Fact]
    public void A_tag_that_falls_silent_while_the_vehicles_other_tag_is_read_does_not_end_the_visit()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "08:20:00")
            .At("08:00:01.2").TagReads(OtherTag, until: "09:30:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 09:29:59.7"], outcome.ComingsAndGoings);
    }

    [Fact]
    public void A_tag_that_falls_off_and_stays_does_not_keep_the_vehicle_when_the_camera_sees_the_bay_empty()
    {
        var outcome = new BayScenario()
            .At("08:00:00").PictureShows(0.95, until: "08:59:59").TagReads(Tag, until: "08:59:58")
            .At("08:00:01.2").TagReads(OtherTag, until: "10:00:00")
            .At("09:00:00").PictureShows(0.03, until: "10:00:00")
            .Run("10:00:00");

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 09:00:00"], outcome.ComingsAndGoings);
    }

    [Fact]
    public void A_toolbox_with_a_tag_that_is_carried_into_an_occupied_bay_is_not_the_vehicles()
    {
        var outcome = new BayScenario()
            .At("08:00:00").TagReads(Tag, until: "09:00:00")
            .At("08:20:00").TagReads(OtherTag, rssiDbm: -66, until: "08:40:00")
            .Run();

        Assert.Equal(["bay-01 entered 08:00:00", "bay-01 left 09:00:00"], outcome.Story);
        Assert.Equal([Tag], outcome.Left.Vehicle.Tags);
    }

    [Fact]
    public void A_tag_in_the_yard_that_was_there_when_the_reader_came_up_is_not_the_vehicles()
    {
        const string yardTag = "E2806894000050123456DDDD";
        var outcome = new BayScenario(Workshop.WithBays(2))
            .At("08:00:00").TagReads(Tag, until: "09:00:00")
            .At("08:00:00").TagReads(OtherTag, bay: "bay-02", until: "09:00:00")
            .At("08:00:00.5").TagReads(yardTag, rssiDbm: -72, everySeconds: 2, until: "09:00:00")
            .At("08:00:01.5").TagReads(yardTag, bay: "bay-02", rssiDbm: -72, everySeconds: 2, until: "09:00:00")
            .Run();

        Assert.Equal([Tag, OtherTag], outcome.Transitions.OfType<VehicleLeft>().SelectMany(left => left.Vehicle.Tags).Order());
    }
}
