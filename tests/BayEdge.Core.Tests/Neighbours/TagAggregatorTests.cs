using System.Globalization;
using System.Text.Json;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.Neighbours;
using BayEdge.Core.Bays;
using BayEdge.Core.Neighbours;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.TestKit;
using static BayEdge.Core.Tests.Bays.Known;

namespace BayEdge.Core.Tests.Neighbours;

public sealed class TagAggregatorTests
{
    private static readonly HashSet<(string Bay, string Tag)> Nobody = [];

    private readonly TagAggregator _heard = new(new BayLayout(Workshop.WithBays(2)), NeighbourOptions.Default, At(100));

    [Fact]
    public void A_second_tells_each_tag_in_each_bay_with_its_reads_and_their_strength()
    {
        Read(100.1, Tag, -60, count: 3);
        Read(100.9, Tag, -54, count: 1);
        Read(100.5, Tag, -70, bay: 2);
        Read(100.5, OtherTag, null, bay: 2);

        var second = Take(101.6)!;

        Assert.Equal((100, At(101)), (second.Number, second.End));
        Assert.Equal(
            [
                new NeighbourTag { Bay = "bay-01", Tag = Tag, Reads = 4, StrongestRssiDbm = -54, MeanRssiDbm = -58.5 },
                new NeighbourTag { Bay = "bay-02", Tag = Tag, Reads = 1, StrongestRssiDbm = -70, MeanRssiDbm = -70 },
                new NeighbourTag { Bay = "bay-02", Tag = OtherTag, Reads = 1 },
            ],
            second.Tags);
    }

    [Fact]
    public void A_tag_whose_vehicle_is_in_a_visit_is_said_to_be_visiting_in_that_bay_only()
    {
        Read(100.1, Tag, -50);
        Read(100.1, Tag, -60, bay: 2);

        var second = _heard.Take(At(101.6), new HashSet<(string, string)> { ("bay-02", Tag) })!;

        Assert.Equal([("bay-02", true), ("bay-01", false)], second.Tags.Select(tag => (tag.Bay, tag.Visiting)));
    }

    [Fact]
    public void The_tag_of_a_visit_is_told_however_many_others_are_heard_more_strongly()
    {
        Read(100.1, OtherTag, -80);
        for (var other = 0; other < NeighbourReport.MostTags; other++)
            Read(100.2, $"E280{other:X4}", -50);

        var second = _heard.Take(At(101.6), new HashSet<(string, string)> { ("bay-01", OtherTag) })!;

        Assert.Equal((OtherTag, true, NeighbourReport.MostTags), (second.Tags[0].Tag, second.Tags[0].Visiting, second.Tags.Length));
    }

    [Fact]
    public void The_tag_of_a_visit_that_is_not_heard_is_named_as_often_as_a_sign_of_life()
    {
        var visiting = new HashSet<(string, string)> { ("bay-02", Tag), ("bay-01", OtherTag) };
        var silent = new NeighbourTag { Bay = "bay-02", Tag = Tag, Reads = 0, Visiting = true };
        Read(100.1, OtherTag, -50);
        Read(101.1, OtherTag, -50);

        Assert.Equal([OtherTag, Tag], _heard.Take(At(101.6), visiting)!.Tags.Select(tag => tag.Tag));
        Assert.Equal([OtherTag], _heard.Take(At(102.6), visiting)!.Tags.Select(tag => tag.Tag));
        Assert.Equal(silent, _heard.Take(At(107.7), visiting)!.Tags.Single(tag => tag.Tag == Tag));
    }

    [Fact]
    public void A_second_waits_half_a_second_for_reads_that_are_reported_late()
    {
        Read(100.1, Tag);

        Assert.Null(Take(101.4));
        Read(100.8, Tag);

        Assert.Equal(2, Assert.Single(Take(101.5)!.Tags).Reads);
    }

    [Fact]
    public void A_read_that_comes_after_its_second_was_told_counts_for_the_next()
    {
        Read(100.1, Tag);
        Assert.NotNull(Take(101.5));

        Read(100.7, Tag);

        Assert.Equal((101, 1), Tell(Take(102.5)));
    }

    [Fact]
    public void A_read_of_long_ago_says_nothing_of_now()
    {
        Assert.Null(Take(110.4)?.Tags.FirstOrDefault());

        Read(105, Tag);

        Assert.Null(Take(111.6));
    }

    [Fact]
    public void A_second_that_nobody_could_be_told_in_time_is_dropped()
    {
        Read(100.1, Tag);
        Read(104.9, OtherTag);

        Assert.Equal(OtherTag, Assert.Single(Take(106)!.Tags).Tag);
        Assert.Null(Take(106));
    }

    [Fact]
    public void Seconds_without_reads_are_silent_but_for_a_sign_of_life_every_five_seconds()
    {
        var told = Enumerable.Range(0, 80).Select(quarter => Take(101 + (quarter / 4.0))).OfType<TagSecond>().ToList();

        Assert.Equal([100L, 105, 110, 115], told.Select(second => second.Number));
        Assert.All(told, second => Assert.Empty(second.Tags));
    }

