namespace BayEdge.Drivers.Serial;

/// <summary>Looks at the start of some bytes for a frame.</summary>
/// <returns>The length of the frame; 0 when more bytes must come to tell; -1 when no frame begins here.</returns>
internal delegate int FrameMatch(ReadOnlySpan<byte> bytes);

/// <summary>Cuts frames out of a byte stream that may hold anything else as well; what is no frame is skipped and counted.</summary>
/// <param name="longestFrame">In bytes; nothing longer is ever waited for.</param>
internal sealed class FrameBuffer(int longestFrame, FrameMatch match)
{
    /// <summary>Of one call to <see cref="Append"/>.</summary>
    public const int MostBytesAtOnce = 1024;

    private readonly byte[] _buffer = new byte[longestFrame + MostBytesAtOnce];
    private int _start;
    private int _end;

    /// <summary>How many bytes belonged to no frame.</summary>
    public long SkippedBytes { get; private set; }

    /// <summary>Takes in what came, once <see cref="TryTake"/> has found nothing more. Frames taken before become invalid.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _buffer.AsSpan(_start.._end).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>The next complete frame, valid until <see cref="Append"/> is called.</summary>
    /// <param name="atRest">Whether the line has been quiet, so that a frame that is not complete never will be.</param>
    public bool TryTake(out ReadOnlyMemory<byte> frame, bool atRest = false)
    {
        while (_start < _end)
        {
            var length = match(_buffer.AsSpan(_start.._end));
            if (length > 0)
            {
                frame = _buffer.AsMemory(_start, length);
                _start += length;
                return true;
            }

            if (length == 0 && !atRest && _end - _start < longestFrame)
                break;
            _start++;
            SkippedBytes++;
        }

        frame = default;
        return false;
    }
}
