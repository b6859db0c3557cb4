using OpenCvSharp;

namespace BayEdge.Vision.Occupancy;

/// <summary>What a zone looks like: the structure in each of its cells, without brightness.</summary>
/// <remarks>
/// The zone's rectangle is scaled to a small grey picture, of which the logarithm is taken, so that twice the light is a constant. From
/// each cell its best plane is taken away: constants, the slope of a lamp and the soft edge of a shadow go with it, what things look like
/// stays. Two appearances are compared cell by cell with the structure term of SSIM (Wang et al. 2004), whose constant hides noise.
/// </remarks>
internal sealed class ZoneAppearance
{
    public const int Columns = 12;
    public const int Rows = 8;
    public const int Cells = Columns * Rows;
    public const int Bytes = Cells * CellPixels;

    private const int CellSide = 8;
    private const int CellPixels = CellSide * CellSide;

    // Of 0 to CellSide - 1 around their mean, over all pixels of a cell.
    private const float SquaresOfPlace = 336;

    // In grey levels: keeps the noise of dark pixels from growing in the logarithm. Assumed.
    private const float DarkGrey = 12;

    // A step of the logarithm is an eightieth: a contrast of 1.25 %.
    private const float StepsPerLog = 80;

    // The variance that noise and the codec leave in a cell, in squared steps. Assumed: a contrast of 3.5 %.
    private const float NoiseVariance = 8;

    private static readonly float[] Logs = [.. Enumerable.Range(0, 256).Select(level => MathF.Log(level + DarkGrey))];

    private readonly sbyte[] _steps;
    private readonly float[] _variances = new float[Cells];

    private ZoneAppearance(sbyte[] steps)
    {
        _steps = steps;
        for (var cell = 0; cell < Cells; cell++)
            _variances[cell] = Product(steps, steps, cell);
    }

    /// <param name="picture">BGR, 8 bits a channel.</param>
    /// <param name="area">The zone's rectangle in it.</param>
    public static ZoneAppearance Of(Mat picture, Rect area)
    {
        using var zone = new Mat(picture, area);
        using var small = new Mat();
        Cv2.Resize(zone, small, new Size(Columns * CellSide, Rows * CellSide), interpolation: InterpolationFlags.Area);
        using var grey = small.CvtColor(ColorConversionCodes.BGR2GRAY);
        grey.GetArray(out byte[] levels);
        var steps = new sbyte[Bytes];
        for (var cell = 0; cell < Cells; cell++)
            Straighten(levels, cell, steps.AsSpan(cell * CellPixels, CellPixels));
        return new ZoneAppearance(steps);
    }

    /// <summary>What <see cref="ToBytes"/> gave.</summary>
    /// <returns>Null when it has another length.</returns>
    public static ZoneAppearance? FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Bytes ? new ZoneAppearance(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, sbyte>(bytes).ToArray()) : null;

    public byte[] ToBytes() => System.Runtime.InteropServices.MemoryMarshal.AsBytes<sbyte>(_steps).ToArray();

    /// <summary>How unlike the other one each cell is: 0 the same, 1 nothing in common.</summary>
    public float[] ChangeFrom(ZoneAppearance other)
    {
        var changes = new float[Cells];
        for (var cell = 0; cell < Cells; cell++)
        {
            var alike = ((2 * Product(_steps, other._steps, cell)) + NoiseVariance) / (_variances[cell] + other._variances[cell] + NoiseVariance);
            changes[cell] = Math.Clamp(1 - alike, 0, 1);
        }

        return changes;
    }

    /// <summary>Whether edges are where they were, whatever light falls on them: the correlation of the cells' contrasts, -1 to 1.</summary>
    public double LayoutLikeness(ZoneAppearance other)
    {
        var (one, two) = (_variances.Select(Contrast).ToArray(), other._variances.Select(Contrast).ToArray());
        var (meanOne, meanTwo) = (one.Average(), two.Average());
        double common = 0, ofOne = 0, ofTwo = 0;
        for (var cell = 0; cell < Cells; cell++)
        {
            var (a, b) = (one[cell] - meanOne, two[cell] - meanTwo);
            (common, ofOne, ofTwo) = (common + (a * b), ofOne + (a * a), ofTwo + (b * b));
        }

        return ofOne * ofTwo == 0 ? 0 : common / Math.Sqrt(ofOne * ofTwo);

        static double Contrast(float variance) => Math.Log(1 + (variance / NoiseVariance));
    }

    /// <summary>Moves towards another appearance by a share of the way.</summary>
    public ZoneAppearance Towards(ZoneAppearance other, double share)
    {
        var steps = new sbyte[Bytes];
        for (var i = 0; i < Bytes; i++)
            steps[i] = (sbyte)Math.Round(_steps[i] + (share * (other._steps[i] - _steps[i])));
        return new ZoneAppearance(steps);
    }

    private static float Product(sbyte[] one, sbyte[] other, int cell)
    {
        var sum = 0;
        for (var i = cell * CellPixels; i < (cell + 1) * CellPixels; i++)
            sum += one[i] * other[i];
        return (float)sum / CellPixels;
    }

    private static void Straighten(byte[] levels, int cell, Span<sbyte> target)
    {
        Span<float> logs = stackalloc float[CellPixels];
        var (left, top) = (cell % Columns * CellSide, cell / Columns * CellSide);
        float mean = 0, slopeX = 0, slopeY = 0;
        for (var i = 0; i < CellPixels; i++)
        {
            var (x, y) = (i % CellSide, i / CellSide);
            var log = Logs[levels[((top + y) * Columns * CellSide) + left + x]];
            logs[i] = log;
            mean += log / CellPixels;
            slopeX += log * (x - 3.5f) / SquaresOfPlace;
            slopeY += log * (y - 3.5f) / SquaresOfPlace;
        }

        for (var i = 0; i < CellPixels; i++)
        {
            var rest = logs[i] - mean - (slopeX * (i % CellSide - 3.5f)) - (slopeY * (i / CellSide - 3.5f));
            target[i] = (sbyte)Math.Clamp(MathF.Round(rest * StepsPerLog), -127, 127);
        }
    }
}
