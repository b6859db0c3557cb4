using BayEdge.Simulator.Workshop;
using FsCheck.Xunit;

namespace BayEdge.Simulator.Tests.Workshop;

public sealed class WorkshopSignalsTests
{
    private static readonly DateTimeOffset Morning = Workshops.Morning;

    [Fact]
    public void A_tag_is_heard_only_while_its_vehicle_is_in_view()
    {
        var script = Workshops.OneVisit();
        var report = new TagSignalOptions().ReportEvery;

        var reads = Reads(script, 0, 20);

        Assert.NotEmpty(reads);
        Assert.All(reads, read => Assert.InRange(
            read.At, VehicleMotion.InViewFrom(script.Visits[0]) - report, VehicleMotion.InViewUntil(script.Visits[0]) + report));
    }

    [Property(MaxTest = 20)]
    public void No_tag_is_heard_of_a_vehicle_that_is_not_there(int seed)
    {
        var script = Workshops.ADay(seed, hours: 1);
        var slack = VehicleMotion.OutsideTime + new TagSignalOptions().ReportEvery;

        Assert.All(
            new WorkshopSignals(script, seed).Reads(script.Start, script.Start.AddHours(2)),
            read => Assert.Contains(
                script.Visits,
                visit => visit.Vehicle.Tags.Contains(read.Epc) && visit.EnteredAt - slack <= read.At && read.At <= visit.LeftAt + slack));
    }

    [Fact]
    public void A_parked_tag_is_read_about_as_often_as_the_options_say()
    {
        var reads = Reads(Workshops.OneVisit(), 2, 5).Where(read => read.Antenna == 2);

        Assert.Equal(6 * 180, reads.Sum(read => read.Count), tolerance: 108);
    }

    [Fact]
    public void The_own_antenna_hears_a_tag_louder_than_the_neighbours_by_the_loss_of_the_options()
    {
        var options = new TagSignalOptions { SensitivityDbm = -200 };
        var reads = new WorkshopSignals(Workshops.OneVisit(), 1, options).Reads(Morning.AddMinutes(2), Morning.AddMinutes(5)).ToList();

        var own = MeanDbm(reads, antenna: 2);
        Assert.Equal(13, own - MeanDbm(reads, antenna: 1), tolerance: 2.5);
        Assert.Equal(13, own - MeanDbm(reads, antenna: 3), tolerance: 2.5);
    }

    [Fact]
    public void The_neighbours_hear_a_tag_too_but_less_often()
    {
        var reads = Reads(Workshops.OneVisit(), 2, 5);

        var own = reads.Where(read => read.Antenna == 2).Sum(read => read.Count);
        var neighbour = reads.Where(read => read.Antenna == 1).Sum(read => read.Count);
        Assert.InRange(neighbour, 1, own * 0.7);
    }

    [Fact]
    public void A_person_before_the_tag_silences_it_at_its_own_antenna_and_not_at_the_neighbours()
    {
        var script = Workshops.OneVisit();
        var (before, during) = (Reads(script, 4, 5), Reads(script, 5, 6));

        Assert.True(Count(during, antenna: 2) < 0.2 * Count(before, antenna: 2));
        Assert.Equal(1, Count(during, antenna: 1) / (double)Count(before, antenna: 1), tolerance: 0.6);

        static int Count(List<TagRead> reads, int antenna) => reads.Where(read => read.Antenna == antenna).Sum(read => read.Count);
    }

    [Property(MaxTest = 30)]
    public void Reads_come_in_the_order_of_time_and_do_not_depend_on_where_the_time_is_cut(int seed)
    {
        var signals = new WorkshopSignals(Workshops.ADay(seed, hours: 0.2), seed);
        var random = new Random(seed);
        var anywhere = Enumerable.Range(0, 40).Select(_ => Morning.AddSeconds(1800 * random.NextDouble()));
        DateTimeOffset[] cuts = [.. anywhere.Append(Morning).Order()];
        var end = Morning.AddHours(1);

        var whole = signals.Reads(Morning, end).ToList();
        var pieces = cuts.Zip(cuts.Skip(1).Append(end)).SelectMany(cut => signals.Reads(cut.First, cut.Second));

        Assert.Equal(whole.OrderBy(read => read.At), whole);
        Assert.Equal(whole, pieces);
    }

    [Fact]
    public void Another_seed_gives_other_reads_of_the_same_truth() =>
        Assert.NotEqual(Reads(Workshops.OneVisit(), 0, 20, seed: 1), Reads(Workshops.OneVisit(), 0, 20, seed: 2));

    private static List<TagRead> Reads(WorkshopScript script, double fromMinute, double toMinute, int seed = 1) =>
        [.. new WorkshopSignals(script, seed).Reads(Morning.AddMinutes(fromMinute), Morning.AddMinutes(toMinute))];

    private static double MeanDbm(IEnumerable<TagRead> reads, int antenna) =>
        reads.Where(read => read.Antenna == antenna).Average(read => read.RssiDbm);
}
