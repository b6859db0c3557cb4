using BayEdge.Contracts.Events;
using BayEdge.Core.Commissioning;
using BayEdge.Core.Commissioning.Walk;
using static BayEdge.Core.Tests.Bays.Known;

namespace BayEdge.Core.Tests.Commissioning.Walk;

public sealed class WalkTestTests
{
    [Fact]
    public void A_vehicle_that_comes_is_recognised_confirmed_and_leaves_verifies_the_bay()
    {
        var run = new WalkRun(WalkRun.Plan(Plate, Tag)).Stands(60, Tag, Plate).DrivesOff().Empty(400);

        Assert.All(WalkTest.Items(run.State), item => Assert.Equal(StepState.Ok, item.State));
        Assert.Matches("^Ok: arrival told .* s after it happened, by tag and plate as one visit$", run.Says(WalkResult.Arrive));
        Assert.Equal($"Ok: {Plate} + {Tag}, as typed", run.Says(WalkResult.Identity));
        Assert.Equal("Ok: silent", run.Says(WalkResult.Neighbours));
        Assert.Equal("Ok: confirmed by the central system within 500 ms", run.Says(WalkResult.Central));
        Assert.Matches("^Ok: departure dated .* beside your tap, told .* after it happened; the vehicle stayed", run.Says(WalkResult.Leave));
        Assert.NotNull(run.State.EndedAt);
        Assert.Equal(StepState.Ok, WalkTest.Result(run.State).State);
    }

    [Fact]
    public void Before_anything_happens_the_test_says_what_to_do()
    {
        var run = new WalkRun(WalkRun.Plan(Plate));

        Assert.Equal("Running: drive the vehicle into bay-01", run.Says(WalkResult.Arrive));
        Assert.Equal(StepState.Unknown, run.Item(WalkResult.Identity).State);
        Assert.Equal(StepState.Unknown, run.Item(WalkResult.Leave).State);
    }

    [Fact]
    public void A_vehicle_that_nothing_notices_fails_the_arrival_and_says_what_to_check()
    {
        var run = new WalkRun(WalkRun.Plan(Plate)).Empty(301);

        Assert.Equal("Failed: nothing was noticed in bay-01 within 5 min: check that its reader and camera are up and look at the bay", run.Says(WalkResult.Arrive));
        Assert.Equal("Failed: not tried", run.Says(WalkResult.Leave));
        Assert.NotNull(run.State.EndedAt);
    }

    [Fact]
    public void A_vehicle_that_only_another_bay_notices_points_at_the_antenna()
    {
        var run = new WalkRun(WalkRun.Plan(tag: Tag)).SeesInOtherBay(301, Tag);

        Assert.Equal("Failed: the vehicle was noticed in bay-02, not in bay-01: an antenna or a zone is given to the wrong bay", run.Says(WalkResult.Arrive));
        Assert.Equal("Failed: bay-02 told the same vehicle as well: lower the power there, or check which antenna looks where", run.Says(WalkResult.Neighbours));
    }

    [Fact]
    public void Another_plate_than_the_typed_one_fails_the_identity_with_both()
    {
        var run = new WalkRun(WalkRun.Plan(OtherPlate)).Stands(60, plate: Plate);

        Assert.StartsWith($"Failed: read {Plate}, but {OtherPlate} was typed", run.Says(WalkResult.Identity), StringComparison.Ordinal);
    }

