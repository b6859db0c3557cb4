using BayEdge.Core.Drivers;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Llrp.Protocol;

namespace BayEdge.Drivers.Llrp;

/// <summary>A conversation with a reader that has accepted this client.</summary>
internal sealed class LlrpSession : IDisposable
{
    private static readonly TimeSpan GreetingLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UnknownLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(2);

    private readonly LlrpConnection _connection;
    private readonly HostAndPort _address;
    private readonly TimeProvider _time;
    private readonly EarlyReports _early = new();
    private ReadingWatch? _watch;
    private ObservedAt _reportArrival;
    private uint? _unanswered;

    private LlrpSession(LlrpConnection connection, HostAndPort address, TimeProvider time) =>
        (_connection, _address, _time) = (connection, address, time);

    /// <summary>The reader's first word; it tells the reader's time.</summary>
    public required ReaderEventNotificationData Greeting { get; init; }

    /// <summary>When that came.</summary>
    public required ObservedAt Greeted { get; init; }

    /// <summary>The reports that came while nobody listened, for when this session ends before anybody does.</summary>
    public UnheardReports Unheard => new(Greeting, Greeted, _early);

    /// <summary>The one that both sides speak.</summary>
    public LlrpVersion Version
    {
        get => _connection.Version;
        set => _connection.Version = value;
    }

    /// <summary>Called once the first request is answered well, and not when it fails: only then it is sure that both sides speak the same version.</summary>
    public Action? Understood { private get; set; }

