using BayEdge.Contracts.Commands;
using BayEdge.Contracts.State;
using BayEdge.Core.Commands;

namespace BayEdge.Core.Tests.Commands;

public sealed class CommandRulesTests
{
    [Theory]
    [InlineData(null, "bayedge/v1/sh-01/pi-01/replies/restart")]
    [InlineData("bayedge/v1/sh-01/pi-01/replies/for-me", "bayedge/v1/sh-01/pi-01/replies/for-me")]
    [InlineData("central/answers/7", "central/answers/7")]
    [InlineData("bayedge/v1/sh-01/pi-02/commands/restart", "bayedge/v1/sh-01/pi-01/replies/restart")]
    [InlineData("bayedge/v1/sh-01/pi-01/bays/bay-01/events", "bayedge/v1/sh-01/pi-01/replies/restart")]
    [InlineData("central/+", "bayedge/v1/sh-01/pi-01/replies/restart")]
    [InlineData("$SYS/broker", "bayedge/v1/sh-01/pi-01/replies/restart")]
    [InlineData("", "bayedge/v1/sh-01/pi-01/replies/restart")]
    public void A_reply_goes_where_the_caller_wants_it_unless_others_would_take_it_for_something_else(string? asked, string expected) =>
        Assert.Equal(expected, ReplyTopic.Choose("sh-01", "pi-01", "restart", asked));

    [Fact]
    public void A_flood_of_commands_is_refused_now_and_then_and_ignored_in_between()
    {
        var rate = new CommandRate();
        var verdicts = Enumerable.Range(0, 1000).Select(number => rate.Take(TimeSpan.FromMilliseconds(10 * number))).ToList();

        Assert.Equal(RateVerdict.Refuse, verdicts.First(verdict => verdict != RateVerdict.Admit));
        Assert.InRange(verdicts.Count(verdict => verdict == RateVerdict.Admit), 20, 26);
        Assert.InRange(verdicts.Count(verdict => verdict == RateVerdict.Refuse), 1, 2);
        Assert.Equal(RateVerdict.Admit, rate.Take(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void A_vehicle_that_a_command_names_holds_before_the_sites_and_that_before_the_configurations()
    {
        var lists = new VehicleLists([Vehicle("A", "1")], [Vehicle("A", "2"), Vehicle("B", "2")], [Vehicle("B", "3"), Vehicle("C", "3")]);

        Assert.Equal(
            [(VehicleOrigin.Command, "A", "1"), (VehicleOrigin.Site, "B", "2"), (VehicleOrigin.Configuration, "C", "3")],
            lists.All().Select(listed => (listed.Origin, listed.Vehicle.Ref, listed.Vehicle.Plate)));
    }

    [Fact]
    public void Merging_adds_replaces_and_removes_and_setting_replaces_all()
    {
        var lists = new VehicleLists([Vehicle("A", "1"), Vehicle("B", "1")], [], []);

        var merged = lists.After(new VehiclesAsked(VehicleListAction.Merge, [Vehicle("B", "2"), Vehicle("C", "2")], ["A", "never there"]))!;
        var set = merged.After(new VehiclesAsked(VehicleListAction.Set, [Vehicle("D", "3"), Vehicle("D", "4")], []))!;

        Assert.Equal([("B", "2"), ("C", "2")], merged.Commanded.Select(vehicle => (vehicle.Ref, vehicle.Plate)));
        Assert.Equal([("D", "4")], set.Commanded.Select(vehicle => (vehicle.Ref, vehicle.Plate)));
    }

    [Fact]
    public void A_list_cannot_grow_without_bound()
    {
        var lists = new VehicleLists([.. Enumerable.Range(0, VehicleLists.MostCommanded).Select(number => Vehicle($"{number}", "X"))], [], []);

        Assert.Null(lists.After(new VehiclesAsked(VehicleListAction.Merge, [Vehicle("one more", "X")], [])));
        Assert.NotNull(lists.After(new VehiclesAsked(VehicleListAction.Merge, [Vehicle("one more", "X")], ["0"])));
    }

    private static ExpectedVehicle Vehicle(string reference, string plate) => new() { Ref = reference, Plate = plate };
}
