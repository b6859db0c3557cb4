using BayEdge.Core.Drivers;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Serial;

namespace BayEdge.Drivers.Mercury;

/// <summary>A conversation with a module that has told what it is.</summary>
internal sealed class MercurySession : IDisposable
{
    private const int Attempts = 3;

    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FarewellLimit = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Read Gen2 tags without end, in cycles of a second with a keep-alive each, through the configured antennas, streaming each tag
    /// with its metadata: what the maker's own program sends (SparkFun's RFID library, startReading).
    /// </summary>
    private static readonly byte[] ReadWithoutEnd = [0, 0, 1, 0x22, 0, 0, 5, 7, 0x22, 0x10, 0x00, 0x1B, 0x03, 0xE8, 0x01, 0xFF];

    private static readonly byte[] StopReading = [0, 0, 2];

    private readonly FramedLine _line;
    private readonly string _port;
    private readonly TimeProvider _time;

    private MercurySession(FramedLine line, string port, TimeProvider time) => (_line, _port, _time) = (line, port, time);

    public MercuryVersion Version { get; private set; }

    public string Port => _port;

    /// <summary>When the last bytes came.</summary>
    public ObservedAt Arrival => _line.Arrival;

    /// <summary>Opens the port, ends a reading that another program began, and gets the module out of its boot loader.</summary>
    /// <exception cref="DeviceFaultException">The port cannot be used, or nothing there answers as such a module does.</exception>
    public static async Task<MercurySession> OpenAsync(MercurySettings settings, ISerialPorts ports, TimeProvider time, CancellationToken cancellationToken)
    {
        var frames = new FrameBuffer(MercuryCodec.LongestFrame, MercuryCodec.Match);
        var session = new MercurySession(new FramedLine(ports.Open(settings.Port, settings.BaudRate), frames, time), settings.Port, time);
        try
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                if (!await session.IntroduceAsync(cancellationToken))
                    continue;
                await session.BootAsync(cancellationToken);
                return session;
            }

            throw Strange(settings, frames.SkippedBytes);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Sends a command and waits for its answer; tags that come in between belong to nobody and are dropped.</summary>
    /// <returns>The data of the answer.</returns>
    /// <exception cref="DeviceFaultException">The module refused, did not answer, or was lost.</exception>
    public async Task<byte[]> RequestAsync(byte command, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var (status, answer) = await AskAsync(command, data, cancellationToken);
        return status == MercuryStatus.Success ? answer : throw Refused(command, status);
    }

    /// <summary>As <see cref="RequestAsync(byte, ReadOnlyMemory{byte}, CancellationToken)"/>, for a refusal that is not the end of it.</summary>
    public async Task<(ushort Status, byte[] Data)> AskAsync(byte command, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            await TellAsync(command, data, cancellationToken);
            if (await AnswerAsync(command, cancellationToken) is { } answer)
                return (answer.Status, answer.Data.ToArray());
        }

        throw _line.Broken(new DeviceFaultException(
            DeviceFaultKind.Lost, $"The module at {_port} does not answer any more. Check its power and the cable."));
    }

    public Task<byte[]> RequestAsync(byte command, CancellationToken cancellationToken) =>
        RequestAsync(command, ReadOnlyMemory<byte>.Empty, cancellationToken);

    /// <summary>As <see cref="RequestAsync(byte, ReadOnlyMemory{byte}, CancellationToken)"/>, for what is of use but not needed.</summary>
    /// <returns>Null when the module refuses.</returns>
    public async Task<byte[]?> TryRequestAsync(byte command, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        try
        {
            return await RequestAsync(command, data, cancellationToken);
        }
        catch (DeviceFaultException fault) when (fault.Kind == DeviceFaultKind.Refused)
        {
            return null;
        }
    }

    /// <summary>Lets the module read, from the beginning when it reads already.</summary>
    /// <exception cref="DeviceFaultException">The module is lost, or will not read as it is set.</exception>
    public async Task StartReadingAsync(CancellationToken cancellationToken)
    {
        await StopReadingAsync(cancellationToken);
        await RequestAsync(MercuryCommand.ContinuousReading, ReadWithoutEnd, cancellationToken);
    }

    /// <summary>Ends a reading. Where there is nothing to stop a module may refuse, and shows by that that it lives.</summary>
    /// <exception cref="DeviceFaultException">The module is lost.</exception>
    public Task StopReadingAsync(CancellationToken cancellationToken) => TryRequestAsync(MercuryCommand.ContinuousReading, StopReading, cancellationToken);

    /// <summary>The next frame, valid until the next call; null when none came in time.</summary>
    public async ValueTask<MercuryFrame?> NextAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var frame = await _line.NextAsync(patience, cancellationToken);
        return frame.IsEmpty ? null : MercuryCodec.Decode(frame);
    }

    /// <summary>Switches the radio off, so that the module does not read on for nobody; never fails.</summary>
    public Task LeaveAsync() => _line.Usable ? Farewell.SayAsync(FarewellLimit, _time, StopReadingAsync) : Task.CompletedTask;

    public void Dispose() => _line.Dispose();

    private static DeviceFaultException Strange(MercurySettings settings, long skipped) => skipped > 0
        ? new DeviceFaultException(
            DeviceFaultKind.Protocol,
            $"What comes from {settings.Port} is not from a ThingMagic module. Check that it is the right port, and that baudRate ({settings.BaudRate}) is that of the module.")
        : new DeviceFaultException(
            DeviceFaultKind.Unreachable,
            $"Nothing answers at {settings.Port}. Check the module's power, that its enable pin is on and that its TX and RX are not swapped.");

    private DeviceFaultException Refused(byte command, ushort status) =>
        SerialRefusal.Of("module", _port, MercuryCommand.InWords(command), MercuryStatus.Describe(status), MercuryStatus.AdviceOn(status), command);

    private async Task<bool> IntroduceAsync(CancellationToken cancellationToken)
    {
        await TellAsync(MercuryCommand.ContinuousReading, StopReading, cancellationToken);
        await AnswerAsync(MercuryCommand.ContinuousReading, cancellationToken);
        await TellAsync(MercuryCommand.Version, ReadOnlyMemory<byte>.Empty, cancellationToken);
        if (await AnswerAsync(MercuryCommand.Version, cancellationToken) is not { } answer || !MercuryVersion.TryRead(answer.Data.Span, out var version))
            return false;
        Version = version;
        return true;
    }

    /// <summary>A module that was just switched on may wait in its boot loader, which knows no tags.</summary>
    private async Task BootAsync(CancellationToken cancellationToken)
    {
        const int whichProgram = 3, bootLoader = 1;
        if (await TryRequestAsync(MercuryCommand.CurrentProgram, ReadOnlyMemory<byte>.Empty, cancellationToken) is [var program, ..]
            && (program & whichProgram) == bootLoader)
        {
            await TryRequestAsync(MercuryCommand.BootFirmware, ReadOnlyMemory<byte>.Empty, cancellationToken);
        }
    }

    private ValueTask TellAsync(byte command, ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
        _line.SendAsync(MercuryCodec.Encode(command, data.Span), cancellationToken);

    private async Task<MercuryFrame?> AnswerAsync(byte command, CancellationToken cancellationToken)
    {
        var asked = _time.GetTimestamp();
        while (AnswerLimit - _time.GetElapsedTime(asked) is var patience && patience > TimeSpan.Zero)
        {
            if (await NextAsync(patience, cancellationToken) is { } frame && frame.Command == command)
                return frame;
        }

        return null;
    }
}
