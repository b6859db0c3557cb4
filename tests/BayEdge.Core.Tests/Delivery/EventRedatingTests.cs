using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Tests.Delivery;

public sealed class EventRedatingTests
{
    private const string VisitId = "bay-01-1";

    private static readonly DateTimeOffset Eight = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly ClockLedger Unset = ClockLedger.Start("boot-1").Observe(By(slowHours: 3, 10), new ClockReading(false, null)).Ledger;
    private static readonly ClockLedger Known = Unset.Observe(By(slowHours: 0, 900), new ClockReading(true, 4)).Ledger;

    [Theory]
    [InlineData(null, true)]
    [InlineData("bay-01-2", true)]
    [InlineData(VisitId, false)]
    public void A_leaving_told_by_a_wrong_clock_is_corrected_unless_the_vehicle_turned_out_to_stand_there_still(string? open, bool isCorrected)
    {
        var left = new VehicleLeft(
            "bay-01", VisitId, new Vehicle(), By(3, 700), By(3, 700), By(3, 700), By(3, 800), [], By(3, 60));

        var redating = Assert.Single(EventRedating.Of([Told(left)], open is null ? [] : [open], Known, By(0, 900)));

        Assert.Equal(isCorrected, redating.Correction is not null);
        Assert.NotNull(redating.InPlace);
    }

    private static UnsettledEvent Told(Transition transition)
    {
        var (pending, position) = (new EventComposer("sh-01", "pi-01").Compose(transition, Unset), new EventPosition(1, 2));
        return new UnsettledEvent(position, pending.Topic, pending.Compose(position), pending.Unsettled!);
    }

    /// <param name="seconds">Since the device started, at eight.</param>
    private static ObservedAt By(int slowHours, int seconds) =>
        new(Eight + TimeSpan.FromSeconds(seconds) - TimeSpan.FromHours(slowHours), TimeSpan.FromSeconds(seconds));
}
