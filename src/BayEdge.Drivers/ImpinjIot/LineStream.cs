namespace BayEdge.Drivers.ImpinjIot;

/// <summary>Lines of a byte stream, however the network cut them.</summary>
internal sealed class LineStream(Stream stream)
{
    public const int LongestLineBytes = 65_536;

    private readonly byte[] _buffer = new byte[LongestLineBytes];
    private int _start;
    private int _end;

    /// <summary>The next line without its end, valid until the next call; null when the stream ends.</summary>
    /// <exception cref="FormatException">No line is as long as what came.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = _buffer.AsSpan(_start.._end).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = _buffer.AsMemory(_start, length);
                _start += length + 1;
                return line;
            }

            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            if (_end == _buffer.Length)
                throw new FormatException($"a line of at most {LongestLineBytes} bytes was expected");
            var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
            if (count == 0)
                return null;
            _end += count;
        }
    }
}
