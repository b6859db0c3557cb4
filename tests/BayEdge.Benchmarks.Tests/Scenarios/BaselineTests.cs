using BayEdge.Benchmarks.Scenarios;
using BayEdge.Core.Sightings;
using BayEdge.Simulator.Scenarios;
using BayEdge.Simulator.Workshop;

namespace BayEdge.Benchmarks.Tests.Scenarios;

public sealed class BaselineTests
{
    private static readonly Scenario Workshop = Scenario.Create(new ScenarioOptions { Bays = 2, Duration = TimeSpan.FromHours(6), Sources = SourceSet.Tags });
    private static readonly TagReads Reads = new(Workshop);
    private static readonly SimulatedVehicle Vehicle = Workshop.Vehicles.First(vehicle => vehicle.Tags.Count == 1);

    [Fact]
    public void A_fixed_timeout_ends_a_visit_with_the_last_read_and_tells_it_the_timeout_later()
    {
        var told = Assert.Single(Run(new FixedTimeout(Reads, Seconds(30)), [Read(10), Read(39), Read(60)]));

        Assert.Equal((At(10), At(10)), (told.EnteredAt, told.EnteredToldAt));
        Assert.Equal((At(60), At(90)), (told.LeftAt, told.LeftToldAt));
    }

    [Fact]
    public void A_fixed_timeout_splits_a_visit_at_a_longer_silence() =>
        Assert.Equal(2, Run(new FixedTimeout(Reads, Seconds(30)), [Read(10), Read(41)]).Count);

    [Fact]
    public void A_fixed_timeout_takes_a_cross_read_for_a_visit() =>
        Assert.Equal(["bay-01", "bay-02"], Run(new FixedTimeout(Reads, Seconds(30)), [Read(10), Read(11, bay: 1, rssi: -80)]).Select(visit => visit.Bay));

    [Fact]
    public void The_strongest_bay_wins_whatever_the_neighbour_hears()
    {
        ScenarioInput[] reads = [.. Enumerable.Range(0, 30).SelectMany(second => new[] { Read(second), Read(second + 0.5, bay: 1, rssi: -72) })];
        var told = Assert.Single(Run(new StrongestBay(Reads, Seconds(60)), reads));

        Assert.Equal("bay-01", told.Bay);
        Assert.Equal((At(0), At(29), At(89)), (told.EnteredAt, told.LeftAt, told.LeftToldAt));
        Assert.Equal(At(5), told.EnteredToldAt);
    }

    [Fact]
    public void The_strongest_bay_takes_a_vehicle_over_from_when_it_became_strong()
    {
        ScenarioInput[] reads =
        [
            .. Enumerable.Range(0, 100).SelectMany(second => new[] { Read(second), Read(second + 0.5, bay: 1, rssi: -72) }),
            .. Enumerable.Range(120, 100).SelectMany(second => new[] { Read(second, rssi: -72), Read(second + 0.5, bay: 1, rssi: -50) }),
        ];
        var told = Run(new StrongestBay(Reads, Seconds(60)), reads);

        Assert.Equal([("bay-01", At(0), At(99)), ("bay-02", At(120.5), At(219.5))], told.Select(visit => (visit.Bay, visit.EnteredAt, visit.LeftAt!.Value)));
    }

    [Fact]
    public void The_strongest_bay_ignores_a_vehicle_that_merely_passes() =>
        Assert.Empty(Run(new StrongestBay(Reads, Seconds(60)), [Read(0), Read(1), Read(2), Read(3)]));

    [Fact]
    public void The_EdgeX_rule_sees_an_arrival_in_one_read_and_a_departure_at_a_half_minute_after_ten_minutes()
    {
        var told = Assert.Single(Run(new EdgeXRule(Reads), [Read(10), Read(50)]));

        Assert.Equal((At(10), At(10)), (told.EnteredAt, told.EnteredToldAt));
        Assert.Equal((At(50), At(660)), (told.LeftAt, told.LeftToldAt));
    }

    // 6 dB half a second after the last read there, -14 dB after 3 s; the present place has a mean of -55 dBm.
    [Theory]
    [InlineData(0.5, -50, false)]
    [InlineData(0.5, -48, true)]
    [InlineData(3, -67, true)]
    [InlineData(3, -71, false)]
    public void The_EdgeX_rule_gives_the_present_place_an_advantage_that_decays(double silence, double rssiNextDoor, bool moves)
    {
        ScenarioInput[] reads = [.. Enumerable.Range(0, 20).Select(second => Read(second)), Read(19.01, bay: 1, rssi: -90), Read(19.02, bay: 1, rssi: -90)];
        ScenarioInput[] nextDoor = [.. Enumerable.Range(0, 20).Select(number => Read(19.1 + (number * 0.001), bay: 1, rssi: -90))];

        // The mean next door reaches the wanted level with the last read only.
        var last = Read(19 + silence, bay: 1, rssi: (20 * rssiNextDoor) + (19 * 90));
        Assert.Equal(moves ? 2 : 1, Run(new EdgeXRule(Reads), [.. reads, .. nextDoor, last]).Count);
    }

    [Fact]
    public void A_baseline_knows_both_tags_of_a_vehicle()
    {
        var week = Scenario.Create(new ScenarioOptions { Bays = 8, Duration = TimeSpan.FromDays(5), Sources = SourceSet.Tags });
        var twice = week.Vehicles.First(vehicle => vehicle.Tags.Count == 2);
        var reads = new TagReads(week);

        Assert.Equal(reads.VehicleOf(twice.Tags[0]), reads.VehicleOf(twice.Tags[1]));
    }

    [Fact]
    public void The_oracle_tells_the_first_and_last_read_of_each_visit()
    {
        var observer = new VisitObserver(Workshop);
        foreach (var input in Workshop.Inputs())
            observer.Take(input);
        var told = new Oracle(observer).End();

        Assert.Equal(Workshop.Visits.Count(visit => visit.Vehicle.Tags.Count > 0), told.Count);
        Assert.All(told, visit => Assert.Contains(
            Workshop.Visits,
            truth => truth.Bay.Id == visit.Bay
                && (truth.EnteredAt - visit.EnteredAt).Duration() < Seconds(60)
                && (truth.LeftAt - visit.LeftAt)?.Duration() < Seconds(1300)));
    }

    private static IReadOnlyList<DecidedVisit> Run(IContestant contestant, IEnumerable<ScenarioInput> inputs)
    {
        foreach (var input in inputs)
            contestant.Take(input);
        return contestant.End();
    }

    private static ScenarioInput Read(double seconds, int bay = 0, double rssi = -55) => new(
        At(seconds),
        new TagSighting(Workshop.Clock.At(At(seconds)), Workshop.Bays[bay].Reader, Workshop.Bays[bay].Antenna, Vehicle.Tags[0], rssi, 1),
        null);

    private static DateTimeOffset At(double seconds) => Workshop.Options.Start.AddSeconds(seconds);

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
