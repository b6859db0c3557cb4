using System.Text;
using BayEdge.Core.Drivers;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.R200;

/// <summary>A conversation with a module that has told its name.</summary>
internal sealed class R200Session : IDisposable
{
    private const int Attempts = 3;
    private const byte HardwareVersion = 0;
    private const string Unknown = "unknown";

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(1);

    /// <summary>Read on without end; the module counts down from here, then falls silent (Unit RFID-UHF protocol, section 2.3).</summary>
    private static readonly byte[] ManyPolls = [R200Command.SinglePoll, 0xFF, 0xFF];

    private readonly FramedLine _line;
    private readonly string _port;
    private readonly TimeProvider _time;

    private R200Session(FramedLine line, R200Framing framing, string port, TimeProvider time) =>
        (_line, Framing, _port, _time) = (line, framing, port, time);

    public R200Framing Framing { get; }

    /// <summary>What the module calls itself, such as <c>M100 26dBm V1.0</c>.</summary>
    public string Hardware { get; private set; } = Unknown;

    public string Port => _port;

    /// <summary>When the last bytes came.</summary>
    public ObservedAt Arrival => _line.Arrival;

    /// <summary>Opens the port and finds the module, whichever of the framings it speaks.</summary>
    /// <exception cref="DeviceFaultException">The port cannot be used, or nothing there answers as such a module does.</exception>
    public static async Task<R200Session> OpenAsync(R200Settings settings, ISerialPorts ports, TimeProvider time, CancellationToken cancellationToken)
    {
        var line = ports.Open(settings.Port, settings.BaudRate);
        try
        {
            long skipped = 0;
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                foreach (var framing in settings.Framings)
                {
                    var frames = new FrameBuffer(R200Codec.LongestFrame, R200Codec.Matching(framing));
                    var session = new R200Session(new FramedLine(line, frames, time), framing, settings.Port, time);
                    if (await session.IntroduceAsync(cancellationToken))
                        return session;
                    skipped += frames.SkippedBytes;
                }
            }

            throw Strange(settings, skipped);
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    /// <summary>Sends a command and waits for its answer; tags that come in between belong to nobody and are dropped.</summary>
    /// <param name="answeredAs">The command that the answer carries where it is another one.</param>
    /// <returns>The parameters of the answer.</returns>
    /// <exception cref="DeviceFaultException">The module refused, did not answer, or was lost.</exception>
    public async Task<byte[]> RequestAsync(byte command, ReadOnlyMemory<byte> parameters, CancellationToken cancellationToken, byte? answeredAs = null)
    {
        var (failure, answer) = await AskAsync(command, parameters, cancellationToken, answeredAs);
        return failure is { } code
            ? throw SerialRefusal.Of("module", _port, R200Command.InWords(command), R200Failure.Describe(code), R200Failure.AdviceOn(code), command)
            : answer;
    }

    /// <summary>As <see cref="RequestAsync(byte, ReadOnlyMemory{byte}, CancellationToken, byte?)"/>, for a refusal that is told in other words.</summary>
    public async Task<(byte? Failure, byte[] Parameters)> AskAsync(
        byte command, ReadOnlyMemory<byte> parameters, CancellationToken cancellationToken, byte? answeredAs = null)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            await TellAsync(command, parameters, cancellationToken);
            if (await AnswerAsync(frame => frame.Command == command || frame.Command == answeredAs, cancellationToken) is { } answer)
                return (answer.Failure, answer.Parameters.ToArray());
        }

