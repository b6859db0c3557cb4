using System.Net;
using System.Net.Sockets;
using System.Text;
using BayEdge.Drivers.Discovery;

namespace BayEdge.Drivers.Tests.Discovery;

public class AnnouncementTests
{
    private const string Service = "_llrp._tcp.local";

    private static readonly IPAddress Sender = IPAddress.Parse("192.0.2.7");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void The_question_is_who_offers_LLRP() => Assert.Equal(
        "000000000001000000000000055F6C6C7270045F746370056C6F63616C00000C8001", Convert.ToHexString(ServiceAnswer.Question(Service)));

    [Fact]
    public void An_announcement_tells_name_address_and_port()
    {
        var reader = Assert.Single(ServiceAnswer.Read(Answer("FX9600EE5501", 5085, [192, 0, 2, 9]), Service, Sender));

        Assert.Equal(("FX9600EE5501", "192.0.2.9:5085"), (reader.Name, reader.Where.ToString()));
    }

    [Fact]
    public void Where_no_address_is_told_it_is_the_senders()
    {
        var reader = Assert.Single(ServiceAnswer.Read(Answer("SpeedwayR-11-22-33", 5084, null), Service, Sender));

        Assert.Equal("192.0.2.7:5084", reader.Where.ToString());
    }

    [Fact]
    public void What_is_no_announcement_says_nothing()
    {
        var answer = Answer("FX9600EE5501", 5085, [192, 0, 2, 9]);
        Assert.Empty(ServiceAnswer.Read(answer, "_http._tcp.local", Sender));
        // Without its last 28 bytes, the address, it would be one still.
        for (var length = 0; length < answer.Length - 28; length++)
            Assert.Empty(ServiceAnswer.Read(answer.AsSpan(0, length), Service, Sender));

        // A name that points at itself.
        Assert.Empty(ServiceAnswer.Read([0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0xC0, 12, 0, 12, 0, 1], Service, Sender));
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_answers_from_beyond_the_network_does_not_count()
    {
        using var responder = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var asking = new Announcements(TimeProvider.System).AskAsync(
            new LocalSubnet(IPAddress.Parse("127.0.0.9"), 24), (IPEndPoint)responder.Client.LocalEndPoint!, Cancelled);

        var question = await responder.ReceiveAsync(Cancelled);
        foreach (var (name, address) in ((string, byte[])[])[("near", [127, 0, 0, 77]), ("far", [192, 0, 2, 9]), ("near", [127, 0, 0, 77])])
            await responder.SendAsync(Answer(name, 5084, address), question.RemoteEndPoint, Cancelled);

        Assert.Equal([("near", "127.0.0.77:5084")], (await asking).Select(reader => (reader.Name, reader.Where.ToString())));
    }

    /// <summary>As responders write it: PTR with SRV and A beside it, names pointing back.</summary>
    private static byte[] Answer(string instance, ushort port, byte[]? address)
    {
        List<byte> message = [0, 0, 0x84, 0, 0, 0, 0, 1, 0, 0, 0, (byte)(address is null ? 1 : 2), .. Name("_llrp", "_tcp", "local"), 0];
        byte[] toService = [0xC0, 12], label = [(byte)instance.Length, .. Encoding.ASCII.GetBytes(instance)];
        var instanceAt = message.Count + 10;
        message.AddRange([0, 12, 0, 1, 0, 0, 0, 120, 0, (byte)(label.Length + 2), .. label, .. toService]);
        byte[] host = [.. Name("reader", "local"), 0];
        message.AddRange([0xC0, (byte)instanceAt, 0, 33, 0x80, 1, 0, 0, 0, 120, 0, (byte)(6 + host.Length), 0, 0, 0, 0, (byte)(port >> 8), (byte)port, .. host]);
        if (address is not null)
            message.AddRange([.. host, 0, 1, 0x80, 1, 0, 0, 0, 120, 0, 4, .. address]);
        return [.. message];
    }

    private static byte[] Name(params string[] labels) => [.. labels.SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)])];
}
