using BayEdge.Simulator.Cameras;
using BayEdge.Vision.Occupancy;

namespace BayEdge.Vision.Tests.Occupancy;

public sealed class OccupancyWatchTests : IDisposable
{
    private readonly WatchedBay _bay = new();

    public void Dispose() => _bay.Dispose();

    [Fact]
    public void A_bay_that_no_plate_has_proved_yet_is_not_judged()
    {
        _bay.Hold(20);
        _bay.DriveIn();
        _bay.Hold(20);
        _bay.DriveOut();
        _bay.Hold(20);

        Assert.Empty(_bay.Said);
    }

    [Fact]
    public void The_first_departure_that_it_sees_is_told_within_seconds()
    {
        _bay.Hold(10);
        _bay.DriveIn();
        _bay.Hold(12, plateIsSure: true);
        Assert.True(_bay.LastWord);
        _bay.DriveOut();
        _bay.Forget();

        _bay.Hold(5);

        Assert.False(_bay.LastWord);
        Assert.All(_bay.Said, said => Assert.InRange(said, 0.05, 0.2));
    }

    [Fact]
    public void With_every_visit_it_grows_surer()
    {
        _bay.Hold(10);
        _bay.Visit();
        var first = _bay.Said[^1];
        for (var visits = 0; visits < 4; visits++)
            _bay.Visit();

        Assert.InRange(_bay.Said[^1], 0, first / 2);
        Assert.Equal(5, _bay.Watch.Memory.Confirmed);
    }

    [Fact]
    public void A_vehicle_that_comes_without_a_readable_plate_is_seen_in_a_bay_that_is_known()
    {
        _bay.Hold(10);
        _bay.Visit();
        _bay.Forget();

        _bay.DriveIn(new SceneCar(1, CarEnd.Rear, Look: 40));
        _bay.Hold(5);

        Assert.True(_bay.LastWord);
    }

    [Fact]
    public void People_the_door_and_a_bonnet_make_no_vehicle_come_or_go()
    {
        _bay.Hold(10);
        _bay.Visit();
        _bay.Forget();
        _bay.PersonPasses();
        _bay.Scene = _bay.Scene with { DoorOpen = 0 };
        _bay.Hold(10);
        _bay.Scene = _bay.Scene with { Trolley = true };
        _bay.Hold(10);
        Assert.All(_bay.Said, said => Assert.InRange(said, 0, 0.2));

        _bay.DriveIn();
        _bay.Hold(12, plateIsSure: true);
        _bay.Forget();
        _bay.PersonPasses();
        _bay.Scene = _bay.Scene with { PersonAcross = 0, Car = _bay.Scene.Car! with { BonnetOpen = true } };
        _bay.Hold(30);

        Assert.All(_bay.Said, said => Assert.InRange(said, 0.8, 1));
    }

    [Theory]
    [InlineData(0.4, false)]
    [InlineData(1, true)]
    public void A_lamp_that_goes_out_and_the_cameras_night_view_change_nothing_of_what_is_known(double light, bool infrared)
    {
        _bay.Hold(10);
        _bay.Visit();
        _bay.Forget();
        var byDay = _bay.Scene;

        _bay.Scene = byDay with { Light = light, Infrared = infrared };
        _bay.Hold(15);
        Assert.False(_bay.LastWord);
        Assert.DoesNotContain(_bay.Said, said => said > 0.5);

        _bay.DriveIn();
        _bay.Hold(6);
        Assert.True(_bay.LastWord);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    public void A_slow_camera_tells_as_well_and_knows_a_lamp_from_a_vehicle(double picturesPerSecond)
    {
        using var bay = new WatchedBay(picturesPerSecond);
        bay.Hold(60);
        bay.Visit();
        bay.Hold(60);
        bay.Visit();
        bay.Hold(60);
        Assert.False(bay.LastWord);

        bay.Forget();
        bay.Scene = bay.Scene with { Light = 0.4 };
        bay.Hold(60);
        Assert.False(bay.LastWord);
        Assert.DoesNotContain(bay.Said, said => said > 0.5);

        bay.DriveIn();
        bay.Hold(60);
        Assert.True(bay.LastWord);
    }

    [Fact]
    public void The_sun_on_the_floor_is_no_vehicle()
    {
        _bay.Hold(10);
        _bay.Visit();
        _bay.Forget();

        for (var across = -1.0; across <= 1; across += 0.25)
        {
            _bay.Scene = _bay.Scene with { SunAcross = across };
            _bay.Hold(3);
        }

        Assert.DoesNotContain(_bay.Said, said => said > 0.5);
    }

    [Fact]
    public void While_a_vehicle_moves_nothing_is_called_empty()
    {
        _bay.Hold(10);
        _bay.Visit();
        _bay.Forget();

        _bay.DriveIn();

        Assert.DoesNotContain(_bay.Said, said => said < 0.5);
    }

    [Fact]
    public void A_plate_in_a_bay_that_looks_empty_shows_that_the_memory_is_wrong()
    {
        _bay.Hold(10);
        _bay.Visit();
        _bay.Hold(10);
        Assert.False(_bay.LastWord);

        _bay.Hold(6, plateIsSure: true);
        _bay.Forget();
        _bay.Hold(10);

        Assert.DoesNotContain(_bay.Said, said => said < 0.5);
    }

    [Fact]
    public void A_bonnet_and_a_person_that_hid_the_plate_are_not_taken_for_the_empty_bay()
    {
        _bay.Scene = _bay.Scene with { Car = WatchedBay.Saloon with { BonnetOpen = true }, PersonAcross = 0.1 };
        _bay.Hold(20);
        _bay.Scene = _bay.Scene with { Car = WatchedBay.Saloon, PersonAcross = null };

        _bay.Hold(20, plateIsSure: true);

        Assert.Empty(_bay.Watch.Memory.Empty);
    }

    [Fact]
    public void A_bay_that_was_occupied_when_the_camera_started_is_known_from_the_next_vehicle_on()
    {
        _bay.Scene = _bay.Scene with { Car = WatchedBay.Saloon };
        _bay.Hold(20, plateIsSure: true);
        _bay.DriveOut();
        _bay.Hold(15);

        _bay.Visit();

        Assert.False(_bay.LastWord);
    }

    [Fact]
    public void What_it_learned_holds_after_a_restart()
    {
        _bay.Hold(10);
        _bay.Visit();
        var zone = Zones.Whole;
        var kept = ZoneMemoryFile.Write(_bay.Watch.Memory, zone);
        Assert.InRange(kept.Length, 1000, 70_000);

        _bay.Watch = _bay.NewWatch(ZoneMemoryFile.Read(kept, zone));
        _bay.Forget();
        _bay.Hold(5);

        Assert.False(_bay.LastWord);
    }
}
