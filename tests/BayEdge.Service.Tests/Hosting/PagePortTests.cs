using System.Net;
using System.Net.Sockets;
using BayEdge.Service.Hosting;
using BayEdge.TestKit;
using Serilog;

namespace BayEdge.Service.Tests.Hosting;

public sealed class PagePortTests
{
    [Fact]
    public void A_free_port_is_taken_as_wanted()
    {
        var wanted = new Uri($"http://127.0.0.1:{LoopbackPorts.Free()}");

        Assert.Equal(wanted, Choose(wanted));
    }

    [Fact]
    public void A_port_that_another_program_has_is_exchanged_for_any()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        Assert.Equal(new Uri("http://127.0.0.1:0"), Choose(new Uri($"http://{other.LocalEndpoint}")));
    }

    [Fact]
    public void A_port_that_somebody_insists_on_and_another_program_has_is_refused()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var refused = Assert.Throws<PagePortException>(() => Choose(new Uri($"http://{other.LocalEndpoint}"), insisted: true));

        Assert.Equal($"--page: another program listens on {other.LocalEndpoint} already; stop that one, or name another port.", refused.Message);
    }

    // 203.0.113.0/24 is for documentation (RFC 5737): no computer has it.
    [Fact]
    public void An_address_of_another_computer_leaves_the_page_to_this_one() =>
        Assert.Equal(new Uri("http://127.0.0.1:0"), Choose(new Uri("http://203.0.113.1:8080")));

    private static Uri Choose(Uri wanted, bool insisted = false)
    {
        using var silent = new LoggerConfiguration().CreateLogger();
        return PagePort.Choose(wanted, insisted, silent);
    }
}
