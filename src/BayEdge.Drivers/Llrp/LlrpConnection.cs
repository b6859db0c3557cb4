using System.Collections.Immutable;
using System.Net.Sockets;
using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Llrp;

/// <summary>Frames over one TCP connection. Errors of sockets and bytes become faults here and nowhere else.</summary>
/// <remarks>For one caller at a time. After a fault of the connection only <see cref="Dispose"/> makes sense.</remarks>
internal sealed class LlrpConnection : IDisposable
{
    /// <summary>The system knocks at once and after a second; later it would knock too seldom for a reader that comes back.</summary>
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(5);

    private readonly Socket _socket;
    private readonly HostAndPort _address;
    private readonly TimeProvider _time;
    private readonly FrameBuffer _received = new();
    private readonly FieldWriter _sent = new();
    private uint _lastId;

    private LlrpConnection(Socket socket, HostAndPort address, TimeProvider time)
    {
        (_socket, _address, _time) = (socket, address, time);
        Arrival = time.Observe();
    }

    /// <summary>When the last bytes came.</summary>
    public ObservedAt Arrival { get; private set; }

    /// <summary>Whether the connection has shown no fault yet.</summary>
    public bool Usable { get; private set; } = true;

    /// <summary>The version in which messages are sent. Every reader understands the first, and one that speaks 1.1 starts with it.</summary>
    public LlrpVersion Version { get; set; } = LlrpVersion.V101;

    /// <summary>Whether there is an LLRP reader at the other end, as its greeting proves.</summary>
    public bool Greeted { get; set; }

    public static async Task<LlrpConnection> OpenAsync(HostAndPort address, TimeProvider time, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var limit = new CancellationTokenSource(ConnectLimit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            await socket.ConnectAsync(address.Host, address.Port, either.Token);
            return new LlrpConnection(socket, address, time);
        }
        catch (Exception exception)
        {
            socket.Dispose();
            if (exception is SocketException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
                throw UnknownName.FaultOf(address.Host, exception) ?? NobodyThere(address, exception);
            throw;
        }
    }

    /// <summary>The next frame, valid until the next call.</summary>
    /// <param name="deadline">For the whole of the frame, in however many pieces it comes.</param>
    /// <returns>Null when no frame came in time; the connection can then only be given up.</returns>
    public async ValueTask<LlrpFrame?> ReceiveAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            LlrpFrame frame;
            while (!_received.TryTake(out frame))
            {
                var count = await WaitAsync(_socket.ReceiveAsync(_received.Free(), cancellationToken), deadline.Left);
                if (count == 0)
                    throw Broken(new DeviceFaultException(DeviceFaultKind.Lost, $"The reader at {_address} closed the connection; it is tried again."));
                Arrival = _time.Observe();
                _received.Filled(count);
            }

            return frame;
        }
        catch (TimeoutException)
        {
            Usable = false;
            return null;
        }
        catch (SocketException exception)
        {
            throw Broken(LostLine(exception));
        }
        catch (LlrpFormatException exception)
        {
            throw Malformed(exception);
        }
    }

    /// <summary>Sends a message and returns its id, which the answer will carry.</summary>
    public async ValueTask<uint> SendAsync(LlrpMessage message, CancellationToken cancellationToken)
    {
        _sent.Clear();
        MessageCodec.Encode(_sent, VersionOf(message), ++_lastId, message);
        try
        {
            for (var rest = _sent.Written; !rest.IsEmpty;)
                rest = rest[await WaitAsync(_socket.SendAsync(rest, cancellationToken), SendLimit)..];
            return _lastId;
        }
        catch (Exception exception) when (exception is SocketException or TimeoutException)
        {
            throw Broken(LostLine(exception));
        }
    }

    /// <summary>Takes a frame apart.</summary>
    public LlrpMessage Decode(LlrpFrame frame)
    {
        try
        {
            return MessageCodec.Decode(frame);
        }
        catch (LlrpFormatException exception)
        {
            throw Malformed(exception);
        }
    }

    /// <summary>Takes the inside of a vendor's message apart.</summary>
    public ImmutableArray<LlrpParameter> DecodeParameters(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var fields = new FieldReader(bytes.Span, (ushort)MessageType.Custom);
            return ParameterReader.ReadAll(ref fields);
        }
        catch (LlrpFormatException exception)
        {
            throw Malformed(exception);
        }
    }

    /// <summary>Marks the connection as one that cannot be used any more and hands the fault back, to be thrown.</summary>
    public DeviceFaultException Broken(DeviceFaultException fault)
    {
        Usable = false;
        return fault;
    }

    /// <summary>What bytes are taken for that cannot be read, to be thrown.</summary>
    public DeviceFaultException Malformed(LlrpFormatException cause) => Broken(new DeviceFaultException(
        DeviceFaultKind.Protocol,
        Greeted
            ? Wording.Of($"The reader at {_address} sent a damaged message: {cause.Message} It is connected anew; restart it if this repeats.")
            : $"What came from {_address} is not LLRP: {cause.Message} Check that the address and port are those of an LLRP reader.",
        cause));

    public void Dispose() => _socket.Dispose();

    /// <summary>What version 1.1 brought to agree on a version has that version even before (LLRP 1.1, chapter 9).</summary>
    private LlrpVersion VersionOf(LlrpMessage message) =>
        message.Type is MessageType.GetSupportedVersion or MessageType.SetProtocolVersion ? LlrpVersion.V11 : Version;

    private static DeviceFaultException NobodyThere(HostAndPort address, Exception cause) => new(
        DeviceFaultKind.Unreachable,
        $"No reader answers at {address}. Check its power, the network cable and the address.",
        cause);

    private DeviceFaultException LostLine(Exception cause) => new(
        DeviceFaultKind.Lost, $"The connection to the reader at {_address} broke. Check its power and the network cable.", cause);

    /// <remarks>
    /// Cancelling is left to the transfer, so that none is still under way when the next one starts. One that is abandoned
    /// for lack of patience ends when the socket is disposed.
    /// </remarks>
    private ValueTask<int> WaitAsync(ValueTask<int> transfer, TimeSpan patience) =>
        transfer.IsCompleted ? transfer : new ValueTask<int>(transfer.AsTask().WaitAsync(patience, _time));
}
