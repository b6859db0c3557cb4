using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Serial;

/// <summary>Opens serial lines; the real ones belong to this computer, others may stand for them.</summary>
internal interface ISerialPorts
{
    /// <param name="path">Such as <c>/dev/serial/by-id/usb-…</c> or <c>/dev/ttyUSB0</c>.</param>
    /// <exception cref="DeviceFaultException">The port cannot be used; the message says what to do.</exception>
    ISerialLine Open(string path, int baudRate);
}

/// <summary>An open serial line: eight data bits, no parity, one stop bit. For one caller at a time.</summary>
internal interface ISerialLine : IDisposable
{
    /// <summary>The next bytes, valid until the next call; none when nothing came within <paramref name="patience"/>.</summary>
    /// <exception cref="DeviceFaultException">The line is gone.</exception>
    ValueTask<ReadOnlyMemory<byte>> ReceiveAsync(TimeSpan patience, CancellationToken cancellationToken);

    /// <exception cref="DeviceFaultException">The line is gone or takes no bytes.</exception>
    ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);
}
