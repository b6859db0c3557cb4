using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;

namespace BayEdge.Simulator.Readers;

/// <summary>An RFID reader that speaks LLRP 1.0.1, and 1.1 where it is asked to, on a loopback port and reads what it is told to read.</summary>
/// <remarks>
/// It obeys its client as a real reader does: one client at a time, reports only while a ROSpec is active and through its
/// antennas only, keep-alives as ordered, a refusal for what it does not know. Its faults happen when asked for. ROSpecs
/// outlive a connection. Members may be called from any thread.
/// </remarks>
public sealed partial class SimulatedLlrpReader : IAsyncDisposable
{
    private readonly SimulatedReaderOptions _options;
    private readonly TimeProvider _time;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopped = new();
    private readonly Lock _lock = new();
    private readonly ReadOrders _orders = new();
    private readonly AccessOrders _accesses = new();
    private readonly TagMemories _memories = new();
    private readonly HeldSettings _settings = new();
    private readonly HashSet<int> _unplugged = [];
    private readonly HashSet<int> _unbearable = [];
    private readonly HashSet<int> _ignored = [];
    private readonly HashSet<int> _garbled = [];
    private readonly Dictionary<int, int> _asked = [];
    private readonly Dictionary<int, (int Code, string Text)> _refusals = [];
    private readonly List<(SimulatedRead Read, ReadOrder Order, AccessDone? Access)> _kept = [];
    private ReaderConversation? _client;
    private int _clients;
    private TaskCompletionSource _reading = new(TaskCreationOptions.RunContinuationsAsynchronously);
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
                return _client is not null && _orders.Active.Any();
        }
    }

    /// <summary>The power of an antenna that a client ordered to read; null when it ordered none, or left the reader's own.</summary>
    public double? PowerDbm(int antenna)
    {
        lock (_lock)
            return _orders.ActiveFor(antenna)?.Levels.TryGetValue(antenna, out var level) == true ? ReaderAnswers.DbmOf(level) : null;
    }

    /// <summary>Whether an order to read the memory of tags is left.</summary>
    public bool ReadsMemory
    {
        get
        {
            lock (_lock)
                return _accesses.All.Any();
        }
    }

    /// <summary>How many clients it has accepted.</summary>
    public int Clients => Volatile.Read(ref _clients);

    /// <summary>How often it was asked for a type of request.</summary>
    public int Asked(int messageType)
    {
        lock (_lock)
            return _asked.GetValueOrDefault(messageType);
    }

    /// <summary>Whether a client switched an output on.</summary>
    public bool IsOn(int output)
    {
        lock (_lock)
            return _settings.Outputs.Contains(output);
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

    /// <summary>Reads a tag once, or several times in a row.</summary>
    /// <param name="antenna">The port, from 1.</param>
    /// <param name="epc">Hex.</param>
    /// <param name="count">How many reads this stands for.</param>
    /// <param name="lastSeen">The true time of the last of them; the reader adds the error of its clock.</param>
    /// <param name="firstSeen">The same of the first; null where the reads lie <see cref="SimulatedReaderOptions.ReadSpacing"/> apart.</param>
    /// <param name="tid">The serial number of the tag's chip, hex; told by a reader of Impinj when asked for.</param>
    /// <returns>Whether a client gets to know: false while nobody has ordered this antenna to read.</returns>
    public bool Report(int antenna, string epc, double rssiDbm, int count, DateTimeOffset lastSeen, DateTimeOffset? firstSeen = null, string? tid = null)
    {
        lock (_lock)
        {
            if (_unplugged.Contains(antenna) || _orders.ActiveFor(antenna) is not { } order)
                return false;

            var first = firstSeen ?? lastSeen - (_options.ReadSpacing * (count - 1));
            var read = new SimulatedRead(antenna, epc, rssiDbm, count, first, lastSeen, tid);
            var access = _accesses.For(epc, order.Id) is { } asked
                ? new AccessDone(asked.Id, asked.Result(_memories.Read(epc, asked.Bank, asked.FirstWord, asked.Words)))
                : null;
            _client?.SendTag(read, order, access);
            if (_client is null && _options.KeepsReports)
                _kept.Add((read, order, access));
            return _client is not null;
        }
    }

    /// <summary>Gives a tag a bank of memory, which it tells when a client asks and the tag is read.</summary>
    public void Hold(string epc, int bank, string hex)
    {
        lock (_lock)
            _memories.Hold(epc, bank, hex);
    }

    /// <summary>Stops reading without being asked to, as after a fault of the radio.</summary>
    public void EndReading()
    {
        lock (_lock)
            Command(MessageTypes.StopRoSpec, roSpecId: 0);
    }

    /// <summary>Takes the antenna off a port, or puts it back.</summary>
    public void Plug(int antenna, bool connected)
    {
        lock (_lock)
        {
            if (connected ? _unplugged.Remove(antenna) : _unplugged.Add(antenna))
                Tell(HeldSettings.AntennaEvent, ReaderAnswers.AntennaChange(antenna, connected));
        }
    }

    /// <summary>Complains of itself.</summary>
    public void RaiseException(string text)
    {
        lock (_lock)
            Tell(HeldSettings.ReaderExceptionEvent, ReaderAnswers.ReaderException(text));
    }

    /// <summary>Sends a report without tags, as some readers do.</summary>
    public void SendEmptyReport() => ForClient(client => client.Send(ReaderAnswers.Report(0, [])));

    /// <summary>Sends bytes as they are.</summary>
    public void SendGarbage(byte[] bytes) => ForClient(client => client.SendRaw(bytes));

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

    /// <summary>Neither obeys nor answers a type of request from now on.</summary>
    /// <param name="messageType">Such as 21 for DELETE_ROSPEC.</param>
    public void Ignore(int messageType)
    {
        lock (_lock)
            _ignored.Add(messageType);
    }

    /// <summary>Answers a type of request with bytes that mean nothing from now on.</summary>
    public void Garble(int messageType)
    {
        lock (_lock)
            _garbled.Add(messageType);
    }

    /// <summary>Hangs up when asked for a type of request from now on.</summary>
    public void HangUpOver(int messageType)
    {
        lock (_lock)
            _unbearable.Add(messageType);
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

    private byte[] Greeting(int connectionStatus) =>
        ReaderAnswers.Notification(ReaderTime, ReaderAnswers.ConnectionAttempt(connectionStatus));

    /// <summary>Lets the client know of an event if it wants to; called with the lock held.</summary>
    private void Tell(int eventType, byte[] happening)
    {
        if (_settings.Tells(eventType))
            _client?.Send(ReaderAnswers.Notification(ReaderTime, happening));
    }

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
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Disposed: the listener ends, and with it what it served.
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(Socket socket)
    {
        const int accepted = 0, otherClientExists = 2, otherClientKnocked = 4;
        await using var conversation = new ReaderConversation(socket, _options, _time);
        lock (_lock)
        {
            if (_client is not null)
            {
                _client.Send(Greeting(otherClientKnocked));
                conversation.Send(Greeting(otherClientExists));
                conversation.Close();
            }
            else
            {
                _client = conversation;
                _clients++;
                conversation.Send(Greeting(accepted));
                conversation.SetKeepAlive(TimeSpan.FromMilliseconds(_settings.KeepAliveMs));
                foreach (var (read, order, access) in _kept)
                    conversation.SendTag(read, order, access);
                _kept.Clear();
                NoteReading();
            }
        }

        await conversation.RunAsync((version, type, id, body) => Answer(conversation, version, type, id, body));
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
}