    /// <summary>Connects and waits for the reader's first word, before which a client must not speak (LLRP 1.1, section 20.1).</summary>
    /// <exception cref="DeviceFaultException">Nobody answers, or the reader serves another program.</exception>
    public static async Task<LlrpSession> ConnectAsync(HostAndPort address, TimeProvider time, CancellationToken cancellationToken)
    {
        var connection = await LlrpConnection.OpenAsync(address, time, cancellationToken);
        try
        {
            var greeting = await GreetAsync(connection, address, time, cancellationToken);
            return new LlrpSession(connection, address, time) { Greeting = greeting, Greeted = connection.Arrival };
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Sends a request and waits for its answer; reports that come in between are kept for <see cref="NextReportAsync"/>.</summary>
    /// <exception cref="DeviceFaultException">The reader refused, did not answer, or was lost.</exception>
    public async Task<PlainMessage> RequestAsync(LlrpMessage request, CancellationToken cancellationToken)
    {
        (var understood, Understood) = (Understood, null);
        var id = await _connection.SendAsync(request, cancellationToken);
        if (await AnswerAsync(id, cancellationToken, cancellationToken) is PlainMessage answer)
        {
            var accepted = Accepted(request, answer);
            understood?.Invoke();
            return accepted;
        }

        throw _connection.Broken(new DeviceFaultException(
            DeviceFaultKind.Lost,
            $"The reader at {_address} did not answer {request.Type.InPlainWords()} ({request.Type.SpecificationName()}) within {AnswerLimit.TotalSeconds:0} s. Restart it if this stays so."));
    }

    /// <summary>Sends what a reader may not know, and waits a little for whatever it says to that.</summary>
    /// <returns>Null when it says nothing.</returns>
    public async Task<LlrpMessage?> TryAskAsync(LlrpMessage question, CancellationToken cancellationToken)
    {
        var id = await _connection.SendAsync(question, cancellationToken);
        using var timeUp = new CancellationTokenSource(UnknownLimit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, cancellationToken);
        try
        {
            return await AnswerAsync(id, either.Token, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _unanswered = id;
            return null;
        }
    }

    /// <summary>Sends what has no answer.</summary>
    public async Task TellAsync(LlrpMessage message, CancellationToken cancellationToken) =>
        await _connection.SendAsync(message, cancellationToken);

    /// <summary>The next RO_ACCESS_REPORT, valid until the next call.</summary>
    /// <param name="longestSilence">Without a word for this long the reader is given up.</param>
    /// <param name="interrupt">Ends the wait, and loses nothing by it.</param>
    public async ValueTask<LlrpFrame> NextReportAsync(TimeSpan longestSilence, CancellationToken interrupt, CancellationToken cancellationToken)
    {
        if (_early.TryTake(out var early, out _reportArrival))
            return early;

        while (await _connection.ReceiveAsync(new Deadline(longestSilence, _time), interrupt) is { } frame)
        {
            if (await IsHousekeepingAsync(frame, cancellationToken) || frame.Type != MessageType.RoAccessReport)
                continue;
            _reportArrival = _connection.Arrival;
            return frame;
        }

        throw new DeviceFaultException(
            DeviceFaultKind.Lost,
            $"Nothing came from the reader at {_address} for {longestSilence.TotalSeconds:0.#} s, not even a keep-alive. Check its power and the network cable.");
    }

    /// <summary>Waits for a report that is looked for; it and all others stay for <see cref="NextReportAsync"/>.</summary>
    /// <param name="limit">After this long the search ends, found or not.</param>
    public async Task SeekAsync(Func<RoAccessReport, bool> isIt, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (_early.All.Any(kept => IsIt(kept)))
            return;

        using var timeUp = new CancellationTokenSource(limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeUp.Token, cancellationToken);
        try
        {
            while (await _connection.ReceiveAsync(new Deadline(AnswerLimit, _time), either.Token) is { } frame)
            {
                if (await IsHousekeepingAsync(frame, cancellationToken) || frame.Type != MessageType.RoAccessReport)
                    continue;
                _early.Keep(frame, _connection.Arrival);
                if (IsIt(frame))
                    return;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The time is up, and nothing is lost: the next wait goes on with the same connection.
        }

        bool IsIt(LlrpFrame frame) => _connection.Decode(frame) is RoAccessReport report && isIt(report);
    }

    /// <summary>Hands over what the report says that came last.</summary>
    /// <exception cref="DeviceFaultException">It cannot be read.</exception>
    public ValueTask PublishAsync(TagReportMapper mapper, LlrpFrame report, ISightingSink sink, CancellationToken cancellationToken) =>
        PublishAsync(mapper, report, _reportArrival, sink, cancellationToken);

    /// <summary>As above, for a report that came earlier.</summary>
    public async ValueTask PublishAsync(TagReportMapper mapper, LlrpFrame report, ObservedAt arrival, ISightingSink sink, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var sighting in mapper.Map(report, arrival))
                await sink.PublishAsync(sighting, cancellationToken);
        }
        catch (LlrpFormatException exception)
        {
            throw _connection.Malformed(exception);
        }
    }

    /// <summary>From now on an event by which reading stops is a fault, whatever is being waited for; with null it is none.</summary>
    public void Watch(ReadingWatch? watch) => _watch = watch;

    /// <summary>Leaves the reader as a polite client does, within a short limit; never fails.</summary>
    /// <param name="roSpecId">The ROSpec to remove, or null.</param>
    public async Task LeaveAsync(uint? roSpecId)
    {
        if (!_connection.Usable)
            return;

        _watch = null;
        await Farewell.SayAsync(FarewellLimit, _time, async limited =>
        {
            if (roSpecId is { } id)
                await DeleteAsync(id, limited);
            await RequestAsync(new PlainMessage(MessageType.CloseConnection), limited);
        });
    }

    public void Dispose() => _connection.Dispose();

    private static async Task<ReaderEventNotificationData> GreetAsync(
        LlrpConnection connection, HostAndPort address, TimeProvider time, CancellationToken cancellationToken)
    {
        var frame = await connection.ReceiveAsync(new Deadline(GreetingLimit, time), cancellationToken) ?? throw new DeviceFaultException(
            DeviceFaultKind.Unreachable,
            $"Something accepts connections at {address} but does not introduce itself, as an LLRP reader does. Check the address and port.");

        var greeting = (connection.Decode(frame) as PlainMessage)?.Parameters.Find<ReaderEventNotificationData>();
        if (greeting?.Parameters.Find<ConnectionAttemptEvent>() is not { } attempt)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Protocol,
                $"The reader at {address} should first say whether it accepts the connection, but sent message type {(int)frame.Type}.");
        }

        connection.Greeted = true;
        return attempt.Status switch
        {
            ConnectionAttemptStatus.Success => greeting,
            ConnectionAttemptStatus.ReaderInitiatedConnectionExists
                or ConnectionAttemptStatus.ClientInitiatedConnectionExists
                or ConnectionAttemptStatus.AnotherConnectionAttempted => throw new DeviceFaultException(
                    DeviceFaultKind.Busy,
                    $"Another program holds the reader at {address} (connection status {(int)attempt.Status}). End that program, or restart the reader if its connection is a left-over."),
            _ => throw new DeviceFaultException(
                DeviceFaultKind.Refused,
                $"The reader at {address} refused the connection (status {(int)attempt.Status}). Restart it, and check that its LLRP service is on."),
        };
    }

