using System.Buffers.Binary;
using System.Text;

namespace BayEdge.Drivers.Llrp.Protocol;

/// <summary>Takes big-endian fields off a span, in the order in which LLRP lists them.</summary>
/// <param name="bytes">The fields.</param>
/// <param name="subject">What the fields belong to, for the error text: a message or parameter type.</param>
internal ref struct FieldReader(ReadOnlySpan<byte> bytes, ushort subject)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool AtEnd => _rest.IsEmpty;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    public byte U8() => Take(1)[0];

    public ushort U16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint U32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public ulong U64() => BinaryPrimitives.ReadUInt64BigEndian(Take(8));

    public short S16() => BinaryPrimitives.ReadInt16BigEndian(Take(2));

    /// <summary>The highest bit of a byte of flags; the bits below are reserved.</summary>
    public bool Flag() => (U8() & 0x80) != 0;

    /// <summary>A text with its length in bytes before it.</summary>
    public string Utf8() => Encoding.UTF8.GetString(Take(U16()));

    public ReadOnlySpan<byte> Take(int count)
    {
        var taken = Peek(count);
        _rest = _rest[count..];
        return taken;
    }

    public ReadOnlySpan<byte> TakeRest() => Take(_rest.Length);

    public readonly ReadOnlySpan<byte> Peek(int count) => count <= _rest.Length
        ? _rest[..count]
        : throw new LlrpFormatException($"LLRP type {subject} ends too early: {count} more bytes were expected, {_rest.Length} are left.");
}
