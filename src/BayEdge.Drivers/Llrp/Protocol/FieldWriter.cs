using System.Buffers.Binary;
using System.Text;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>Writes big-endian fields into a buffer that is used again for every frame.</summary>
internal sealed class FieldWriter
{
    private byte[] _buffer = new byte[512];
    private int _length;

    /// <summary>Valid until the next <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    public void Clear() => _length = 0;

    public void U8(int value) => Grow(1)[0] = (byte)value;

    public void U16(int value) => BinaryPrimitives.WriteUInt16BigEndian(Grow(2), (ushort)value);

    public void U32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Grow(4), value);

    public void U64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Grow(8), value);

    public void S16(short value) => BinaryPrimitives.WriteInt16BigEndian(Grow(2), value);

    public void Flag(bool value) => U8(value ? 0x80 : 0);

    public void Utf8(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        U16(length);
        Encoding.UTF8.GetBytes(value, Grow(length));
    }

    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Grow(value.Length));

    /// <summary>Starts a message; its length follows at <see cref="EndMessage"/>.</summary>
    public int BeginMessage(LlrpVersion version, ushort type, uint id)
    {
        var start = _length;
        U16(((int)version << 10) | type);
        U32(0);
        U32(id);
        return start;
    }

    public void EndMessage(int start) =>
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.AsSpan(start + 2), (uint)(_length - start));

    /// <summary>Starts a parameter with a length field, which follows at <see cref="EndParameter"/>.</summary>
    public int BeginParameter(ushort type)
    {
        var start = _length;
        U16(type);
        U16(0);
        return start;
    }

    public void EndParameter(int start) =>
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(start + 2), checked((ushort)(_length - start)));

    private Span<byte> Grow(int count)
    {
        if (_length + count > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));

        var grown = _buffer.AsSpan(_length, count);
        _length += count;
        return grown;
    }
}
