using OpenCvSharp;

namespace BayEdge.Vision.Cameras;

/// <summary>Says cheaply in which zones something moves, from a small grey copy of each picture.</summary>
/// <remarks>
/// Each picture is held against a background that follows it slowly, so that a creeping car still shows and a parked one
/// fades within seconds. A change of light moves all of the picture alike and is taken out first.
/// </remarks>
internal sealed class MotionGate : IDisposable
{
    private const double ChangedGreyLevels = 12;
    private const double MovingShareOfZone = 0.01;

    // What the background takes on of one picture at most: who looks seldom shall see for some pictures that something came.
    private const double MostFollowed = 0.2;

    // After this the background has taken on two thirds of a change, however many pictures came.
    private static readonly TimeSpan Fading = TimeSpan.FromSeconds(1.1);

    private static readonly Size Small = new(128, 72);

    private readonly Mat[] _masks;
    private readonly int[] _areas;
    private readonly Mat _background = new();
    private TimeSpan _lookedAt;

    public MotionGate(PictureZones zones)
    {
        _masks = [.. Enumerable.Range(0, zones.Count).Select(zone => zones.MaskOf(zone, Small))];
        _areas = [.. _masks.Select(mask => Math.Max(1, mask.CountNonZero()))];
    }

    /// <summary>Whether something moved in each zone since the pictures before; the first picture counts as motion.</summary>
    /// <param name="at">When the picture was taken, on the monotonic clock.</param>
    public bool[] Look(Mat picture, TimeSpan at)
    {
        using var grey = SmallGrey(picture);
        var follows = Math.Min(MostFollowed, 1 - Math.Exp((_lookedAt - at) / Fading));
        _lookedAt = at;
        if (_background.Empty())
        {
            grey.CopyTo(_background);
            return [.. _masks.Select(_ => true)];
        }

        using var change = new Mat();
        Cv2.Subtract(grey, _background, change);
        Cv2.Subtract(change, Cv2.Mean(change), change);
        using var size = new Mat();
        Cv2.Absdiff(change, Scalar.All(0), size);
        using var changed = new Mat();
        Cv2.Compare(size, Scalar.All(ChangedGreyLevels), changed, CmpTypes.GT);
        Cv2.AddWeighted(_background, 1 - follows, grey, follows, 0, _background);

        var moving = new bool[_masks.Length];
        for (var zone = 0; zone < moving.Length; zone++)
        {
            using var inZone = new Mat();
            Cv2.BitwiseAnd(changed, _masks[zone], inZone);
            moving[zone] = inZone.CountNonZero() >= MovingShareOfZone * _areas[zone];
        }

        return moving;
    }

    public void Dispose()
    {
        foreach (var mask in _masks)
            mask.Dispose();
        _background.Dispose();
    }

    private static Mat SmallGrey(Mat picture)
    {
        using var small = new Mat();
        Cv2.Resize(picture, small, Small, interpolation: InterpolationFlags.Area);
        using var grey = new Mat();
        Cv2.CvtColor(small, grey, ColorConversionCodes.BGR2GRAY);
        var precise = new Mat();
        grey.ConvertTo(precise, MatType.CV_32FC1);
        return precise;
    }
}
