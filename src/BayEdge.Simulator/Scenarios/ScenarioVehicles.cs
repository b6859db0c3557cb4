using BayEdge.Contracts.State;
using BayEdge.Simulator.Plates;
using BayEdge.Simulator.Workshop;

namespace BayEdge.Simulator.Scenarios;

/// <summary>Invents the vehicles of one workshop, and what the workshop knows of them.</summary>
internal sealed class ScenarioVehicles(TrafficOptions options, Draws draws)
{
    private const string Digits = "0123456789";

    private readonly IReadOnlyList<PlateKind> _plateKinds = PlateNumbers.KindsOf("cn");
    private readonly List<SimulatedVehicle> _all = [];
    private readonly List<ExpectedVehicle> _expected = [];
    private readonly HashSet<string> _plates = new(StringComparer.Ordinal);
    private readonly List<SimulatedVehicle> _fleet = [];

    /// <summary>Also those that never come.</summary>
    public IReadOnlyList<SimulatedVehicle> All => _all;

    public IReadOnlyList<ExpectedVehicle> Expected => _expected;

    public SimulatedVehicle Customer() => draws.Happens(options.FleetShare) ? FleetVehicle() : Private();

    /// <summary>With a tag, for without one it would pass unseen.</summary>
    public SimulatedVehicle Passer() => Add(Plate(), [Tag()], expected: false);

    private SimulatedVehicle Private()
    {
        var tagless = draws.Happens(options.TaglessShare);
        var plateless = !tagless && draws.Happens(options.PlatelessShare);
        string[] tags = tagless ? [] : draws.Happens(options.TwoTagsShare) ? [Tag(), Tag()] : [Tag()];
        return Add(plateless ? null : Plate(), tags, draws.Happens(options.ExpectedShare));
    }

    private SimulatedVehicle FleetVehicle()
    {
        if (_fleet.Count == 0)
            BuyFleet();
        var index = draws.Below(_fleet.Count);
        var vehicle = _fleet[index];
        _fleet.RemoveAt(index);
        return vehicle;
    }

    // Bought together, registered together: the plates differ in their last places only.
    private void BuyFleet()
    {
        var first = Plate();
        for (var number = 0; number < options.FleetSize; number++)
            _fleet.Add(Add(number == 0 ? first : Sibling(first), [Tag()], expected: true));
    }

    private PlateNumber Sibling(PlateNumber plate)
    {
        while (true)
        {
            var printed = plate.Printed.ToCharArray();
            var place = plate.Kind == PlateKind.ChinaGreenLarge ? printed.Length - 2 : printed.Length - 1;
            printed[draws.Happens(0.8) ? place : place - 1] = draws.Pick(Digits.ToCharArray());
            if (_plates.Add(new string(printed)))
                return new PlateNumber(plate.Kind, new string(printed), plate.Issuer);
        }
    }

    private PlateNumber Plate()
    {
        while (true)
        {
            var plate = PlateNumbers.Random(draws.Random, draws.Pick(_plateKinds));
            if (_plates.Add(plate.Printed))
                return plate;
        }
    }

    private SimulatedVehicle Add(PlateNumber? plate, string[] tags, bool expected)
    {
        var vehicle = new SimulatedVehicle($"WO-{1001 + _all.Count}", plate, tags, draws.Below(int.MaxValue));
        _all.Add(vehicle);
        if (expected)
            _expected.Add(new ExpectedVehicle { Ref = vehicle.Ref, Plate = plate?.Text, Tags = tags });
        return vehicle;
    }

    private string Tag() => RandomTag.Of(draws.Random);
}
