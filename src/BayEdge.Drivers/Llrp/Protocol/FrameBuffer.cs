using System.Buffers.Binary;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>Cuts a byte stream into frames, however the network cut it before.</summary>
internal sealed class FrameBuffer
{
    private byte[] _buffer = new byte[8192];
    private int _start;
    private int _end;

    /// <summary>Where the next bytes go. Frames taken before become invalid.</summary>
    public Memory<byte> Free()
    {
        var kept = _end - _start;
        if (_start > 0)
            _buffer.AsSpan(_start, kept).CopyTo(_buffer);
        (_start, _end) = (0, kept);

        var needed = kept >= LlrpFrame.HeaderBytes ? LengthOf(_buffer) : LlrpFrame.HeaderBytes;
        if (needed > _buffer.Length)
            Array.Resize(ref _buffer, needed);
        return _buffer.AsMemory(_end);
    }

    /// <summary>Says how many bytes were put into <see cref="Free"/>.</summary>
    public void Filled(int count) => _end += count;

    /// <summary>The next complete frame, valid until <see cref="Free"/> is called.</summary>
    /// <exception cref="LlrpFormatException">The bytes are no LLRP, or the frame is too long.</exception>
    public bool TryTake(out LlrpFrame frame)
    {
        frame = default;
        var held = _buffer.AsMemory(_start, _end - _start);
        if (held.Length < LlrpFrame.HeaderBytes)
            return false;

        var length = LengthOf(held.Span);
        if (held.Length < length)
            return false;

        var first = BinaryPrimitives.ReadUInt16BigEndian(held.Span);
        var id = BinaryPrimitives.ReadUInt32BigEndian(held.Span[6..]);
        frame = new LlrpFrame((LlrpVersion)(first >> 10), (MessageType)(first & 0x3FF), id, held[LlrpFrame.HeaderBytes..length]);
        _start += length;
        return true;
    }

    private static int LengthOf(ReadOnlySpan<byte> header)
    {
        // Three reserved bits and three bits of version: 1 is LLRP 1.0.1, 2 is LLRP 1.1.
        var version = header[0] >> 2;
        if (version is not ((int)LlrpVersion.V101 or (int)LlrpVersion.V11))
        {
            throw new LlrpFormatException(
                $"An LLRP frame of version 1 or 2 was expected, but these bytes came: {Convert.ToHexString(header[..LlrpFrame.HeaderBytes])}.");
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(header[2..]);
        if (length is < LlrpFrame.HeaderBytes or > LlrpFrame.LongestBytes)
        {
            throw new LlrpFormatException(
                $"An LLRP frame has {LlrpFrame.HeaderBytes} to {LlrpFrame.LongestBytes} bytes, but one of {length} bytes was announced.");
        }

        return (int)length;
    }
}
