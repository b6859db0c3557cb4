using System.Buffers.Binary;
using System.Text;

namespace BayEdge.Vision.Tests.Plates.Networks;

/// <summary>The smallest ONNX networks there are: whatever comes in, the same numbers go out.</summary>
/// <remarks>Written field by field as onnx.proto (version 1.15) numbers them, in the wire format of Protocol Buffers.</remarks>
internal static class OnnxFile
{
    public const int Float = 1;
    public const int Bytes = 2;
    public const int Double = 11;

    private const int Opset = 13;
    private const int IrVersion = 8;

    /// <param name="input">Sizes of the input; -1 leaves one open, null is a network without any input.</param>
    /// <param name="inputType">Such as <see cref="Float"/>.</param>
    public static void Write(string path, long[]? input, long[] output, float[] answer, int inputType = Float) => File.WriteAllBytes(path, Model(input, output, answer, inputType));

    private static byte[] Model(long[]? input, long[] output, float[] answer, int inputType)
    {
        byte[] node = [.. Text(1, "answer"), .. Text(2, "output"), .. Text(4, "Identity")];
        byte[] takes = input is null ? [] : Field(11, Value("input", input, inputType));
        byte[] graph =
        [
            .. Field(1, node), .. Text(2, "graph"), .. Field(5, Tensor("answer", output, answer)),
            .. takes, .. Field(12, Value("output", output, Float)),
        ];
        byte[] opset = [.. Text(1, ""), .. Number(2, Opset)];
        return [.. Number(1, IrVersion), .. Field(7, graph), .. Field(8, opset)];
    }

    private static byte[] Tensor(string name, long[] sizes, float[] values)
    {
        var raw = new byte[4 * values.Length];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(raw.AsSpan(4 * i), values[i]);
        return [.. sizes.SelectMany(size => Number(1, size)), .. Number(2, Float), .. Text(8, name), .. Field(9, raw)];
    }

    private static byte[] Value(string name, long[] sizes, int type)
    {
        var shape = sizes.SelectMany((size, place) => Field(1, size < 0 ? Text(2, $"open{place}") : Number(1, size))).ToArray();
        return [.. Text(1, name), .. Field(2, Field(1, [.. Number(1, type), .. Field(2, shape)]))];
    }

    private static byte[] Text(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int field, byte[] content) => [.. Varint((field << 3) | 2), .. Varint(content.Length), .. content];

    private static byte[] Number(int field, long value) => [.. Varint(field << 3), .. Varint(value)];

    private static IEnumerable<byte> Varint(long value)
    {
        for (; value > 0x7F; value >>= 7)
            yield return (byte)(value | 0x80);
        yield return (byte)value;
    }
}