    /// <summary>Waits for an answer; reports that come in between are kept.</summary>
    /// <param name="interrupt">Ends the wait, and loses nothing by it.</param>
    /// <returns>Null when none came in time.</returns>
    private async Task<LlrpMessage?> AnswerAsync(uint id, CancellationToken interrupt, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(AnswerLimit, _time);
        while (!deadline.Passed && await _connection.ReceiveAsync(deadline, interrupt) is { } frame)
        {
            if (await IsHousekeepingAsync(frame, cancellationToken))
                continue;
            if (frame.Type == MessageType.RoAccessReport)
                _early.Keep(frame, _connection.Arrival);
            else if ((frame.Id == id || (frame.Type == MessageType.ErrorMessage && frame.Id != _unanswered)) && AnswerIn(frame) is { } answer)
                return answer;
        }

        return null;
    }

    /// <summary>A vendor's answer consists of parameters as the specification's own do.</summary>
    private LlrpMessage? AnswerIn(LlrpFrame frame) => _connection.Decode(frame) switch
    {
        PlainMessage answer => answer,
        SupportedVersion versions => versions,
        CustomMessage custom => new PlainMessage(MessageType.Custom, _connection.DecodeParameters(custom.Data)),
        _ => null,
    };

    private PlainMessage Accepted(LlrpMessage request, PlainMessage answer)
    {
        if (LlrpStatus.IsSuccess(answer.Parameters) && answer.Type != MessageType.ErrorMessage)
            return answer;

        var status = answer.Parameters.Find<LlrpStatus>();
        throw new DeviceFaultException(
            DeviceFaultKind.Refused,
            $"The reader at {_address} refused {request.Type.InPlainWords()} ({request.Type.SpecificationName()}: {status?.ToString() ?? "no status"}). Check its region and power settings, or restart it.");
    }

    private async Task DeleteAsync(uint roSpecId, CancellationToken cancellationToken)
    {
        try
        {
            await RequestAsync(new SpecCommand(MessageType.DeleteRoSpec, roSpecId), cancellationToken);
        }
        catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Refused)
        {
            // It may never have been added; that is no reason to leave without a farewell.
        }
    }

    /// <summary>Sees to keep-alives and events; false for a frame that is neither.</summary>
    private async ValueTask<bool> IsHousekeepingAsync(LlrpFrame frame, CancellationToken cancellationToken)
    {
        switch (frame.Type)
        {
            case MessageType.KeepAlive:
                await _connection.SendAsync(new PlainMessage(MessageType.KeepAliveAck), cancellationToken);
                return true;
            case MessageType.ReaderEventNotification:
                ThrowIfReadingStops(frame);
                return true;
            default:
                return false;
        }
    }

    private void ThrowIfReadingStops(LlrpFrame notification)
    {
        if ((_connection.Decode(notification) as PlainMessage)?.Parameters.Find<ReaderEventNotificationData>() is not { } events)
            return;
        if (events.Parameters.Find<ConnectionCloseEvent>() is not null)
            throw _connection.Broken(new DeviceFaultException(DeviceFaultKind.Lost, $"The reader at {_address} hung up; it may be restarting."));
        if (_watch?.FaultIn(events) is { } fault)
            throw fault;
    }
}
