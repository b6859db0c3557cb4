using System.Buffers;
using System.Buffers.Binary;

namespace BayEdge.Vision.Cameras;

/// <summary>Reads one JPEG picture, whose length nobody told, from a stream.</summary>
/// <remarks>
/// Segment by segment (ITU-T T.81, B.1.1), because the end mark FF D9 also stands inside: a segment may hold a whole small
/// picture. What is no JPEG ends at its first wrong byte, and decodes to nothing.
/// </remarks>
internal sealed class JpegInput(TimedInput input, ArrayBufferWriter<byte> picture, int mostBytes, CancellationToken cancellationToken)
{
    private const byte Mark = 0xFF;
    private const byte StuffedZero = 0x00;
    private const byte Temporary = 0x01;
    private const byte FirstRestart = 0xD0;
    private const byte LastRestart = 0xD7;
    private const byte Start = 0xD8;
    private const byte End = 0xD9;
    private const byte StartOfScan = 0xDA;

    /// <summary>Appends the picture to the writer.</summary>
    /// <returns>False when the stream ends first.</returns>
    /// <exception cref="TimeoutException">Nothing came within the input's limit.</exception>
    public bool Read()
    {
        var code = NextMark();
        while (code is not (null or End))
        {
            var bare = code is Start or Temporary;
            if (!bare && !CopySegment())
                return false;
            code = code == StartOfScan ? MarkBehindScan() : NextMark();
        }

        return code is not null;
    }

    private byte? NextMark()
    {
        if (Next() is not { } first)
            return null;
        if (first != Mark)
            return End;
        return AfterFill();
    }

    // Any number of FF may stand before a mark's code.
    private byte? AfterFill()
    {
        var code = Next();
        while (code == Mark)
            code = Next();
        return code;
    }

    /// <summary>Copies the coded data behind the head of a scan, where a zero follows every FF that is no mark.</summary>
    private byte? MarkBehindScan()
    {
        while (Next() is { } value)
        {
            if (picture.WrittenCount > mostBytes)
                return End;
            if (value != Mark)
                continue;
            var code = AfterFill();
            if (code is not (StuffedZero or (>= FirstRestart and <= LastRestart)))
                return code;
        }

        return null;
    }

    // The length counts its own two bytes.
    private bool CopySegment() =>
        Copy(sizeof(ushort)) && Copy(Math.Max(0, BinaryPrimitives.ReadUInt16BigEndian(picture.WrittenSpan[^sizeof(ushort)..]) - sizeof(ushort)));

    private bool Copy(int length)
    {
        if (!input.ReadExactly(picture.GetSpan(length)[..length], cancellationToken))
            return false;
        picture.Advance(length);
        return true;
    }

    private byte? Next()
    {
        var value = input.ReadByte(cancellationToken);
        if (value is { } known)
            picture.Write([known]);
        return value;
    }
}
