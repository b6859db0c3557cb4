using System.Net.Sockets;
using System.Threading.Channels;

namespace BayEdge.Simulator.Readers;

/// <summary>One client's TCP connection to the simulated reader: frames in and out, keep-alives, faults.</summary>
internal sealed class ReaderConversation : IAsyncDisposable
{
    private const int MostUnanswered = 3;
    private const int MostTagsInOneReport = 64;
    private const uint LongestRequest = 1 << 20;

    private readonly NetworkStream _stream;
    private readonly TimeProvider _time;
    private readonly TagReportWriter _tagReports;
    private readonly CancellationTokenSource _ended = new();
    private readonly Channel<Outgoing> _outgoing = Channel.CreateUnbounded<Outgoing>(new UnboundedChannelOptions { SingleReader = true });
    private int _unanswered;
    private uint _nextId;
    private volatile bool _silent;
    private ITimer? _keepAlive;

    public ReaderConversation(Socket socket, SimulatedReaderOptions options, TimeProvider time)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _tagReports = new TagReportWriter(options);
        _time = time;
    }

    /// <summary>The version that was agreed on.</summary>
    public int Version { get; set; } = Wire.Version101;

    public void Send(byte[] frame) => Send(frame, Version);

    /// <summary>Sends in a version that is not that of the others.</summary>
    public void Send(byte[] frame, int version) => _outgoing.Writer.TryWrite(new Outgoing(Wire.InVersion(version, frame), IsTag: false));

    /// <summary>Sends bytes as they are.</summary>
    public void SendRaw(byte[] bytes) => _outgoing.Writer.TryWrite(new Outgoing(bytes, IsTag: false));

    /// <summary>Queues a TagReportData; what waits together leaves in one report. For one caller at a time.</summary>
    public void SendTag(SimulatedRead read, ReadOrder order, AccessDone? access) =>
        _outgoing.Writer.TryWrite(new Outgoing(_tagReports.Write(read, order, access), IsTag: true));

    /// <summary>Stays connected and never speaks again.</summary>
    public void FallSilent() => _silent = true;

    /// <summary>Ends the connection as a broken cable would.</summary>
    public void Drop() => _ended.Cancel();

    public void KeepAliveAcknowledged() => Interlocked.Exchange(ref _unanswered, 0);

    public void SetKeepAlive(TimeSpan period)
    {
        _keepAlive?.Dispose();
        _keepAlive = period > TimeSpan.Zero ? _time.CreateTimer(_ => KeepAlive(), null, period, period) : null;
    }

    /// <summary>Serves the client until either side ends it.</summary>
    /// <param name="answer">Takes a request's version, type, id and body.</param>
    public async Task RunAsync(Action<int, int, uint, byte[]> answer)
    {
        var sending = SendAllAsync();
        try
        {
            await ReceiveAllAsync(answer);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client went, or was dropped: both end the conversation.
        }

        _outgoing.Writer.TryComplete();
        await sending;
    }

    /// <summary>Ends the conversation once everything queued is sent.</summary>
    public void Close() => _outgoing.Writer.TryComplete();

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _keepAlive?.Dispose();
        await _stream.DisposeAsync();
    }

    private void KeepAlive()
    {
        if (Interlocked.Increment(ref _unanswered) > MostUnanswered)
            Drop();
        else
            Send(ReaderAnswers.KeepAlive(Interlocked.Increment(ref _nextId)));
    }

    private async Task ReceiveAllAsync(Action<int, int, uint, byte[]> answer)
    {
        var header = new byte[Wire.HeaderBytes];
        while (true)
        {
            await _stream.ReadExactlyAsync(header, _ended.Token);
            var length = Wire.ReadU32(header.AsSpan(2));
            if (length is < Wire.HeaderBytes or > LongestRequest)
                return;

            var body = new byte[length - Wire.HeaderBytes];
            await _stream.ReadExactlyAsync(body, _ended.Token);
            if (!_silent)
                answer(Wire.VersionOf(header), Wire.ReadU16(header) & 0x3FF, Wire.ReadU32(header.AsSpan(6)), body);
        }
    }

    private async Task SendAllAsync()
    {
        try
        {
            while (await _outgoing.Reader.WaitToReadAsync(_ended.Token))
            {
                while (_outgoing.Reader.TryRead(out var first))
                {
                    var frame = first.IsTag ? Wire.InVersion(Version, ReaderAnswers.Report(Interlocked.Increment(ref _nextId), Batch(first))) : first.Bytes;
                    if (!_silent)
                        await _stream.WriteAsync(frame, _ended.Token);
                }
            }

            // Nothing more is to be said: hang up, which also ends the receiving.
            await _ended.CancelAsync();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            await _ended.CancelAsync();
        }
    }

    private List<byte[]> Batch(Outgoing first)
    {
        List<byte[]> tags = [first.Bytes];
        while (tags.Count < MostTagsInOneReport && _outgoing.Reader.TryPeek(out var next) && next.IsTag && _outgoing.Reader.TryRead(out next))
            tags.Add(next.Bytes);
        return tags;
    }

    /// <param name="IsTag">Whether the bytes are a TagReportData that still needs its report around it, not a whole frame.</param>
    private readonly record struct Outgoing(byte[] Bytes, bool IsTag);
}
