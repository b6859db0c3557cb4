using BayEdge.Benchmarks.Scenarios;
using BayEdge.Contracts.Events;
using BayEdge.Simulator.Plates;
using BayEdge.Simulator.Workshop;

namespace BayEdge.Benchmarks.Tests.Scenarios;

public sealed class VisitScoringTests
{
    private static readonly DateTimeOffset Opening = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly SimulatedVehicle Mine = NewVehicle(1, "沪A12345");
    private static readonly SimulatedVehicle Other = NewVehicle(2, "沪A12346");

    [Fact]
    public void A_visit_told_in_time_with_its_vehicle_is_right()
    {
        var score = Score([Visit(0, 60)], [Told(0, 60)]);

        Assert.Equal(1, score.Of(VisitVerdict.Right));
        Assert.Equal(0, score.Phantoms);
    }

    [Theory]
    [InlineData(30, 30, VisitVerdict.Right)]
    [InlineData(31, 0, VisitVerdict.Mistimed)]
    [InlineData(-31, 0, VisitVerdict.Mistimed)]
    [InlineData(0, 31, VisitVerdict.Mistimed)]
    [InlineData(0, -31, VisitVerdict.Mistimed)]
    public void Either_end_may_be_thirty_seconds_off(int enteredOff, int leftOff, object verdict)
    {
        var told = new DecidedVisit("bay-01", Named(Mine), At(0).AddSeconds(enteredOff), At(1));
        told.Leave(At(60).AddSeconds(leftOff), At(62));

        Assert.Equal(1, Score([Visit(0, 60)], [told]).Of((VisitVerdict)verdict));
    }

    [Fact]
    public void A_visit_that_was_never_closed_is_mistimed() =>
        Assert.Equal(1, Score([Visit(0, 60)], [new DecidedVisit("bay-01", Named(Mine), At(0), At(1))]).Of(VisitVerdict.Mistimed));

    [Fact]
    public void A_visit_of_which_nothing_was_told_is_missed() => Assert.Equal(1, Score([Visit(0, 60)], []).Of(VisitVerdict.Missed));

    [Fact]
    public void A_visit_told_in_two_parts_is_split() => Assert.Equal(1, Score([Visit(0, 60)], [Told(0, 30), Told(32, 60)]).Of(VisitVerdict.Split));

    [Fact]
    public void Two_visits_told_as_one_are_both_merged()
    {
        var score = Score([Visit(0, 30), Visit(32, 60)], [Told(0, 60)]);

        Assert.Equal(2, score.Of(VisitVerdict.Merged));
        Assert.Equal(0, score.Phantoms);
    }

    [Fact]
    public void A_told_visit_that_runs_on_over_another_that_was_told_too_is_mistimed_and_the_other_right()
    {
        var score = Score([Visit(0, 30), Visit(40, 60, Other)], [Told(0, 60), Told(40, 60, Other)]);

        Assert.Equal(1, score.Of(VisitVerdict.Mistimed));
        Assert.Equal(1, score.Of(VisitVerdict.Right));
    }

    [Fact]
    public void A_visit_in_an_empty_bay_is_a_phantom() => Assert.Equal(1, Score([Visit(0, 10)], [Told(0, 10), Told(30, 40)]).Phantoms);

    [Fact]
    public void A_visit_in_a_bay_that_never_had_one_is_a_phantom() =>
        Assert.Equal(1, Score([Visit(0, 10)], [Told(0, 10), Told(0, 10, bay: "bay-02")]).Phantoms);

    [Fact]
    public void A_visit_with_the_name_of_the_vehicle_next_door_is_the_wrong_vehicle()
    {
        var score = Score([Visit(0, 60)], [Told(0, 60, Other)]);

        Assert.Equal(1, score.Of(VisitVerdict.WrongVehicle));
        Assert.Equal(0, score.Phantoms);
    }

    [Fact]
    public void The_vehicle_next_door_told_beside_the_right_one_is_a_phantom()
    {
        var score = Score([Visit(0, 60)], [Told(0, 60), Told(5, 60, Other)]);

        Assert.Equal(1, score.Of(VisitVerdict.Right));
        Assert.Equal(1, score.Phantoms);
    }

    [Fact]
    public void Of_several_wrong_vehicles_one_is_the_visit_and_the_others_are_phantoms()
    {
        var score = Score([Visit(0, 60)], [Told(0, 10, Other), Told(10, 60, Other)]);

        Assert.Equal(1, score.Of(VisitVerdict.WrongVehicle));
        Assert.Equal(1, score.Phantoms);
    }

    [Fact]
    public void A_visit_without_a_name_is_right_only_where_nothing_could_be_read()
    {
        DecidedVisit[] told = [Told(0, 60, new Vehicle())];

        Assert.Equal(1, Score([Visit(0, 60) with { CanBeNamed = false }], told).Of(VisitVerdict.Right));
        Assert.Equal(1, Score([Visit(0, 60)], told).Of(VisitVerdict.Unnamed));
    }