    [Fact]
    public void A_plate_that_is_never_read_beside_a_tag_that_is_leaves_a_warning()
    {
        var run = new WalkRun(WalkRun.Plan(Plate, Tag)).Stands(90, Tag);

        Assert.Equal($"Warning: {Tag} as typed; {Plate} was not recognised within 60 s", run.Says(WalkResult.Identity));
        Assert.StartsWith("Ok: arrival told ", run.Says(WalkResult.Arrive), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_tag_than_the_typed_one_fails_the_identity()
    {
        var run = new WalkRun(WalkRun.Plan(tag: OtherTag)).Stands(90, Tag);

        Assert.StartsWith($"Failed: heard tag {Tag}, but {OtherTag} was typed", run.Says(WalkResult.Identity), StringComparison.Ordinal);
    }

    [Fact]
    public void A_neighbouring_bay_that_hears_the_tag_weakly_is_silent_with_both_figures()
    {
        var run = new WalkRun(WalkRun.Plan(tag: Tag)).Stands(60, Tag, dbm: -48, otherDbm: -70);

        Assert.Equal("Ok: silent; bay-01 hears the tag at -48 dBm, bay-02 at -70 dBm at most", run.Says(WalkResult.Neighbours));
    }

    [Fact]
    public void A_neighbouring_bay_that_hears_it_nearly_as_strongly_is_warned_of()
    {
        var run = new WalkRun(WalkRun.Plan(tag: Tag)).Stands(120, Tag, dbm: -48, otherDbm: -52);

        Assert.StartsWith("Warning: silent, but bay-02 hears the tag at -52 dBm", run.Says(WalkResult.Neighbours), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stranger_in_the_next_bay_spoils_the_proof_but_does_not_fail_it()
    {
        var run = new WalkRun(WalkRun.Plan(tag: Tag)).Stands(30, Tag).SeesInOtherBay(60, OtherTag);

        Assert.Equal("Warning: another vehicle came to bay-02 meanwhile; repeat the test when the bays are quiet", run.Says(WalkResult.Neighbours));
    }

    [Fact]
    public void An_arrival_that_nobody_acknowledges_fails_though_the_broker_is_there()
    {
        var run = new WalkRun(WalkRun.Plan(tag: Tag), centralConfirms: false).Stands(60, Tag);

        Assert.StartsWith("Failed: not confirmed within 30 s though the broker can be reached", run.Says(WalkResult.Central), StringComparison.Ordinal);
    }

    [Fact]
    public void An_arrival_without_broker_fails_with_that_reason()
    {
        var run = new WalkRun(WalkRun.Plan(tag: Tag)).Link(isUp: false).Stands(60, Tag);

        Assert.Equal("Failed: not confirmed within 30 s: the broker cannot be reached", run.Says(WalkResult.Central));
    }

    [Fact]
    public void A_device_without_central_system_is_warned_of()
    {
        var run = new WalkRun(WalkRun.Plan(tag: Tag) with { HasCentral = false }).Stands(60, Tag);

        Assert.Equal(StepState.Warning, run.Item(WalkResult.Central).State);
    }

    [Fact]
    public void A_vehicle_that_stays_audible_does_not_leave_and_the_sentence_says_so()
    {
        var run = new WalkRun(WalkRun.Plan(tag: Tag)).Stands(60, Tag).DrivesOff().Stands(301, Tag);

        Assert.StartsWith("Failed: no departure within 5 min: the vehicle was noticed 0", run.Says(WalkResult.Leave), StringComparison.Ordinal);
        Assert.Equal(StepState.Failed, WalkTest.Result(run.State).State);
    }

    [Fact]
    public void What_waited_while_the_network_was_cut_arrives_in_its_order()
    {
        var run = new WalkRun(WalkRun.Plan(tag: Tag) with { WithCut = true }).Stands(60, Tag).Link(isUp: false).DrivesOff().Empty(200);
        Assert.Matches("^Running: cut for .*; 1 events wait$", run.Says(WalkResult.Cut));

        run.Link(isUp: true).Empty(10);
        Assert.Matches("^Ok: after .* without network 1 events arrived in their order within 0.5 s$", run.Says(WalkResult.Cut));
    }

    [Fact]
    public void A_cut_in_which_nothing_happened_proves_nothing()
    {
        var run = new WalkRun(WalkRun.Plan(tag: Tag) with { WithCut = true }).Stands(60, Tag).Link(isUp: false).Stands(30, Tag).Link(isUp: true).Stands(5, Tag);

        Assert.StartsWith("Warning: the network was away for 30 s and came back, but nothing had to wait", run.Says(WalkResult.Cut), StringComparison.Ordinal);
    }

    [Fact]
    public void Events_that_arrive_out_of_their_order_fail_the_cut()
    {
        var run = new WalkRun(WalkRun.Plan(tag: Tag) with { WithCut = true }, centralConfirms: false).Stands(60, Tag).Link(isUp: false).Empty(200).Link(isUp: true);
        run.Tell(new WalkConfirmed(run.Now, [
            new ConfirmedEvent(new EventPosition(1, 2), "v", EventTypes.VehicleLeft), new ConfirmedEvent(new EventPosition(1, 1), "v", EventTypes.VehicleEntered)]));

        Assert.Equal("Failed: event 2 arrived before event 1", run.Says(WalkResult.Cut));
    }

    [Fact]
    public void A_stopped_test_leaves_nothing_open()
    {
        var run = new WalkRun(WalkRun.Plan(tag: Tag)).Stands(30, Tag).Stop();

        Assert.DoesNotContain(WalkTest.Items(run.State), item => item.State is StepState.Unknown or StepState.Running);
        Assert.Equal("Failed: not tried", run.Says(WalkResult.Leave));
    }

    [Fact]
    public void A_vehicle_that_never_drives_off_ends_the_test_at_its_limit()
    {
        var run = new WalkRun(WalkRun.Plan(tag: Tag)).Stands(1801, Tag);

        Assert.NotNull(run.State.EndedAt);
        Assert.Equal("Failed: not tried", run.Says(WalkResult.Leave));
    }
}
