using System.Collections.Immutable;
using OpenCvSharp;

namespace BayEdge.Vision;

/// <summary>What counts as a picture, for cameras and for files.</summary>
internal static class Pictures
{
    public static ImmutableArray<string> Extensions { get; } = [".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"];

    /// <summary>What is larger is not decoded: 16 million pixels take 48 MB of memory, and four times 1920x1080 are half of it.</summary>
    public const int MostPixels = 16_000_000;

    public static bool HasExtensionOf(string path, ImmutableArray<string> extensions) =>
        extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <returns>BGR, 8 bits a channel; null when the bytes are no picture.</returns>
    public static Mat? Decode(ReadOnlySpan<byte> file) => file.IsEmpty ? null : OrNull(Cv2.ImDecode(file, ImreadModes.Color));

    /// <param name="mostWidth">What is wider is made smaller, in pixels.</param>
    /// <param name="quality">0 to 100.</param>
    public static byte[] ToJpeg(Mat picture, int mostWidth, int quality)
    {
        var encoding = new ImageEncodingParam(ImwriteFlags.JpegQuality, quality);
        if (picture.Width <= mostWidth)
            return picture.ImEncode(".jpg", encoding);
        using var smaller = picture.Resize(new Size(mostWidth, Math.Max(1, picture.Height * mostWidth / picture.Width)), interpolation: InterpolationFlags.Area);
        return smaller.ImEncode(".jpg", encoding);
    }

    /// <summary>OpenCV's empty picture as null, disposed.</summary>
    public static Mat? OrNull(Mat picture)
    {
        if (!picture.Empty())
            return picture;
        picture.Dispose();
        return null;
    }
}
