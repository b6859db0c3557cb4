using BayEdge.Core.Configuration;

namespace BayEdge.Core.Tests.Configuration;

/// <summary>When a reader may send, as an installer writes it.</summary>
public sealed class GateSectionTests
{
    [Theory]
    [InlineData("""{"presence":"loop-1"}""", "loop-1", 30, null)]
    [InlineData("""{"presence":["loop-1","beam-1"],"linger":0}""", "loop-1,beam-1", 0, null)]
    [InlineData("""{"hours":"07:00-20:00"}""", "", 30, "07:00-20:00")]
    [InlineData("""{"hours":"22:00 - 06:30"}""", "", 30, "22:00-06:30")]
    public void A_gate_is_read(string gate, string contacts, int linger, string? hours)
    {
        var result = ConfigurationReader.Read(With(gate), KnownDrivers.Catalogue, Secrets.None);

        Assert.Empty(result.Problems);
        var read = result.Configuration!.Readers[0].Gate!;
        Assert.Equal((contacts, linger, hours), (string.Join(',', read.Contacts), read.LingerSeconds, read.Hours?.ToString()));
    }

    [Theory]
    [InlineData("{}", "readers[0].gate: expected a contact such as {\"presence\":\"loop-1\"} or hours such as {\"hours\":\"07:00-20:00\"}, but found neither; leave gate out where the reader always sends")]
    [InlineData("""{"presence":"loop-1","hours":"07:00-20:00"}""", "readers[0].gate: expected presence or hours, but found both; keep the one that the reader is to obey")]
    [InlineData("""{"presence":"loop-9"}""", "readers[0].gate.presence: expected the id of a contact under presence, but found 'loop-9'; add the contact or correct the id")]
    [InlineData("""{"presence":"loop-2"}""", "readers[0].gate.presence: an antenna looks at bay-01, but no contact named here stands in that bay: its vehicles would go unread; name a contact of that bay, too")]
    [InlineData("""{"presence":[1]}""", "readers[0].gate.presence[0]: expected the id of a contact, but found 1")]
    [InlineData("""{"presence":"loop-1","linger":7200}""", "readers[0].gate.linger: expected a whole number from 0 to 3600, but found 7200")]
    [InlineData("""{"hours":"07:00-20:00","linger":5}""", "readers[0].gate.linger: linger is without effect where hours count; leave it out")]
    [InlineData("""{"hours":"7-20"}""", "readers[0].gate.hours: expected two different times such as \"07:00-20:00\", of 24 hours and with a dash between, but found '7-20'")]
    [InlineData("""{"hours":"07:00-07:00"}""", "readers[0].gate.hours: expected two different times such as \"07:00-20:00\", of 24 hours and with a dash between, but found '07:00-07:00'")]
    [InlineData("""{"presense":"loop-1","hours":"07:00-20:00"}""", "readers[0].gate.presense: this setting is not known; did you mean 'presence'?")]
    public void A_gate_that_cannot_be_is_refused(string gate, string sentence) =>
        Assert.Equal([sentence], ConfigurationReader.Read(With(gate), KnownDrivers.Catalogue, Secrets.None).Problems.Select(problem => problem.ToString()));

    [Theory]
    [InlineData("07:00-20:00", "06:59", false)]
    [InlineData("07:00-20:00", "07:00", true)]
    [InlineData("07:00-20:00", "20:00", false)]
    [InlineData("22:00-06:00", "23:30", true)]
    [InlineData("22:00-06:00", "05:59", true)]
    [InlineData("22:00-06:00", "12:00", false)]
    public void Hours_may_go_past_midnight(string hours, string time, bool within) =>
        Assert.Equal(within, DailyHours.Read(hours)!.Contains(TimeOnly.Parse(time)));

    private static string With(string gate) => $$"""
        {
          "site":"s","device":"d","bays":[{"id":"bay-01"},{"id":"bay-02"}],
          "readers":[{"id":"reader-1","driver":"llrp","address":"h","antennas":[{"port":1,"bay":"bay-01"}],"gate":{{gate}}}],
          "presence":[{"id":"loop-1","driver":"gpio","pin":1,"bay":"bay-01"},{"id":"beam-1","driver":"gpio","pin":2,"bay":"bay-01"},{"id":"loop-2","driver":"gpio","pin":3,"bay":"bay-02"}]
        }
        """;
}
