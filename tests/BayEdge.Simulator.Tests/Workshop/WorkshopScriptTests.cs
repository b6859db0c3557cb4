using BayEdge.Simulator.Workshop;
using FsCheck.Xunit;

namespace BayEdge.Simulator.Tests.Workshop;

public sealed class WorkshopScriptTests
{
    [Property(MaxTest = 50)]
    public void No_two_vehicles_are_in_a_bay_at_once(int seed)
    {
        foreach (var visits in Workshops.ADay(seed).Visits.GroupBy(visit => visit.Bay))
            AssertApart(visits, TimeSpan.FromSeconds(40));
    }

    [Property(MaxTest = 50)]
    public void A_vehicle_is_never_in_two_bays(int seed)
    {
        foreach (var visits in Workshops.ADay(seed).Visits.GroupBy(visit => visit.Vehicle.Ref))
            AssertApart(visits, TimeSpan.FromMinutes(2));
    }

    [Property(MaxTest = 50)]
    public void Visits_come_in_the_order_of_entering_and_every_one_ends_after_it_began(int seed)
    {
        var visits = Workshops.ADay(seed).Visits;

        Assert.Equal(visits.OrderBy(visit => visit.EnteredAt), visits);
        Assert.All(visits, visit => Assert.InRange(visit.LeftAt - visit.EnteredAt, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(12)));
    }

    [Property(MaxTest = 50)]
    public void Every_vehicle_can_be_noticed_in_its_bay(int seed) =>
        Assert.All(
            Workshops.ADay(seed).Visits,
            visit => Assert.True(visit.Vehicle.Tags.Count > 0 || (visit.Vehicle.Plate is not null && visit.Bay.Camera is not null)));

    [Property(MaxTest = 50)]
    public void Technicians_stand_before_parked_cars_only_and_one_at_a_time(int seed) =>
        Assert.All(
            Workshops.ADay(seed).Visits,
            visit =>
            {
                var free = visit.EnteredAt;
                foreach (var obstruction in visit.Obstructions)
                {
                    Assert.True(free <= obstruction.From && obstruction.From <= obstruction.To);
                    Assert.Equal(1.0, VehicleMotion.ApproachAt(visit, obstruction.From));
                    Assert.Equal(1.0, VehicleMotion.ApproachAt(visit, obstruction.To));
                    free = obstruction.To;
                }
            });

    [Property(MaxTest = 50)]
    public void Every_plate_and_tag_belongs_to_one_vehicle(int seed)
    {
        var vehicles = Workshops.ADay(seed).Vehicles;

        Assert.Distinct(vehicles.Select(vehicle => vehicle.Ref));
        Assert.Distinct(vehicles.SelectMany(vehicle => vehicle.Tags));
        Assert.Distinct(vehicles.Where(vehicle => vehicle.Plate is not null).Select(vehicle => vehicle.Plate!.Text));
    }

    [Fact]
    public void Vehicles_come_with_tag_and_plate_with_tag_only_and_with_plate_only()
    {
        var vehicles = Workshops.ADay().Vehicles;

        Assert.Contains(vehicles, vehicle => vehicle is { Plate: not null, Tags.Count: > 0 });
        Assert.Contains(vehicles, vehicle => vehicle is { Plate: null, Tags.Count: > 0 });
        Assert.Contains(vehicles, vehicle => vehicle is { Plate: not null, Tags.Count: 0 });
    }

    [Fact]
    public void Some_vehicles_come_back() =>
        Assert.Contains(Workshops.ADay().Visits.GroupBy(visit => visit.Vehicle.Ref), visits => visits.Count() > 1);

    [Fact]
    public void The_first_vehicle_has_tag_and_plate_and_enters_the_first_bay_two_seconds_after_the_start()
    {
        var first = Workshops.ADay().Visits[0];

        Assert.Equal(("bay-01", Workshops.Morning.AddSeconds(2)), (first.Bay.Id, first.EnteredAt));
        Assert.True(first.Vehicle is { Plate: not null, Tags.Count: > 0 });
    }

    [Fact]
    public void The_same_seed_gives_the_same_day_and_another_seed_another()
    {
        Assert.Equal(Diary(Workshops.ADay(seed: 5)), Diary(Workshops.ADay(seed: 5)));
        Assert.NotEqual(Diary(Workshops.ADay(seed: 5)), Diary(Workshops.ADay(seed: 6)));
    }

    [Fact]
    public void Four_bays_share_a_reader_and_the_fifth_has_the_next_one()
    {
        var bays = Workshops.ADay(bays: 5, cameras: 2).Bays;

        Assert.Equal(
            ["reader-1:1", "reader-1:2", "reader-1:3", "reader-1:4", "reader-2:1"],
            bays.Select(bay => $"{bay.Reader}:{bay.Antenna}"));
        Assert.Equal(["cam-1", "cam-2", null, null, null], bays.Select(bay => bay.Camera));
    }

    [Fact]
    public void A_stay_too_short_to_drive_in_and_out_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => WorkshopScript.Generate(new WorkshopOptions { ShortestStay = TimeSpan.FromSeconds(5) }, Workshops.Morning));

    [Fact]
    public void The_camera_sees_the_car_come_stand_behind_a_person_and_go()
    {
        var script = Workshops.OneVisit();
        var bay = script.Bay("bay-02");

        Assert.Null(script.SceneAt(bay, Workshops.Morning).Car);
        Assert.Equal(VehicleMotion.LineApproach, script.SceneAt(bay, Workshops.Morning.AddMinutes(1)).Car!.Approach, tolerance: 1e-6);
        Assert.Equal((1.0, "沪AD12345"), Parked(script.SceneAt(bay, Workshops.Morning.AddMinutes(4))));
        Assert.Null(script.SceneAt(bay, Workshops.Morning.AddMinutes(4)).PersonAcross);
        Assert.Equal(0.0, script.SceneAt(bay, Workshops.Morning.AddMinutes(5.5)).PersonAcross);
        Assert.Equal(VehicleMotion.LineApproach, script.SceneAt(bay, Workshops.Morning.AddMinutes(11)).Car!.Approach, tolerance: 1e-6);
        Assert.Null(script.SceneAt(bay, Workshops.Morning.AddMinutes(12)).Car);
        Assert.Null(script.SceneAt(script.Bay("bay-01"), Workshops.Morning.AddMinutes(4)).Car);
    }

    private static (double Approach, string? Plate) Parked(Simulator.Cameras.BayScene scene) =>
        (scene.Car!.Approach, scene.Car.Plate?.Text);

    private static void AssertApart(IEnumerable<TrueVisit> visits, TimeSpan atLeast)
    {
        TrueVisit? previous = null;
        foreach (var visit in visits)
        {
            if (previous is not null)
                Assert.True(visit.EnteredAt - previous.LeftAt >= atLeast, $"{visit} follows {previous} too soon.");

            previous = visit;
        }
    }

    private static string Diary(WorkshopScript script) => string.Join(
        '\n',
        script.Visits.Select(visit =>
            $"{visit.Bay.Id} {visit.Vehicle.Plate?.Text} {string.Join(',', visit.Vehicle.Tags)} {visit.EnteredAt:O} {visit.LeftAt:O}"));
}
