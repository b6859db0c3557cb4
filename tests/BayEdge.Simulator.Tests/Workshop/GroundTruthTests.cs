using BayEdge.Simulator.Workshop;

namespace BayEdge.Simulator.Tests.Workshop;

public sealed class GroundTruthTests
{
    private readonly WorkshopScript _script = Workshops.ADay();

    private GroundTruth Truth => new(_script.Visits);

    [Fact]
    public void An_event_finds_the_visit_whose_time_is_nearest()
    {
        foreach (var visit in _script.Visits)
        {
            Assert.Same(visit, Truth.FindEntered(visit.Bay.Id, visit.EnteredAt.AddSeconds(10)));
            Assert.Same(visit, Truth.FindLeft(visit.Bay.Id, visit.LeftAt.AddSeconds(-10)));
        }
    }

    [Fact]
    public void A_vehicle_is_found_by_work_order_plate_or_tag()
    {
        var first = _script.Visits[0];

        Assert.Same(first, Truth.FindEntered("bay-01", first.EnteredAt, first.Vehicle.Ref));
        Assert.Same(first, Truth.FindEntered("bay-01", first.EnteredAt, first.Vehicle.Plate!.Text));
        Assert.Same(first, Truth.FindLeft("bay-01", first.LeftAt, first.Vehicle.Tags[0]));
        Assert.Null(Truth.FindEntered("bay-01", first.EnteredAt, "沪AD99999"));
        Assert.Null(Truth.FindEntered("bay-77", first.EnteredAt));
    }

    [Fact]
    public void A_vehicle_is_present_from_entering_until_leaving()
    {
        var first = _script.Visits[0];

        Assert.Null(Truth.PresentAt("bay-01", first.EnteredAt.AddTicks(-1)));
        Assert.Same(first, Truth.PresentAt("bay-01", first.EnteredAt));
        Assert.Null(Truth.PresentAt("bay-01", first.LeftAt));
    }
}