    [Fact]
    public void A_device_that_tells_of_reads_need_not_say_besides_that_it_lives()
    {
        var told = new List<TagSecond?>();
        for (var quarter = 0; quarter < 80; quarter++)
        {
            Read(100 + (quarter / 4.0), Tag);
            told.Add(Take(100 + (quarter / 4.0)));
        }

        Assert.Equal(Enumerable.Range(100, 19).Select(second => (long)second), told.OfType<TagSecond>().Select(second => second.Number));
        Assert.All(told.OfType<TagSecond>(), second => Assert.NotEmpty(second.Tags));
    }

    [Fact]
    public void Reads_of_a_clock_that_is_far_ahead_do_not_pile_up()
    {
        Read(110.9, Tag);
        Read(111, OtherTag);

        Assert.Equal(Tag, Assert.Single(Take(111.5)!.Tags).Tag);
        Assert.Empty(Take(117)!.Tags);
    }

    [Fact]
    public void Of_more_tags_than_fit_the_strongest_are_told()
    {
        for (var number = 0; number < 200; number++)
            Read(100.5, Identity(number), -80 + (number % 100 / 10.0), bay: 1 + (number / 100));

        var second = Take(101.6)!;

        Assert.Equal(NeighbourReport.MostTags, second.Tags.Length);
        Assert.Equal(Enumerable.Range(0, 64).Select(rank => (double?)Math.Round(-70.1 - (rank / 2 / 10.0), 1)), second.Tags.Select(tag => tag.StrongestRssiDbm));
    }

    [Fact]
    public void The_largest_report_fits_into_a_message()
    {
        var configuration = Workshop.WithBays(1);
        var bay = new string('b', 64);
        var layout = new BayLayout(configuration with
        {
            Bays = [new(bay, bay)],
            Readers = [configuration.Readers[0] with { Antennas = [new(1, bay)] }],
            Cameras = [],
            Presence = [],
        });
        var heard = new TagAggregator(layout, NeighbourOptions.Default, At(100));
        var visiting = new HashSet<(string, string)>();
        for (var number = 0; number < 100; number++)
        {
            var tag = Identity(number).PadRight(NeighbourReport.MostTagDigits, 'F');
            heard.Add(new TagSighting(At(100.5), Workshop.Reader, 1, tag, -77.7, int.MaxValue / 100));
            visiting.Add((bay, tag));
        }

        var report = heard.Take(At(101.6), visiting)!.Report(new string('d', 64), Guid.Empty.ToString(), At(101.6), NeighbourOptions.Default)!;
        var json = JsonSerializer.SerializeToUtf8Bytes(report, ContractsJson.Wire.NeighbourReport);

        Assert.InRange(json.Length, 10_000, NeighbourReport.MaximumBytes);
        ContractSchemas.AssertValid("bayedge/v1/sh-01/neighbours", json);
    }

    [Theory]
    [InlineData("")]
    [InlineData("E28")]
    [InlineData("e28068940000501234567890")]
    public void What_is_no_tags_identity_is_not_told(string tag)
    {
        Read(100.5, tag);
        Read(100.5, new string('F', NeighbourReport.MostTagDigits + 2));

        Assert.Empty(Take(101.6)!.Tags);
    }

    [Fact]
    public void An_antenna_that_looks_at_no_bay_and_a_strength_that_no_reader_hears_are_not_told()
    {
        Read(100.5, Tag, bay: 7);
        Read(100.5, OtherTag, double.NaN);

        var tag = Assert.Single(Take(101.6)!.Tags);

        Assert.Equal((OtherTag, null, null), (tag.Tag, tag.StrongestRssiDbm, tag.MeanRssiDbm));
    }

    [Fact]
    public void A_report_that_waited_says_for_how_long_and_is_not_sent_when_it_waited_too_long()
    {
        Read(100.5, Tag);
        var second = Take(101.6)!;

        Assert.Equal(1900, second.Report("pi-01", "boot-1", At(102.9), NeighbourOptions.Default)!.AgeMs);
        Assert.Null(second.Report("pi-01", "boot-1", At(103.1), NeighbourOptions.Default));
    }

    private static ObservedAt At(double seconds) => new(BayScenario.Time("08:00:00") + TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds));

    private static string Identity(int number) => number.ToString("X24", CultureInfo.InvariantCulture);

    private static (long, int) Tell(TagSecond? second) => (second!.Number, Assert.Single(second.Tags).Reads);

    private void Read(double at, string tag, double? rssiDbm = -55, int bay = 1, int count = 1) =>
        _heard.Add(new TagSighting(At(at), Workshop.Reader, bay, tag, rssiDbm, count));

    private TagSecond? Take(double now) => _heard.Take(At(now), Nobody);
}
