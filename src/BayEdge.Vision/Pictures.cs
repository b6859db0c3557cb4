using System.Collections.Immutable;
using OpenCvSharp;

namespace BayEdge.Vision;

/// <summary>What counts as a picture, for cameras and for files.</summary>
internal static class Pictures
{
    public static ImmutableArray<string> Extensions { get; } = [".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"];

    public static bool HasExtensionOf(string path, ImmutableArray<string> extensions) =>
        extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <returns>BGR, 8 bits a channel; null when the bytes are no picture.</returns>
    public static Mat? Decode(ReadOnlySpan<byte> file) => file.IsEmpty ? null : OrNull(Cv2.ImDecode(file, ImreadModes.Color));

    /// <summary>OpenCV's empty picture as null, disposed.</summary>
    public static Mat? OrNull(Mat picture)
    {
        if (!picture.Empty())
            return picture;
        picture.Dispose();
        return null;
    }
}
