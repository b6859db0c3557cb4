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
        using var smaller = Narrowed(picture, mostWidth);
        return smaller.ImEncode(".jpg", encoding);
    }

    /// <summary>A smaller copy of the same shape.</summary>
    /// <param name="width">In pixels; less than the picture's.</param>
    public static Mat Narrowed(Mat picture, int width) =>
        picture.Resize(new Size(width, Math.Max(1, picture.Height * width / picture.Width)), interpolation: InterpolationFlags.Area);

    /// <summary>OpenCV's empty picture as null, disposed.</summary>
    public static Mat? OrNull(Mat picture)
    {
        if (!picture.Empty())
            return picture;
        picture.Dispose();
        return null;
    }
}