        throw _line.Broken(new DeviceFaultException(
            DeviceFaultKind.Lost, $"The module at {_port} does not answer any more. Check its power and the cable."));
    }

    public Task<byte[]> RequestAsync(byte command, CancellationToken cancellationToken) =>
        RequestAsync(command, ReadOnlyMemory<byte>.Empty, cancellationToken);

    /// <summary>One of the texts in which a module introduces itself.</summary>
    /// <param name="which">0 hardware, 1 firmware, 2 maker.</param>
    public async Task<string> InformationAsync(byte which, CancellationToken cancellationToken)
    {
        try
        {
            return TextOf(await RequestAsync(R200Command.ModuleInformation, new[] { which }, cancellationToken));
        }
        catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Refused)
        {
            return Unknown;
        }
    }

    /// <summary>Lets the module read, from the beginning when it reads already.</summary>
    /// <exception cref="DeviceFaultException">The module is lost.</exception>
    public async Task StartReadingAsync(CancellationToken cancellationToken)
    {
        await StopReadingAsync(cancellationToken);
        await TellAsync(R200Command.MultiPoll, ManyPolls, cancellationToken);
    }

    /// <summary>Ends a reading; until then a module answers nothing else.</summary>
    /// <exception cref="DeviceFaultException">The module is lost.</exception>
    public async Task StopReadingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RequestAsync(R200Command.StopMultiPoll, cancellationToken);
        }
        catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Refused)
        {
            // It has nothing to stop, and it lives.
        }
    }

    /// <summary>The next frame, valid until the next call; null when none came in time.</summary>
    public async ValueTask<R200Frame?> NextAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var frame = await _line.NextAsync(patience, cancellationToken);
        return frame.IsEmpty ? null : R200Codec.Decode(frame);
    }

    /// <summary>Switches the radio off, so that the module does not read on for nobody; never fails.</summary>
    public Task LeaveAsync() => _line.Usable ? Farewell.SayAsync(FarewellLimit, _time, limited => RequestAsync(R200Command.StopMultiPoll, limited)) : Task.CompletedTask;

    public void Dispose() => _line.Dispose();

    private static DeviceFaultException Strange(R200Settings settings, long skipped) => skipped > 0
        ? new DeviceFaultException(
            DeviceFaultKind.Protocol,
            $"What comes from {settings.Port} is not from an R200 or M100 module. Check that it is the right port, and that baudRate ({settings.BaudRate}) and framing are those of the module.")
        : new DeviceFaultException(
            DeviceFaultKind.Unreachable,
            $"Nothing answers at {settings.Port}. Check the module's power, that its enable pin is on and that its TX and RX are not swapped.");

    private static string TextOf(ReadOnlySpan<byte> answer) =>
        answer.Length < 2 ? Unknown : Encoding.ASCII.GetString(answer[1..]).Trim('\0', ' ');

    /// <summary>Wakes the module, ends a reading that another program began, and asks for its name.</summary>
    private async Task<bool> IntroduceAsync(CancellationToken cancellationToken)
    {
        // A module that sleeps drops the first command. One that reads answers nothing else before it is stopped.
        await TellAsync(R200Command.StopMultiPoll, ReadOnlyMemory<byte>.Empty, cancellationToken);
        await TellAsync(R200Command.ModuleInformation, new[] { HardwareVersion }, cancellationToken);
        if (await AnswerAsync(frame => frame.Command == R200Command.ModuleInformation, cancellationToken) is not { } answer)
            return false;

        Hardware = answer.Failure is null ? TextOf(answer.Parameters.Span) : Unknown;
        return true;
    }

    private ValueTask TellAsync(byte command, ReadOnlyMemory<byte> parameters, CancellationToken cancellationToken) =>
        _line.SendAsync(R200Codec.Encode(Framing, command, parameters.Span), cancellationToken);

    /// <summary>The answer that is meant, or a failure; null when neither came in time.</summary>
    private async Task<R200Frame?> AnswerAsync(Func<R200Frame, bool> meant, CancellationToken cancellationToken)
    {
        var asked = _time.GetTimestamp();
        while (AnswerLimit - _time.GetElapsedTime(asked) is var patience && patience > TimeSpan.Zero)
        {
            if (await NextAsync(patience, cancellationToken) is not { Type: R200FrameType.Response } frame)
                continue;

            // "No tag" comes from the reading that is being stopped, not from what was asked.
            if (meant(frame) || frame.Failure is not (null or R200Failure.NoTag))
                return frame;
        }

        return null;
    }
}
