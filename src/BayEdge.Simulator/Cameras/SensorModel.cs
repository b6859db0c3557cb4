using OpenCvSharp;

namespace BayEdge.Simulator.Cameras;

/// <summary>Turns clean pictures with margins into frames: shaken, lit, noisy. One instance serves one thread at a time.</summary>
internal sealed class SensorModel : IDisposable
{
    // Noise is cut from a larger sheet at a random place, which is far cheaper than to draw it anew for every frame.
    private const int Slack = 256;

    private readonly SensorOptions _options;
    private readonly int _seed;
    private readonly Mat _noise;

    public SensorModel(SensorOptions options, int seed)
    {
        _options = options;
        _seed = seed;
        _noise = NoiseSheet(options.NoiseLevels, seed);
    }

    public void Blur(Mat picture)
    {
        if (_options.BlurPixels > 0)
            Cv2.GaussianBlur(picture, picture, default, _options.BlurPixels);
    }

    /// <summary>Takes the colours out and lights the picture from the camera: its lower middle is bright, its rim dark.</summary>
    /// <remarks>Assumed: a ring of infrared lamps around the lens; paint looks paler than by day.</remarks>
    public static void SeeInfrared(Mat picture)
    {
        using var grey = picture.CvtColor(ColorConversionCodes.BGR2GRAY);
        using var lamp = new Mat(grey.Size(), MatType.CV_8UC1, Scalar.All(50));
        Cv2.Ellipse(lamp, new Point(grey.Width / 2, grey.Height * 2 / 3), new Size(grey.Width / 2, grey.Height / 2), 0, 0, 360, Scalar.All(210), -1);
        Cv2.BoxFilter(lamp, lamp, lamp.Type(), new Size(401, 401));
        using var lit = new Mat();
        Cv2.Multiply(grey, lamp, lit, 1.0 / 230);
        Cv2.CvtColor(lit, picture, ColorConversionCodes.GRAY2BGR);
    }

    public Mat Expose(Mat clean, DateTimeOffset at, double light)
    {
        var random = new Random(HashCode(at));
        var jitter = Math.Clamp(_options.JitterPixels, 0, BayView.Margin);
        var place = new Point(
            BayView.Margin + random.Next(-jitter, jitter + 1),
            BayView.Margin + random.Next(-jitter, jitter + 1));
        var size = new Size(BayView.Width, BayView.Height);
        var gain = light * (1 + (_options.Flicker * ((2 * random.NextDouble()) - 1)));
        var noiseGain = 1 + Math.Clamp(1 - light, 0, 1);

        using var view = clean.SubMat(new Rect(place, size));
        using var noise = _noise.SubMat(new Rect(new Point(random.Next(Slack), random.Next(Slack)), size));
        var frame = new Mat();
        Cv2.AddWeighted(view, gain, noise, noiseGain, -128 * noiseGain, frame);
        return frame;
    }

    public void Dispose() => _noise.Dispose();

    private int HashCode(DateTimeOffset at) => unchecked((int)((at.UtcTicks * 2654435761L) >> 17) ^ (_seed * 486187739));

    private static Mat NoiseSheet(double deviation, int seed)
    {
        var levels = new byte[256];
        for (var i = 0; i < levels.Length; i++)
            levels[i] = (byte)Math.Clamp(Math.Round(128 + (deviation * NormalQuantile((i + 0.5) / 256))), 0, 255);

        var (rows, columns) = (BayView.Height + Slack, BayView.Width + Slack);
        var bytes = new byte[rows * columns * 3];
        new Random(seed).NextBytes(bytes);
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = levels[bytes[i]];

        using var wrapped = Mat.FromPixelData(rows, columns, MatType.CV_8UC3, bytes);
        return wrapped.Clone();
    }

    // The logistic approximation (scale 1.702) is closer than a grey level.
    private static double NormalQuantile(double probability) => Math.Log(probability / (1 - probability)) / 1.702;
}
