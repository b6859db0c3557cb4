using BayEdge.Simulator.Plates;
using OpenCvSharp;
using SkiaSharp;

namespace BayEdge.Simulator.Cameras;

/// <summary>Renders what a bay's camera sees: 1280 x 720, BGR, 8 bits a channel.</summary>
/// <remarks>
/// The same seed and the same scene (its instant included) give the same picture to the pixel. The empty bay and the last
/// clean picture are kept, so a parked car costs little. Calls from several threads take turns.
/// </remarks>
public sealed class SceneRenderer : IDisposable
{
    private readonly Lock _turn = new();
    private readonly PlateRenderer _plates;
    private readonly SensorModel _sensor;
    private readonly SKImage _room;
    private readonly Mat _canvasPixels = new(PictureHeight, PictureWidth, MatType.CV_8UC4);
    private readonly Mat _clean = new();
    private BayScene? _painted;

    /// <param name="plates">Draws the plates; it stays the caller's.</param>
    /// <param name="seed">Another seed is another bay: other stains on the floor, other noise.</param>
    public SceneRenderer(PlateRenderer plates, int seed, SensorOptions? sensor = null)
    {
        _plates = plates;
        _sensor = new SensorModel(sensor ?? new SensorOptions(), seed);
        _room = PaintRoom(seed);
    }

    public static int Width => BayView.Width;

    public static int Height => BayView.Height;

    private static int PictureWidth => BayView.Width + (2 * BayView.Margin);

    private static int PictureHeight => BayView.Height + (2 * BayView.Margin);

    /// <summary>Where the plate of the scene's car stands, in pixels, jitter aside; null when there is none.</summary>
    /// <returns>Top left, top right, bottom right and bottom left corner.</returns>
    public static IReadOnlyList<Point2f>? PlateCorners(BayScene scene) =>
        scene.Car is { Plate: { } plate } car
            ? [.. CarPainter.PlateCorners(car, plate.Kind).Select(WithoutMargin)]
            : null;

    /// <summary>Renders the scene; the caller disposes of the picture.</summary>
    public Mat Render(BayScene scene)
    {
        lock (_turn)
        {
            if (_painted != scene.Painted)
            {
                Paint(scene);
                _painted = scene.Painted;
            }

            return _sensor.Expose(_clean, scene.At, scene.Light);
        }
    }

    public void Dispose()
    {
        _sensor.Dispose();
        _room.Dispose();
        _canvasPixels.Dispose();
        _clean.Dispose();
    }

    private static Point2f WithoutMargin(SKPoint corner) => new(corner.X - BayView.Margin, corner.Y - BayView.Margin);

    private void Paint(BayScene scene)
    {
        var info = new SKImageInfo(PictureWidth, PictureHeight, SKColorType.Bgra8888, SKAlphaType.Premul);
        using (var surface = SKSurface.Create(info, _canvasPixels.Data, (int)_canvasPixels.Step()))
        {
            surface.Canvas.DrawImage(_room, 0, 0, SKSamplingOptions.Default);
            var painter = new ScenePainter(surface.Canvas);
            ScenePropsPainter.Paint(painter, scene);
            if (scene.Car is { } car)
                new CarPainter(painter, car).Paint(_plates);

            if (scene.PersonAcross is { } across)
                PersonPainter.Paint(painter, (float)across, BayView.NoseDistance(scene.Car?.Approach ?? 1) - 0.5f);
        }

        Cv2.CvtColor(_canvasPixels, _clean, ColorConversionCodes.BGRA2BGR);
        if (scene.Infrared)
            SensorModel.SeeInfrared(_clean);
        _sensor.Blur(_clean);
    }

    private static SKImage PaintRoom(int seed)
    {
        using var surface = SKSurface.Create(new SKImageInfo(PictureWidth, PictureHeight, SKColorType.Bgra8888, SKAlphaType.Premul));
        RoomPainter.Paint(new ScenePainter(surface.Canvas), new Random(seed));
        return surface.Snapshot();
    }
}
