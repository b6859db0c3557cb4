namespace BayEdge.Contracts.Tests;

public sealed class TopicsTests
{
    [Theory]
    [InlineData("bayedge/v1/sh-01/pi-01/bays/bay-01/events", "sh-01", "pi-01")]
    [InlineData("bayedge/v1/sh-01/pi-01/status", "sh-01", "pi-01")]
    public void Site_and_device_are_read_from_a_devices_topic(string topic, string site, string device)
    {
        Assert.True(Topics.TryParseDevice(topic, out var foundSite, out var foundDevice));
        Assert.Equal((site, device), (foundSite, foundDevice));
    }

    [Theory]
    [InlineData("bayedge/v1/sh-01/vehicles")]
    [InlineData("bayedge/v2/sh-01/pi-01/status")]
    [InlineData("other/v1/sh-01/pi-01/status")]
    [InlineData("bayedge/v1//pi-01/status")]
    [InlineData("")]
    public void A_topic_of_no_device_names_none(string topic) => Assert.False(Topics.TryParseDevice(topic, out _, out _));

    [Theory]
    [InlineData("bay-01", true)]
    [InlineData("A.b_9", true)]
    [InlineData("", false)]
    [InlineData("bay/01", false)]
    [InlineData("bay+", false)]
    [InlineData("沪A12345", false)]
    public void An_id_holds_what_may_stand_in_a_topic(string id, bool isValid) => Assert.Equal(isValid, Topics.IsValidId(id));

    [Fact]
    public void An_id_has_at_most_64_characters()
    {
        Assert.True(Topics.IsValidId(new string('a', 64)));
        Assert.False(Topics.IsValidId(new string('a', 65)));
    }
}
