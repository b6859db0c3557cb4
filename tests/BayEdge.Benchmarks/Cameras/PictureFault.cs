using OpenCvSharp;

namespace BayEdge.Benchmarks.Cameras;

/// <summary>What is wrong with the pictures of a visit.</summary>
internal enum PictureFault
{
    None,

    /// <summary>Out of focus: a standard deviation of 1.5 to 4 pixels.</summary>
    Blurred,

    /// <summary>A tenth to a quarter of the light, and twice the noise.</summary>
    Dark,

    /// <summary>A number of about 65 to 95 pixels where the car parks.</summary>
    Small,

    /// <summary>JPEG of a quality of 8 to 20.</summary>
    Compressed,

    /// <summary>Something of all that together.</summary>
    Everything,
}

/// <summary>The faults of one camera, the same in each of its pictures.</summary>
/// <remarks>All ranges are assumed.</remarks>
internal sealed record FaultyCamera(double Light, double BlurPixels, double Scale, int? JpegQuality)
{
    public static FaultyCamera Of(PictureFault fault, Random random)
    {
        var sound = new FaultyCamera(Between(0.5, 1), 0, 1, null);
        return fault switch
        {
            PictureFault.Blurred => sound with { BlurPixels = Between(1.5, 4) },
            PictureFault.Dark => sound with { Light = Between(0.1, 0.25) },
            PictureFault.Small => sound with { Scale = Between(0.37, 0.55) },
            PictureFault.Compressed => sound with { JpegQuality = (int)Between(8, 20) },
            PictureFault.Everything => new FaultyCamera(Between(0.2, 0.4), Between(1, 2.5), Between(0.5, 0.75), (int)Between(15, 35)),
            _ => sound,
        };

        double Between(double least, double most) => least + ((most - least) * random.NextDouble());
    }

    /// <summary>What the camera makes of a clean picture; the caller disposes of it.</summary>
    public Mat Take(Mat picture)
    {
        var taken = picture.Clone();
        if (BlurPixels > 0)
            Cv2.GaussianBlur(taken, taken, default, BlurPixels);
        if (Scale < 1)
            Cv2.Resize(taken, taken, default, Scale, Scale, InterpolationFlags.Area);
        if (JpegQuality is not { } quality)
            return taken;
        using (taken)
            return Cv2.ImDecode(taken.ImEncode(".jpg", new ImageEncodingParam(ImwriteFlags.JpegQuality, quality)), ImreadModes.Color);
    }
}
