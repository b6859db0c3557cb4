using BayEdge.Simulator.Scenarios;
using BayEdge.Simulator.Workshop;

namespace BayEdge.Simulator.Tests.Scenarios;

public sealed class ScenarioTruthTests
{
    private static readonly Scenario Week = Days.Of(Days.Hard with { Bays = 8, Duration = TimeSpan.FromDays(7) });

    [Fact]
    public void No_two_vehicles_are_in_a_bay()
    {
        foreach (var bay in Week.Visits.GroupBy(visit => visit.Bay.Id))
            AssertApart(bay, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void No_vehicle_is_in_two_bays()
    {
        foreach (var vehicle in Week.Visits.GroupBy(visit => visit.Vehicle.Ref))
            AssertApart(vehicle, new TrafficOptions().ShortestMove);
    }

    [Fact]
    public void Stays_last_from_five_minutes_to_three_days_and_end_before_the_scenario()
    {
        var stays = Week.Visits.Select(visit => visit.LeftAt - visit.EnteredAt).ToList();

        Assert.All(stays, stay => Assert.InRange(stay, TimeSpan.FromMinutes(5), TimeSpan.FromDays(3)));
        Assert.Contains(stays, stay => stay < TimeSpan.FromMinutes(10));
        Assert.Contains(stays, stay => stay > TimeSpan.FromDays(1));
        Assert.All(Week.Visits, visit => Assert.True(visit.LeftAt <= Week.End - TimeSpan.FromHours(1)));
    }

    [Fact]
    public void Every_kind_of_vehicle_comes()
    {
        var vehicles = Week.Visits.Select(visit => visit.Vehicle).Distinct().ToList();

        Assert.Contains(vehicles, vehicle => vehicle.Tags.Count == 0);
        Assert.Contains(vehicles, vehicle => vehicle.Tags.Count == 2);
        Assert.Contains(vehicles, vehicle => vehicle.Plate is null);
        Assert.Contains(vehicles, vehicle => Week.Configuration.Vehicles.All(expected => expected.Ref != vehicle.Ref));
        Assert.All(vehicles, vehicle => Assert.True(vehicle.Tags.Count > 0 || vehicle.Plate is not null));
    }

    [Fact]
    public void Vehicles_move_from_bay_to_bay_and_come_again()
    {
        var changes = Week.Visits.GroupBy(visit => visit.Vehicle)
            .SelectMany(vehicle => vehicle.Zip(vehicle.Skip(1), (before, after) => (IsMove: before.Bay != after.Bay, Away: after.EnteredAt - before.LeftAt)))
            .ToList();

        Assert.Contains(changes, change => change.IsMove && change.Away < TimeSpan.FromMinutes(5));
        Assert.Contains(changes, change => change.Away > TimeSpan.FromHours(1));
    }

    [Fact]
    public void The_expected_vehicles_include_fleets_whose_plates_differ_in_one_character()
    {
        var plates = Week.Configuration.Vehicles.Where(vehicle => vehicle.Plate is not null).Select(vehicle => vehicle.Plate!).ToList();

        Assert.Equal(plates.Count, plates.Distinct().Count());
        Assert.Contains(plates, plate => plates.Count(other => other.Length == plate.Length && Differences(plate, other) == 1) >= 3);
    }

    [Fact]
    public void Somebody_stands_before_vehicles_for_seconds_and_for_many_minutes()
    {
        var shadows = Week.Visits.SelectMany(visit => visit.Obstructions).ToList();

        Assert.Contains(shadows, shadow => shadow.To - shadow.From < TimeSpan.FromSeconds(5));
        Assert.Contains(shadows, shadow => shadow.To - shadow.From > TimeSpan.FromMinutes(10));
        Assert.All(shadows, shadow => Assert.InRange(shadow.To - shadow.From, TimeSpan.Zero, TimeSpan.FromMinutes(20) + TimeSpan.FromSeconds(10)));
        Assert.All(Enum.GetValues<HiddenSigns>(), hidden => Assert.Contains(shadows, shadow => shadow.Hides == hidden));
    }

    [Fact]
    public void Obstructions_of_a_visit_are_in_order_and_within_it() => Assert.All(Week.Visits, visit =>
    {
        AssertInOrder(visit.Obstructions);
        Assert.All(visit.Obstructions, shadow => Assert.True(shadow.From > visit.EnteredAt && shadow.To <= VehicleMotion.InViewUntil(visit)));
    });

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void A_workshop_has_one_to_eight_bays(int bays) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Scenario.Create(new ScenarioOptions { Bays = bays }));

    private static void AssertApart(IEnumerable<TrueVisit> visits, TimeSpan least)
    {
        var ordered = visits.OrderBy(visit => visit.EnteredAt).ToList();
        Assert.All(ordered.Zip(ordered.Skip(1)), pair => Assert.True(pair.Second.EnteredAt - pair.First.LeftAt >= least));
    }

    private static void AssertInOrder(IReadOnlyList<Obstruction> shadows) =>
        Assert.All(shadows.Zip(shadows.Skip(1)), pair => Assert.True(pair.First.To <= pair.Second.From));

    private static int Differences(string a, string b) => a.Zip(b).Count(pair => pair.First != pair.Second);
}
