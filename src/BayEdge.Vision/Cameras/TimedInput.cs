using System.Text;

namespace BayEdge.Vision.Cameras;

/// <summary>Reads a byte stream piece by piece and gives up when it falls silent.</summary>
/// <remarks>
/// For a thread that may block. A read that was given up goes on in the background until the stream is disposed, so a
/// stream that was silent once is of no more use.
/// </remarks>
internal sealed class TimedInput(Stream stream) : IDisposable
{
    private const int LongestLine = 8192;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>How long one read may stay without a byte, in real time.</summary>
    public required TimeSpan Limit { get; set; }

    /// <summary>The next byte; null at the end.</summary>
    /// <exception cref="TimeoutException">Nothing came within <see cref="Limit"/>.</exception>
    public byte? ReadByte(CancellationToken cancellationToken) =>
        Fill(cancellationToken) ? _buffer[_start++] : null;

    /// <summary>Fills the target.</summary>
    /// <returns>False when the stream ends first.</returns>
    /// <inheritdoc cref="ReadByte" path="/exception"/>
    public bool ReadExactly(Span<byte> target, CancellationToken cancellationToken)
    {
        while (target.Length > 0)
        {
            if (!Fill(cancellationToken))
                return false;
            var length = Math.Min(target.Length, _end - _start);
            _buffer.AsSpan(_start, length).CopyTo(target);
            _start += length;
            target = target[length..];
        }

        return true;
    }

    /// <summary>The next line without its end, cut when it is unreasonably long; null at the end.</summary>
    /// <inheritdoc cref="ReadByte" path="/exception"/>
    public string? ReadLine(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (ReadByte(cancellationToken) is { } value)
        {
            if (value == '\n' || line.Length == LongestLine)
                return line.ToString().TrimEnd('\r');
            line.Append((char)value);
        }

        return null;
    }

    public void Dispose() => stream.Dispose();

    private bool Fill(CancellationToken cancellationToken)
    {
        if (_start < _end)
            return true;

        var read = stream.ReadAsync(_buffer, cancellationToken).AsTask();
        _end = read.WaitAsync(Limit, cancellationToken).GetAwaiter().GetResult();
        _start = 0;
        return _end > 0;
    }
}
