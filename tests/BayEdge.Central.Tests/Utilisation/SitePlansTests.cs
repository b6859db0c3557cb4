using BayEdge.Central.Utilisation;
using BayEdge.TestKit;

namespace BayEdge.Central.Tests.Utilisation;

public sealed class SitePlansTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_site_has_its_own_clock_shifts_and_threshold_and_every_other_the_defaults()
    {
        var plans = Read(
            """
            {"sites":[{"site":"sh-01","timeZone":"Asia/Shanghai","threshold":0.8,
                       "shifts":[{"name":"早班","start":"08:00","end":"16:00","days":["monday","saturday"]}]}]}
            """);

        var plan = plans.For("sh-01");
        Assert.Equal("Asia/Shanghai", plan.Calendar.Zone.Id);
        Assert.Equal(0.8, plan.Alarm.Threshold);
        Assert.Equal("早班", plan.Calendar.ShiftAt(new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero))!.Shift);
        Assert.Null(plan.Calendar.ShiftAt(new(2026, 3, 3, 1, 0, 0, TimeSpan.Zero)));
        Assert.Equal(0.7, plans.For("bj-01").Alarm.Threshold);
        Assert.False(plans.For("bj-01").Calendar.HasShifts);
    }

    [Fact]
    public void The_example_is_sound() => Assert.Equal(
        "Europe/Berlin",
        SitePlans.Read(Repository.PathOf("deploy", "central", "sites.example.json"), TimeZoneInfo.Utc).For("muc-1").Calendar.Zone.Id);

    [Theory]
    [InlineData("""{"sites":[{"site":"a","timeZone":"Asia/Shangai"}]}""", "expected a time zone such as Asia/Shanghai, but found 'Asia/Shangai'")]
    [InlineData("""{"sites":[{"site":"a","threshold":70}]}""", "site a: expected a threshold above 0 and up to 1, but found 70")]
    [InlineData("""{"sites":[{"site":"a"},{"site":"a"}]}""", "expected one plan a site, but a has two")]
    [InlineData("""{"sites":[{"site":"a","tresholt":0.7}]}""", "expected site plans as JSON, but something is missing or of another kind at $.sites[0].tresholt")]
    [InlineData("""{"sites":[{"site":"a","shifts":[{"name":"x","start":"8","end":"16:00"}]}]}""", "of another kind at $.sites[0].shifts[0].start")]
    [InlineData("{", "expected site plans as JSON")]
    public void A_plan_that_is_not_sound_is_said_in_a_sentence(string json, string expected) =>
        Assert.Contains(expected, Assert.Throws<SitePlanException>(() => Read(json)).Message, StringComparison.Ordinal);

    private SitePlans Read(string json)
    {
        File.WriteAllText(_folder.File("sites.json"), json);
        return SitePlans.Read(_folder.File("sites.json"), TimeZoneInfo.Utc);
    }
}
