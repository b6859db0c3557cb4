using System.Net;
using System.Net.Sockets;

namespace BayEdge.Drivers.Discovery;

/// <summary>Asks who in a network announces itself as an LLRP reader, by multicast DNS.</summary>
/// <remarks>The question goes to a group that no router passes on, with a lifetime of one hop; answers from elsewhere do not count.</remarks>
public sealed class Announcements(TimeProvider time)
{
    private const int MostAnswers = 256;
    private const int LongestAnswer = 9000;

    private static readonly IPEndPoint Group = new(IPAddress.Parse("224.0.0.251"), 5353);

    /// <summary>Whoever hears the question answers within half a second.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public Task<IReadOnlyList<AnnouncedReader>> AskAsync(LocalSubnet subnet, CancellationToken cancellationToken) => AskAsync(subnet, Group, cancellationToken);

    /// <param name="whom">Where the question goes to.</param>
    internal async Task<IReadOnlyList<AnnouncedReader>> AskAsync(LocalSubnet subnet, IPEndPoint whom, CancellationToken cancellationToken)
    {
        List<AnnouncedReader> found = [];
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        using var end = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        try
        {
            socket.Bind(new IPEndPoint(subnet.Own, 0));
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastInterface, subnet.Own.GetAddressBytes());
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.MulticastTimeToLive, 1);
            await socket.SendToAsync(ServiceAnswer.Question(ServiceAnswer.Llrp), whom, either.Token);
            var buffer = new byte[LongestAnswer];
            for (var answer = 0; answer < MostAnswers; answer++)
            {
                var received = await socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), either.Token);
                found.AddRange(ServiceAnswer.Read(buffer.AsSpan(0, received.ReceivedBytes), ServiceAnswer.Llrp, ((IPEndPoint)received.RemoteEndPoint).Address));
            }
        }
        catch (Exception exception) when (exception is SocketException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The time is up, or this network knows no multicast: the readers are looked for one by one anyway.
        }

        return [.. found.Where(reader => subnet.Holds(reader.Where.Address)).DistinctBy(reader => reader.Where)];
    }
}