    [Fact]
    public void A_misread_plate_alone_is_the_wrong_vehicle() =>
        Assert.Equal(1, Score([Visit(0, 60)], [Told(0, 60, new Vehicle { Plate = "沪A1234S" })]).Of(VisitVerdict.WrongVehicle));

    [Fact]
    public void A_misread_plate_beside_the_vehicles_own_tag_is_a_wrong_plate_of_the_right_vehicle()
    {
        var score = Score([Visit(0, 60)], [Told(0, 60, new Vehicle { Plate = "沪A1234S", Tags = Mine.Tags })]);

        Assert.Equal(1, score.Of(VisitVerdict.Right));
        Assert.Equal(1, score.WrongPlates);
    }

    [Fact]
    public void The_plate_of_another_vehicle_beside_the_own_tag_is_the_wrong_vehicle() =>
        Assert.Equal(
            1, Score([Visit(0, 60)], [Told(0, 60, new Vehicle { Plate = Other.Plate!.Text, Tags = Mine.Tags })]).Of(VisitVerdict.WrongVehicle));

    [Fact]
    public void A_reference_outweighs_every_other_name() =>
        Assert.Equal(1, Score([Visit(0, 60)], [Told(0, 60, new Vehicle { Ref = Mine.Ref, Tags = Other.Tags })]).Of(VisitVerdict.Right));

    [Fact]
    public void A_vehicle_identified_late_counts_as_it_was_called_last()
    {
        var told = Told(0, 60, Other);
        told.Identify(Named(Mine));

        Assert.Equal(1, Score([Visit(0, 60)], [told]).Of(VisitVerdict.Right));
    }

    [Fact]
    public void A_retracted_visit_is_no_phantom_but_its_departure_was_corrected()
    {
        var told = Told(0, 10);
        told.Retract();
        var score = Score([], [told]);

        Assert.Equal((0, 1, 1, 1), (score.Phantoms, score.Retracted, score.Departures, score.CorrectedDepartures));
    }

    [Fact]
    public void A_departure_taken_back_and_told_anew_counts_as_told_last_and_as_corrected()
    {
        var told = Told(0, 20);
        told.Reopen();
        told.Leave(At(60), At(65));
        var score = Score([Visit(0, 60)], [told]);

        Assert.Equal(1, score.Of(VisitVerdict.Right));
        Assert.Equal((1, 1), (score.Departures, score.CorrectedDepartures));
        Assert.Equal(300, Assert.Single(score.LeftDelays), 0.001);
    }

    [Fact]
    public void An_entering_corrected_later_is_as_late_as_its_correction()
    {
        var told = Told(5, 60);
        told.CorrectEntering(At(0), At(8));
        var score = Score([Visit(0, 60)], [told]);

        Assert.Equal(0, Assert.Single(score.EnteredErrors), 0.001);
        Assert.Equal(480, Assert.Single(score.EnteredDelays), 0.001);
    }

    [Fact]
    public void Visits_with_an_end_that_nobody_could_see_are_counted_apart_as_well()
    {
        var score = Score([Visit(0, 60) with { WasBlind = true }, Visit(70, 80)], [Told(0, 60), Told(70, 80)]);

        Assert.Equal((2, 1, 1), (score.Visits, score.BlindVisits, score.BlindVisitsRight));
    }

    [Fact]
    public void Percentiles_are_figures_that_occurred()
    {
        List<double> figures = [5, 1, 4, 2, 3];

        Assert.Equal(3, ScenarioScore.Percentile(figures, 0.5));
        Assert.Equal(5, ScenarioScore.Percentile(figures, 0.95));
        Assert.Equal(0, ScenarioScore.Percentile([], 0.5));
    }

    private static ScenarioScore Score(ScoredVisit[] visits, DecidedVisit[] told) => new VisitScoring([Mine, Other], visits).Score(told, At(24 * 60));

    private static ScoredVisit Visit(double entered, double left, SimulatedVehicle? vehicle = null) => new("bay-01", vehicle ?? Mine, At(entered), At(left));

    private static DecidedVisit Told(double entered, double left, SimulatedVehicle? vehicle = null, string bay = "bay-01") =>
        Told(entered, left, Named(vehicle ?? Mine), bay);

    private static DecidedVisit Told(double entered, double left, Vehicle vehicle, string bay = "bay-01")
    {
        var told = new DecidedVisit(bay, vehicle, At(entered), At(entered + 0.1));
        told.Leave(At(left), At(left + 1));
        return told;
    }

    private static Vehicle Named(SimulatedVehicle vehicle) => new() { Tags = vehicle.Tags };

    private static SimulatedVehicle NewVehicle(int number, string plate) =>
        new($"WO-{number}", new PlateNumber(PlateKind.ChinaBlue, plate), [$"E28068940000{number:X4}"], 0);

    private static DateTimeOffset At(double minutes) => Opening.AddMinutes(minutes);
}
