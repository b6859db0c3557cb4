using System.Text;
using System.Text.Json;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.Neighbours;
using BayEdge.Core.Bays;
using BayEdge.Core.Neighbours;
using BayEdge.Core.Timing;
using BayEdge.TestKit;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using static BayEdge.Core.Tests.Bays.Known;

namespace BayEdge.Core.Tests.Neighbours;

public sealed class NeighbourReportReaderTests
{
    private static readonly NeighbourTag Heard = new() { Bay = "bay-04", Tag = Tag, Reads = 9, StrongestRssiDbm = -54.5, MeanRssiDbm = -57.2, Visiting = true };

    private readonly NeighbourReportReader _reader = new("pi-01", NeighbourOptions.Default);

    [Fact]
    public void A_tag_that_a_neighbour_heard_is_dated_by_this_devices_clock_to_the_end_of_the_neighbours_second()
    {
        var news = Read(Report(number: 5000, ageMs: 600), 100);

        var heard = Assert.Single(news.Heard);
        Assert.Equal(new NeighbourHeard(At(99.4), "pi-02", "bay-04", Tag, -57.2, 9, IsVisiting: true), heard);
        Assert.Equal((ReportVerdict.Heard, "pi-02"), (news.Verdict, news.Device));
    }

    [Fact]
    public void The_example_of_the_contract_is_understood()
    {
        var example = File.ReadAllBytes(Path.Combine(ContractSchemas.Folder, "examples", "neighbours.json"));

        Assert.Equal(3, _reader.Read(example, At(100)).Heard.Length);
    }

    [Fact]
    public void A_report_that_was_held_up_on_the_way_is_dated_to_when_its_second_ended()
    {
        for (var second = 0; second < 10; second++)
            Read(Report(5000 + second, ageMs: 600), 100 + second + 0.02);

        // The network stood still for three seconds.
        Assert.Equal(At(109.42).Monotonic, Assert.Single(Read(Report(5010, ageMs: 600), 113.02).Heard).At.Monotonic);
        // What followed was held up less and less, and then not at all.
        Assert.Equal(At(110.42).Monotonic, Assert.Single(Read(Report(5011, ageMs: 600), 113.03).Heard).At.Monotonic);
        Assert.Equal(At(113.42).Monotonic, Assert.Single(Read(Report(5014, ageMs: 600), 114.02).Heard).At.Monotonic);
    }

    [Theory]
    [InlineData(600, 105.01)]
    [InlineData(5001, 100)]
    [InlineData(int.MaxValue, 100)]
    public void A_second_that_is_long_past_is_not_used_but_its_device_lives(int ageMs, double arrivedAt)
    {
        Read(Report(5000, ageMs: 600), 99);

        var news = Read(Report(5001, ageMs), arrivedAt);

        Assert.Equal((ReportVerdict.TooLate, "pi-02"), (news.Verdict, news.Device));
        Assert.Empty(news.Heard);
    }

    [Fact]
    public void A_neighbour_whose_clock_runs_a_thousandth_slow_is_heard_without_end()
    {
        for (var second = 0; second < 20_000; second++)
        {
            var news = Read(Report(second, ageMs: 600), 100 + (second * 1.001));
            Assert.InRange((At(100 + (second * 1.001)) - Assert.Single(news.Heard).At).TotalSeconds, 0.6, 0.75);
        }
    }

    [Fact]
    public void This_devices_own_report_is_passed_over()
    {
        var news = Read(Report(5000) with { Device = "pi-01" }, 100);

        Assert.Empty(news.Heard);
        Assert.Equal(ReportVerdict.Own, news.Verdict);
    }

    [Fact]
    public void A_report_that_comes_twice_or_after_a_later_one_is_passed_over()
    {
        Read(Report(5000), 100);
        Read(Report(5002), 102);

        Assert.Equal(ReportVerdict.Repeated, Read(Report(5002), 102.1).Verdict);
        Assert.Equal(ReportVerdict.Repeated, Read(Report(5001), 102.2).Verdict);
        Assert.NotEmpty(Read(Report(5003), 103).Heard);
    }

    [Fact]
    public void A_neighbour_whose_computer_was_started_anew_is_heard_from_its_first_second()
    {
        Read(Report(86_400), 100);

        Assert.Equal(At(159.4), Assert.Single(Read(Report(12) with { BootId = "boot-2" }, 160).Heard).At);
    }

    [Fact]
    public void A_neighbour_that_is_started_anew_in_the_same_boot_goes_on_with_higher_numbers()
    {
        Read(Report(5000), 100);

        Assert.Equal(At(129.4), Assert.Single(Read(Report(5030), 130).Heard).At);
    }

    [Fact]
    public void However_many_devices_somebody_invents_a_neighbour_that_speaks_is_heard()
    {
        for (var invented = 0; invented < 1000; invented++)
        {
            Read(Report(5000 + invented) with { Device = "pi-02" }, 100 + invented);
            Assert.NotEmpty(Read(Report(1) with { Device = $"x-{invented}" }, 100 + invented).Heard);
            Assert.Empty(Read(Report(5000 + invented) with { Device = "pi-02" }, 100 + invented).Heard);
        }
    }

