using BayEdge.Core.Drivers;

namespace BayEdge.Core.Tests.Drivers;

public sealed class HostAndPortTests
{
    [Theory]
    [InlineData("192.0.2.5", "192.0.2.5", 5084, "192.0.2.5:5084")]
    [InlineData("192.0.2.5:5085", "192.0.2.5", 5085, "192.0.2.5:5085")]
    [InlineData(" reader.local:1 ", "reader.local", 1, "reader.local:1")]
    [InlineData("[2001:db8::5]", "2001:db8::5", 5084, "[2001:db8::5]:5084")]
    [InlineData("[2001:db8::5]:65535", "2001:db8::5", 65535, "[2001:db8::5]:65535")]
    public void An_address_is_read_and_written(string text, string host, int port, string written)
    {
        Assert.True(HostAndPort.TryParse(text, 5084, out var address, out var problem));
        Assert.Null(problem);
        Assert.Equal(new HostAndPort(host, port), address);
        Assert.Equal(written, address!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData(":5084")]
    [InlineData("192.0.2.5:")]
    [InlineData("192.0.2.5:0")]
    [InlineData("192.0.2.5:65536")]
    [InlineData("192.0.2.5:-1")]
    [InlineData("192.0.2.5:port")]
    [InlineData("two words")]
    [InlineData("2001:db8::5")]
    [InlineData("[2001:db8::5")]
    [InlineData("[2001:db8::5]5084")]
    [InlineData("tcp://192.0.2.5")]
    public void What_is_no_address_is_told_in_a_sentence(string text)
    {
        Assert.False(HostAndPort.TryParse(text, 5084, out var address, out var problem));
        Assert.Null(address);
        Assert.Equal($"expected an address such as 192.0.2.5 or 192.0.2.5:5084 (an IPv6 address in brackets), but found '{text}'", problem);
    }
}
