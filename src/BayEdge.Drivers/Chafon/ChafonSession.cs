using BayEdge.Core.Drivers;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Chafon;

/// <summary>A conversation with a reader that has told who it is. The reader speaks when asked and at no other time.</summary>
internal sealed class ChafonSession : IDisposable
{
    private const int Attempts = 3;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMilliseconds(700);

    private readonly FramedLine _line;
    private readonly string _port;
    private readonly TimeProvider _time;
    private ChafonInformation? _information;

    private ChafonSession(FramedLine line, string port, TimeProvider time) => (_line, _port, _time) = (line, port, time);

    /// <summary>As the reader last told it.</summary>
    public ChafonInformation Information => _information ?? throw new InvalidOperationException("The reader has not introduced itself yet.");

    /// <summary>When the last bytes came.</summary>
    public ObservedAt Arrival => _line.Arrival;

    /// <exception cref="DeviceFaultException">The port cannot be used, or nothing there answers as such a reader does.</exception>
    public static async Task<ChafonSession> OpenAsync(ChafonSettings settings, ISerialPorts ports, TimeProvider time, CancellationToken cancellationToken)
    {
        var frames = new FrameBuffer(ChafonCodec.LongestFrame, ChafonCodec.Match);
        var session = new ChafonSession(new FramedLine(ports.Open(settings.Port, settings.BaudRate), frames, time), settings.Port, time);
        try
        {
            await session.RefreshAsync(cancellationToken);
            return session;
        }
        catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Unreachable && frames.SkippedBytes > 0)
        {
            session.Dispose();
            throw new DeviceFaultException(
                DeviceFaultKind.Protocol,
                $"What comes from {settings.Port} is not from a Chafon reader. Check that it is the right port, and that baudRate ({settings.BaudRate}) is that of the reader.",
                fault);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Asks the reader again who it is and how it is set.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var answer = await RequestAsync(ChafonCommand.ReaderInformation, ReadOnlyMemory<byte>.Empty, cancellationToken);
        _information = ChafonInformation.Read(answer.Data.Span) ?? throw new DeviceFaultException(
            DeviceFaultKind.Protocol, $"The reader at {_port} tells too little about itself ({answer.Data.Length} bytes) to be a Chafon reader.");
    }

    /// <summary>Sends a command and waits for its answer.</summary>
    /// <exception cref="DeviceFaultException">The reader refused, does not answer, or was lost.</exception>
    public async Task<ChafonFrame> RequestAsync(byte command, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(command, data, cancellationToken);
        return answer.Status == ChafonStatus.Success ? answer : throw Refused(command, answer.Status);
    }

    /// <summary>As <see cref="RequestAsync"/>, for a refusal that is told in other words.</summary>
    public async Task<ChafonFrame> AskAsync(byte command, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            await TellAsync(command, data, cancellationToken);
            if (await AnswerAsync(command, AnswerLimit, cancellationToken) is { } answer)
                return answer;
        }

        throw Silent();
    }

    public async Task TellAsync(byte command, ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
        await _line.SendAsync(ChafonCodec.Encode(command, data.Span), cancellationToken);

    /// <summary>The next answer to a command, valid until the next call; null when none came in time.</summary>
    public async ValueTask<ChafonFrame?> AnswerAsync(byte command, TimeSpan limit, CancellationToken cancellationToken)
    {
        var asked = _time.GetTimestamp();
        while (limit - _time.GetElapsedTime(asked) is var patience && patience > TimeSpan.Zero)
        {
            var bytes = await _line.NextAsync(patience, cancellationToken);
            if (bytes.IsEmpty)
                return null;

            var frame = ChafonCodec.Decode(bytes);
            if (frame.Command == command || frame.Command == ChafonCommand.NotUnderstood)
                return frame;
            if (frame.Command == ChafonCommand.RealTimeReport)
                throw ReportsByItself();
        }

        return null;
    }

    public DeviceFaultException Refused(byte command, byte status) =>
        SerialRefusal.Of("reader", _port, ChafonCommand.InWords(command), ChafonStatus.Describe(status), ChafonStatus.AdviceOn(status), command);

    public DeviceFaultException Silent() => _information is null
        ? new DeviceFaultException(
            DeviceFaultKind.Unreachable, $"Nothing answers at {_port}. Check the reader's power and cable, and that baudRate is that of the reader.")
        : new DeviceFaultException(
            DeviceFaultKind.Lost, $"The reader at {_port} does not answer any more. Check its power and the cable.");

    public void Dispose() => _line.Dispose();

    private DeviceFaultException ReportsByItself() => new(
        DeviceFaultKind.Refused,
        $"The reader at {_port} is set to report by itself (real time mode) and does not listen then. Set it to answer mode with the maker's program.");
}
