using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Vision.Plates.Networks;
using OpenCvSharp;

namespace BayEdge.Vision.Plates.Locating;

/// <summary>Finds plates with a network of the user's own that gives boxes as the YOLO family does.</summary>
internal sealed class YoloLocator : ILocator
{
    // As these networks were trained: the picture is fitted into the input, the rest is grey (ultralytics' letterbox).
    private const byte Rest = 114;

    private const int MostBoxes = 60;

    /// <summary>Share of the smaller box from which on two are of one plate. Assumed.</summary>
    private const double SamePlateOverlap = 0.6;

    private readonly OnnxNetwork _network;
    private readonly YoloBoxes _boxes;
    private readonly Size _input;
    private readonly float[] _values;

    private YoloLocator(OnnxNetwork network, LocatorConfiguration configuration, Size input)
    {
        (_network, _input) = (network, input);
        _boxes = new YoloBoxes(configuration.Output, configuration.ConfidencePercent / 100.0);
        _values = new float[3 * input.Width * input.Height];
    }

    public bool FindsPlates => true;

    /// <summary>Loads the network and runs it once, so that one that does not fit is known before a vehicle comes.</summary>
    /// <exception cref="PlateModelException">The file is missing, no ONNX network, or one with another input or output.</exception>
    public static YoloLocator Open(LocatorConfiguration configuration, int threads)
    {
        var network = OnnxNetwork.OpenOfUser(configuration.File, threads);
        try
        {
            var locator = new YoloLocator(network, configuration, InputOf(network, configuration));
            locator._boxes.Require(network.Run(locator._values, [1, 3, locator._input.Height, locator._input.Width]).Shape, configuration.File);
            return locator;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    public IReadOnlyList<TextLine> Locate(Mat picture, int longSide)
    {
        var scale = Math.Min((double)_input.Width / picture.Width, (double)_input.Height / picture.Height);
        var size = new Size(Math.Max(1, (int)Math.Round(picture.Width * scale)), Math.Max(1, (int)Math.Round(picture.Height * scale)));
        var place = new Point((_input.Width - size.Width) / 2, (_input.Height - size.Height) / 2);
        using var input = new Mat(_input, MatType.CV_8UC3, Scalar.All(Rest));
        using (var view = new Mat(input, new Rect(place, size)))
        using (var scaled = picture.Resize(size, interpolation: scale < 1 ? InterpolationFlags.Area : InterpolationFlags.Linear))
            scaled.CopyTo(view);
        Fill(input);
        var (values, shape) = _network.Run(_values, [1, 3, _input.Height, _input.Width]);

        var kept = new List<(Rect2d Box, double Score)>();
        foreach (var found in _boxes.Read(values, shape).OrderByDescending(found => found.Score))
        {
            if (kept.Count < MostBoxes && kept.TrueForAll(other => Overlap(other.Box, found.Box) < SamePlateOverlap))
                kept.Add(found);
        }

        return [.. kept.Select(found => new TextLine(QuadOf(found.Box, place, scale, picture.Size()), found.Score)).Where(line => PlateGeometry.Width(line.Quad) >= 1)];
    }

    public void Dispose() => _network.Dispose();

    private static Size InputOf(OnnxNetwork network, LocatorConfiguration configuration)
    {
        if (network.TakesBytes || network.InputShape is not [<= 1, 3, var height, var width])
        {
            throw new PlateModelException(
                $"Expected the locator {configuration.File} to take 1 x 3 x height x width numbers, but it takes {network.InputInWords}. "
                + $"Export it again for single pictures, with channels first.");
        }

        return new Size(network.SideOf(width, configuration.InputSize), network.SideOf(height, configuration.InputSize));
    }

    private static ImmutableArray<Point2f> QuadOf(Rect2d box, Point place, double scale, Size picture)
    {
        var (left, right) = (X(box.Left), X(box.Right));
        var (top, bottom) = (Y(box.Top), Y(box.Bottom));
        return [new(left, top), new(right, top), new(right, bottom), new(left, bottom)];

        float X(double x) => (float)Math.Clamp((x - place.X) / scale, 0, picture.Width);
        float Y(double y) => (float)Math.Clamp((y - place.Y) / scale, 0, picture.Height);
    }

    private static double Overlap(Rect2d one, Rect2d other)
    {
        var common = one.Intersect(other);
        return common.Width * common.Height / Math.Max(1e-6, Math.Min(one.Width * one.Height, other.Width * other.Height));
    }

    private unsafe void Fill(Mat input)
    {
        var plane = _input.Width * _input.Height;
        for (var y = 0; y < _input.Height; y++)
        {
            var row = (byte*)input.Ptr(y);
            for (var x = 0; x < _input.Width; x++)
            {
                for (var channel = 0; channel < 3; channel++)
                    _values[((2 - channel) * plane) + (y * _input.Width) + x] = row[(3 * x) + channel] / 255f;
            }
        }
    }
}