    [Theory]
    [InlineData("", "something is missing or of another kind at $")]
    [InlineData("null", "it is null")]
    [InlineData("[]", "something is missing or of another kind at $")]
    [InlineData("{}", "something is missing or of another kind at $")]
    [InlineData("""{"device":"pi 2","bootId":"b","number":1,"ageMs":0,"tags":[]}""", "its device is no id")]
    [InlineData("""{"device":"pi-2","bootId":"","number":1,"ageMs":0,"tags":[]}""", "its bootId has 0 characters, not 1 to 64")]
    [InlineData("""{"device":"pi-2","bootId":"b","number":-1,"ageMs":0,"tags":[]}""", "its number -1 is no second since a computer's start")]
    [InlineData("""{"device":"pi-2","bootId":"b","number":9223372036854775807,"ageMs":0,"tags":[]}""", "its number 9223372036854775807 is no second since a computer's start")]
    [InlineData("""{"device":"pi-2","bootId":"b","number":1,"ageMs":-1,"tags":[]}""", "its ageMs -1 is less than 0")]
    [InlineData("""{"device":"pi-2","bootId":"b","number":1,"ageMs":1e300,"tags":[]}""", "something is missing or of another kind at $.ageMs")]
    [InlineData("""{"device":"pi-2","bootId":"b","number":1,"ageMs":0,"tags":null}""", "something is missing or of another kind at $.tags")]
    [InlineData("""{"device":"pi-2","bootId":"b","number":1,"ageMs":0,"tags":[null]}""", "its tag 1 is null")]
    [InlineData("""{"device":"pi-2","bootId":"b","number":1,"ageMs":0,"tags":[{"bay":"a/b","tag":"E2","reads":1}]}""", "its tag 1 has no bay")]
    [InlineData("""{"device":"pi-2","bootId":"b","number":1,"ageMs":0,"tags":[{"bay":"b","tag":"E2","reads":1},{"bay":"b","tag":"e2","reads":1}]}""", "its tag 2 has no upper-case hex identity")]
    [InlineData("""{"device":"pi-2","bootId":"b","number":1,"ageMs":0,"tags":[{"bay":"b","tag":"E2","reads":0}]}""", "its tag 1 has 0 reads and no visit")]
    [InlineData("""{"device":"pi-2","bootId":"b","number":1,"ageMs":0,"tags":[{"bay":"b","tag":"E2","reads":1,"strongestRssiDbm":1e9}]}""", "its tag 1 has a strength that no reader hears")]
    [InlineData("""{"device":"pi-2","bootId":"b","number":1,"ageMs":0,"tags":[{"bay":"b","tag":"E2","reads":1,"meanRssiDbm":-1e9}]}""", "its tag 1 has a strength that no reader hears")]
    [InlineData("""{"device":"\ud800","bootId":"b","number":1,"ageMs":0,"tags":[]}""", "something is missing or of another kind at $.device")]
    public void What_is_no_report_changes_nothing_and_is_counted_with_its_reason(string text, string problem)
    {
        var news = _reader.Read(Encoding.UTF8.GetBytes(text), At(100));

        Assert.Equal((ReportVerdict.Malformed, null), (news.Verdict, news.Device));
        Assert.StartsWith(problem, news.Problem, StringComparison.Ordinal);
        Assert.Empty(news.Heard);
        Assert.Equal(ReportVerdict.Malformed, news.Verdict);
    }

    [Fact]
    public void A_report_of_more_tags_or_bytes_than_allowed_is_refused()
    {
        Assert.Equal(ReportVerdict.Malformed, Read(Report(5000) with { Tags = [.. Enumerable.Repeat(Heard, 65)] }, 100).Verdict);

        Assert.Equal(ReportVerdict.Oversized, _reader.Read(new byte[NeighbourReport.MaximumBytes + 1], At(100)).Verdict);
    }

    [Property(MaxTest = 2000)]
    public void Random_bytes_never_speak_for_a_neighbour(byte[] bytes) =>
        Assert.Null(new NeighbourReportReader("pi-01", NeighbourOptions.Default).Read(bytes, At(100)).Device);

    [Property(MaxTest = 2000)]
    public Property A_damaged_report_is_refused_or_still_says_only_what_a_report_may_say() =>
        Prop.ForAll(Damaged().ToArbitrary(), damaged =>
        {
            var news = new NeighbourReportReader("pi-01", NeighbourOptions.Default).Read(damaged, At(100));
            if (news.Verdict == ReportVerdict.Heard)
                Assert.All(news.Heard, heard => Assert.True(heard is { Count: > 0, Bay.Length: > 0, Tag.Length: > 0 } && heard.At.Monotonic >= At(95).Monotonic && heard.At.Monotonic <= At(100).Monotonic));
            else
                Assert.Empty(news.Heard);
        });

    private static Gen<byte[]> Damaged() =>
        from places in Gen.NonEmptyListOf(Gen.Choose(0, 400))
        from values in Gen.ArrayOf(Gen.Choose(0, 255), places.Count)
        select Damage(places, values);

    private static byte[] Damage(List<int> places, int[] values)
    {
        var bytes = Bytes(Report(5000));
        for (var index = 0; index < places.Count; index++)
            bytes[places[index] % bytes.Length] = (byte)values[index];
        return bytes;
    }

    private static NeighbourReport Report(long number, int ageMs = 600) => new()
    {
        Device = "pi-02",
        BootId = "boot-1",
        Number = number,
        AgeMs = ageMs,
        Tags = [Heard],
    };

    private static byte[] Bytes(NeighbourReport report) => JsonSerializer.SerializeToUtf8Bytes(report, ContractsJson.Wire.NeighbourReport);

    private static ObservedAt At(double seconds) => new(BayScenario.Time("08:00:00") + TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds));

    private NeighbourNews Read(NeighbourReport report, double arrivedAt) => _reader.Read(Bytes(report), At(arrivedAt));
}
