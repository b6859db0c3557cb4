using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace BayEdge.Simulator.Readers;

/// <summary>An RFID reader that speaks LLRP 1.0.1 on a loopback port and reads what it is told to read.</summary>
/// <remarks>
/// It obeys its client as a real reader does: one client at a time, reports only while a ROSpec is active and through its
/// antennas only, keep-alives as ordered, a refusal for what it does not know. Its faults happen when asked for. ROSpecs
/// outlive a connection. Members may be called from any thread.
/// </remarks>
public sealed class SimulatedLlrpReader : IAsyncDisposable
{
    private readonly SimulatedReaderOptions _options;
    private readonly TimeProvider _time;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopped = new();
    private readonly Lock _lock = new();
    private readonly ReadOrders _orders = new();
    private readonly Dictionary<int, (int Code, string Text)> _refusals = [];
    private ReaderConversation? _client;
    private TaskCompletionSource _reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private uint _keepAliveMs;
    private Task _accepting = Task.CompletedTask;

    private SimulatedLlrpReader(SimulatedReaderOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _listener = new TcpListener(IPAddress.Loopback, options.Port);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>As the configuration of the driver wants it.</summary>
    public string Address => $"127.0.0.1:{Port}";

    /// <summary>Whether a client is connected and has an active ROSpec.</summary>
    public bool IsReading
    {
        get
        {
            lock (_lock)
                return _client is not null && _orders.AnyActive;
        }
    }

    public static SimulatedLlrpReader Start(SimulatedReaderOptions options, TimeProvider time)
    {
        var reader = new SimulatedLlrpReader(options, time);
        reader._listener.Start();
        reader._accepting = reader.AcceptAllAsync();
        return reader;
    }

    /// <summary>Ends when a client is connected and has an active ROSpec; at once when that is so already.</summary>
    public Task WaitUntilReadingAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return _reading.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Reads a tag.</summary>
    /// <returns>Whether a client gets to know: false while nobody has ordered this antenna to read.</returns>
    public bool Report(SimulatedRead read)
    {
        lock (_lock)
        {
            if (_client is null || _orders.ActiveFor(read.Antenna) is not { } order)
                return false;

            _client.SendTag(ReaderAnswers.Tag(read, order.Content, order.Id, ReaderAnswers.Microseconds(read.LastSeen + _options.ClockOffset)));
            return true;
        }
    }

    /// <inheritdoc cref="Report(SimulatedRead)"/>
    public bool Report(int antenna, string epc, double rssiDbm, int count, DateTimeOffset lastSeen) =>
        Report(new SimulatedRead(antenna, epc, rssiDbm, count, lastSeen));

    /// <summary>Sends a report without tags, as some readers do.</summary>
    public void SendEmptyReport() => ForClient(client => client.Send(ReaderAnswers.Report(0, [])));

    /// <summary>Sends bytes as they are.</summary>
    public void SendGarbage(byte[] bytes) => ForClient(client => client.Send(bytes));

    /// <summary>Ends the connection without a farewell.</summary>
    public void DropConnection() => ForClient(client =>
    {
        client.Drop();
        Release(client);
    });

    /// <summary>Keeps the connection and says nothing on it any more; a new connection is served again.</summary>
    public void FallSilent() => ForClient(client => client.FallSilent());

    /// <summary>Answers a type of request with an error from now on; a code of 0 ends that.</summary>
    /// <param name="messageType">Such as 20 for ADD_ROSPEC.</param>
    /// <param name="statusCode">Such as 101 for M_FieldError.</param>
    public void Refuse(int messageType, int statusCode, string text)
    {
        lock (_lock)
            _refusals[messageType] = (statusCode, text);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        _listener.Dispose();
        DropConnection();
        await _accepting;
        _stopped.Dispose();
    }

    private ulong ReaderTime => ReaderAnswers.Microseconds(_time.GetUtcNow() + _options.ClockOffset);

    private void ForClient(Action<ReaderConversation> action)
    {
        lock (_lock)
        {
            if (_client is not null)
                action(_client);
        }
    }

    private async Task AcceptAllAsync()
    {
        var serving = ImmutableList<Task>.Empty;
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stopped.Token);
                socket.NoDelay = true;
                serving = serving.RemoveAll(task => task.IsCompleted).Add(ServeAsync(socket));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed: the listener ends, and with it what it served.
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(Socket socket)
    {
        const int accepted = 0, otherClientExists = 2, otherClientKnocked = 4;
        await using var conversation = new ReaderConversation(socket, _time);
        lock (_lock)
        {
            if (_client is not null)
            {
                _client.Send(ReaderAnswers.Greeting(ReaderTime, otherClientKnocked));
                conversation.Send(ReaderAnswers.Greeting(ReaderTime, otherClientExists));
                conversation.Close();
            }
            else
            {
                _client = conversation;
                conversation.Send(ReaderAnswers.Greeting(ReaderTime, accepted));
                conversation.SetKeepAlive(TimeSpan.FromMilliseconds(_keepAliveMs));
                NoteReading();
            }
        }

        await conversation.RunAsync((type, id, body) => Answer(conversation, type, id, body));
        lock (_lock)
            Release(conversation);
    }

    /// <summary>Frees the reader for the next client; called with the lock held.</summary>
    private void Release(ReaderConversation client)
    {
        if (_client == client)
            _client = null;
        NoteReading();
    }

    /// <summary>Lets <see cref="WaitUntilReadingAsync"/> know; called with the lock held after each change.</summary>
    private void NoteReading()
    {
        if (IsReading)
            _reading.TrySetResult();
        else if (_reading.Task.IsCompleted)
            _reading = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private void Answer(ReaderConversation client, int type, uint id, byte[] body)
    {
        lock (_lock)
        {
            try
            {
                if (_refusals.TryGetValue(type, out var refusal) && refusal.Code != 0)
                    client.Send(ReaderAnswers.Status(MessageTypes.AnswerTo(type), id, refusal.Code, refusal.Text));
                else
                    Obey(client, type, id, body);
            }
            catch (InvalidDataException exception)
            {
                client.Send(ReaderAnswers.Status(MessageTypes.ErrorMessage, id, StatusCodes.ParameterError, exception.Message));
            }

            NoteReading();
        }
    }

    private void Obey(ReaderConversation client, int type, uint id, byte[] body)
    {
        switch (type)
        {
            case MessageTypes.GetReaderCapabilities:
                client.Send(ReaderAnswers.Capabilities(id, _options));
                break;
            case MessageTypes.GetReaderConfig:
                client.Send(ReaderAnswers.Configuration(id, _options, _keepAliveMs));
                break;
            case MessageTypes.SetReaderConfig:
                Configure(client, body);
                client.Send(ReaderAnswers.Status(MessageTypes.AnswerTo(type), id));
                break;
            case MessageTypes.CloseConnection:
                client.Send(ReaderAnswers.Status(MessageTypes.AnswerTo(type), id));
                client.Close();
                Release(client);
                break;
            case MessageTypes.AddRoSpec:
                Settle(_orders.Add(ReadOrder.Parse(body)));
                break;
            case >= MessageTypes.DeleteRoSpec and <= MessageTypes.DisableRoSpec:
                Settle(_orders.Command(type, Wire.ReadU32(Demand(body, sizeof(uint)))));
                break;
            case MessageTypes.EnableEventsAndReports:
                break;
            case MessageTypes.KeepAliveAck:
                client.KeepAliveAcknowledged();
                break;
            default:
                client.Send(ReaderAnswers.Status(
                    MessageTypes.ErrorMessage, id, StatusCodes.UnsupportedMessage, $"Message type {type} is not supported."));
                break;
        }

        void Settle(string? problem) => client.Send(problem is null
            ? ReaderAnswers.Status(MessageTypes.AnswerTo(type), id)
            : ReaderAnswers.Status(MessageTypes.AnswerTo(type), id, StatusCodes.FieldError, problem));
    }

    private void Configure(ReaderConversation client, byte[] body)
    {
        const int keepAliveSpec = 220, periodic = 1;
        if (Wire.Find(Demand(body, 1).AsSpan(1), keepAliveSpec) is not { Length: 5 } keepAlive)
            return;

        _keepAliveMs = keepAlive[0] == periodic ? Wire.ReadU32(keepAlive.AsSpan(1)) : 0;
        client.SetKeepAlive(TimeSpan.FromMilliseconds(_keepAliveMs));
    }

    private static byte[] Demand(byte[] body, int count) =>
        body.Length >= count ? body : throw new InvalidDataException($"The message ends after {body.Length} bytes; {count} were expected.");

    /// <summary>LLRP 1.0.1, chapter 14.</summary>
    private static class StatusCodes
    {
        public const int ParameterError = 100;
        public const int FieldError = 101;
        public const int UnsupportedMessage = 109;
    }
}
