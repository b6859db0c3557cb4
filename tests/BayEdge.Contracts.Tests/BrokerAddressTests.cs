namespace BayEdge.Contracts.Tests;

public sealed class BrokerAddressTests
{
    [Theory]
    [InlineData("mqtt://192.0.2.1", "192.0.2.1", 1883, false, null)]
    [InlineData("mqtts://broker", "broker", 8883, true, null)]
    [InlineData("mqtts://broker:9000", "broker", 9000, true, null)]
    [InlineData("ws://broker/mqtt", "broker", 80, false, "ws://broker/mqtt")]
    [InlineData("wss://broker/mqtt", "broker", 443, true, "wss://broker/mqtt")]
    public void A_broker_url_says_host_port_and_transport(string url, string host, int port, bool tls, string? webSocket)
    {
        Assert.True(BrokerAddress.TryParse(url, out var address, out _));
        Assert.Equal(new BrokerAddress { Host = host, Port = port, Tls = tls, WebSocketUrl = webSocket }, address);
    }

    [Theory]
    [InlineData("broker:1883")]
    [InlineData("http://broker")]
    [InlineData("192.0.2.1")]
    [InlineData("mqtt://broker:0")]
    [InlineData("mqtt://broker:65536")]
    [InlineData("")]
    public void What_is_no_broker_url_is_answered_with_one_that_is(string url)
    {
        Assert.False(BrokerAddress.TryParse(url, out _, out var problem));
        Assert.Equal($"expected a broker URL such as mqtt://192.0.2.1:1883 or mqtts://broker:8883, but found '{url}'", problem);
    }

    [Theory]
    [InlineData("mqtt://user:secret@broker")]
    [InlineData("mqtt://user:se/cret@broker")]
    [InlineData("mqtt://user:pa#ss@broker:1883")]
    [InlineData("user:secret@broker:1883")]
    public void A_password_in_the_url_is_refused_without_repeating_it(string url)
    {
        Assert.False(BrokerAddress.TryParse(url, out _, out var problem));
        Assert.Equal("user name and password do not belong into the broker URL; put them into the secrets file", problem);
    }
}
