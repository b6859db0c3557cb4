using BayEdge.Core.Sightings;
using BayEdge.Simulator.Scenarios;
using BayEdge.Simulator.Workshop;

namespace BayEdge.Simulator.Tests.Scenarios;

public sealed class CameraSignalsTests
{
    private static readonly Scenario Hard = Days.Of(Days.Hard with { Sources = SourceSet.Cameras, Duration = TimeSpan.FromDays(4) });
    private static readonly ILookup<string, TrueVisit> VisitsTo = Hard.Visits.ToLookup(visit => visit.Bay.Id);

    private static readonly List<(DateTimeOffset At, PlateSighting Sighting, TrueVisit? Visit)> Readings =
        [.. Hard.All<PlateSighting>().Select(reading => (reading.At, reading.Sighting, VisitAt(reading.Sighting.Zone, reading.At)))];

    private static readonly List<(DateTimeOffset At, OccupancySighting Sighting, bool IsOccupied)> Pictures =
        [.. Hard.All<OccupancySighting>().Select(picture => (picture.At, picture.Sighting, VisitAt(picture.Sighting.Zone, picture.At)?.IsParkedAt(picture.At) == true))];

    [Fact]
    public void Pictures_mostly_tell_whether_a_bay_is_occupied_and_flicker_now_and_then()
    {
        var empty = Pictures.Where(picture => VisitAt(picture.Sighting.Zone, picture.At) is null).ToList();
        var occupied = Pictures.Where(picture => picture.IsOccupied).ToList();

        Assert.InRange((double)empty.Count(picture => picture.Sighting.Occupied > 0.5) / empty.Count, 0.005, 0.1);
        Assert.InRange((double)occupied.Count(picture => picture.Sighting.Occupied < 0.5) / occupied.Count, 0.005, 0.1);
    }

    [Fact]
    public void Pictures_are_worthless_for_a_while_now_and_then()
    {
        var occupied = Pictures.Where(picture => picture.IsOccupied).GroupBy(picture => picture.Sighting.Zone);

        Assert.Contains(occupied, bay => bay.Chunk(6).Any(row => row.Count(picture => picture.Sighting.Occupied < 0.5) >= 4));
    }

    [Fact]
    public void Pictures_are_judged_more_often_while_something_moves()
    {
        var visit = Hard.Visits.First(visit => Hard.Silences.All(
            silence => silence.To < visit.EnteredAt.AddMinutes(-1) || silence.From > visit.EnteredAt.AddMinutes(2)));
        int PicturesBetween(double from, double to) => Pictures.Count(
            picture => picture.Sighting.Zone == visit.Bay.Id
                && (picture.At - visit.EnteredAt).TotalSeconds >= from
                && (picture.At - visit.EnteredAt).TotalSeconds < to);

        Assert.True(PicturesBetween(-8, 8) >= 14);
        Assert.InRange(PicturesBetween(30, 46), 2, 4);
    }

    [Fact]
    public void Most_readings_are_right_and_the_others_confuse_characters_that_look_alike()
    {
        var read = Readings.Where(reading => reading.Visit is not null).ToList();
        var wrong = read.Where(reading => reading.Sighting.Text != reading.Visit!.Vehicle.Plate!.Text).ToList();

        Assert.InRange((double)wrong.Count / read.Count, 0.02, 0.35);
        Assert.Contains(wrong, reading => reading.Sighting.Confidence > 0.95);
        Assert.Contains(
            wrong,
            reading => reading.Visit!.Vehicle.Plate!.Text.Zip(reading.Sighting.Text).Any(pair => pair is ('0', 'D') or ('8', 'B') or ('5', 'S') or ('2', 'Z')));
        Assert.All(wrong, reading => Assert.Equal(reading.Visit!.Vehicle.Plate!.Text.Length, reading.Sighting.Text.Length));
    }

    [Fact]
    public void On_a_dirty_plate_the_same_wrong_reading_prevails() => Assert.Contains(
        Readings.Where(reading => reading.Visit is not null).GroupBy(reading => reading.Visit!),
        visit => visit.Count() > 10 && visit.GroupBy(reading => reading.Sighting.Text).MaxBy(text => text.Count())!.Key != visit.Key.Vehicle.Plate!.Text);

    [Fact]
    public void No_plate_is_read_while_somebody_stands_before_it() => Assert.DoesNotContain(
        Readings, reading => reading.Visit?.ObstructionAt(reading.At) is { Hides: not HiddenSigns.Tag });

    [Fact]
    public void Some_plates_are_never_read_though_the_vehicle_has_one()
    {
        double ReadShare(double hidden)
        {
            var noise = Days.Hard.Noise with { Cameras = Days.Hard.Noise.Cameras with { HiddenPlateShare = hidden } };
            var scenario = Days.Of(Days.Hard with { Sources = SourceSet.Cameras, Noise = noise });
            var stays = scenario.Visits.Where(visit => visit.Vehicle.Plate is not null && visit.LeftAt - visit.EnteredAt > TimeSpan.FromHours(1)).ToList();
            var read = scenario.All<PlateSighting>().ToLookup(reading => reading.Sighting.Zone, reading => reading.At);
            return (double)stays.Count(visit => read[visit.Bay.Id].Any(at => visit.IsParkedAt(at))) / stays.Count;
        }

        Assert.Equal(1, ReadShare(0));
        Assert.InRange(ReadShare(0.5), 0.1, 0.9);
    }

    [Fact]
    public void The_plate_of_a_passing_vehicle_is_read_before_an_empty_bay_now_and_then() => Assert.Contains(Readings, reading => reading.Visit is null);

    private static TrueVisit? VisitAt(string bay, DateTimeOffset at) =>
        VisitsTo[bay].FirstOrDefault(visit => VehicleMotion.InViewFrom(visit) <= at && at < VehicleMotion.InViewUntil(visit));
}
