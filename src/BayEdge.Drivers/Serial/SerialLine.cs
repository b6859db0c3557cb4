using System.IO.Ports;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Serial;

/// <summary>A port of this computer. Errors of the library become faults here and nowhere else.</summary>
internal sealed class SerialLine(SerialPort port, string path, TimeProvider time) : ISerialLine
{
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(1);

    private readonly byte[] _buffer = new byte[FrameBuffer.MostBytesAtOnce];
    private Task<int>? _read;

    /// <remarks>A read whose time ran out goes on, and the next call waits for it again: a cancelled one could lose bytes.</remarks>
    public async ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            _read ??= port.BaseStream.ReadAsync(_buffer, CancellationToken.None).AsTask();
            var count = await _read.WaitAsync(patience, time, cancellationToken);
            _read = null;
            return count > 0 ? _buffer.AsMemory(0, count) : throw Unplugged(null);
        }
        catch (TimeoutException)
        {
            return ReadOnlyMemory<byte>.Empty;
        }
        catch (Exception exception) when (IsOfLibrary(exception))
        {
            throw Unplugged(exception);
        }
    }

    public async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await port.BaseStream.WriteAsync(bytes, cancellationToken).AsTask().WaitAsync(SendLimit, time, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Lost, $"The serial port {path} took no bytes for {SendLimit.TotalSeconds:0} s. Unplug the adapter and plug it in again.", exception);
        }
        catch (Exception exception) when (IsOfLibrary(exception))
        {
            throw Unplugged(exception);
        }
    }

    /// <remarks>
    /// The library waits for ever now and then when the adapter was pulled out at that moment. The port is left to it then:
    /// whoever reconnects must not wait as well.
    /// </remarks>
    public void Dispose() => Task.Run(Close).Wait(CloseLimit);

    private void Close()
    {
        try
        {
            port.Dispose();
        }
        catch (Exception exception) when (IsOfLibrary(exception))
        {
            // An adapter that was pulled out cannot be told goodbye.
        }
    }

    private static bool IsOfLibrary(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or InvalidOperationException;

    private DeviceFaultException Unplugged(Exception? cause) => new(
        DeviceFaultKind.Lost, $"The serial port {path} is gone: the adapter was unplugged or lost its power. Plug it in again; reading goes on by itself.", cause);
}
