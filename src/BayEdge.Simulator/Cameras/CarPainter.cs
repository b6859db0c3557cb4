using BayEdge.Simulator.Plates;
using SkiaSharp;

namespace BayEdge.Simulator.Cameras;

/// <summary>A car, nose or tail towards the camera, built from flat panels.</summary>
internal sealed class CarPainter(ScenePainter scene, SceneCar car)
{
    private static readonly SKColor[] Paints =
    [
        new(226, 228, 230), new(40, 42, 48), new(150, 156, 162), new(34, 62, 120), new(150, 30, 36), new(84, 98, 92), new(206, 196, 176),
    ];

    private static readonly SKColor Glass = new(30, 38, 46);
    private static readonly SKColor Trim = new(26, 28, 30);

    private readonly SKColor _paint = Paints[(uint)car.Look % Paints.Length];
    private readonly float _half = 0.88f + ((uint)car.Look / 7 % 5 * 0.02f);
    private readonly float _height = 1.42f + ((uint)car.Look / 35 % 5 * 0.06f);
    private readonly float _nose = BayView.NoseDistance(car.Approach);

    // How deep the lid (bonnet or boot) is, and how high its far edge stands.
    private readonly float _lid = car.End == CarEnd.Front ? 1.05f : 0.45f;
    private readonly float _waist = 0.98f;

    public void Paint(PlateRenderer plates)
    {
        PaintUnderside();
        PaintCabin();
        PaintBody();
        if (car.End == CarEnd.Front)
            PaintFrontDetails();
        else
            PaintRearDetails();

        if (car.Plate is { } plate)
            PaintPlate(plate, plates);
    }

    /// <summary>The corners of the plate in the picture with margins: top left, top right, bottom right, bottom left.</summary>
    public static SKPoint[] PlateCorners(SceneCar car, PlateKind kind)
    {
        var (width, height) = PlateRenderer.SizeMillimetres(kind);
        var z = BayView.NoseDistance(car.Approach) - 0.02f;
        var (left, right) = (-width / 2000f, width / 2000f);
        var middle = car.End == CarEnd.Front ? 0.47f : 0.78f;
        var (bottom, top) = (middle - (height / 2000f), middle + (height / 2000f));
        return
        [
            BayView.Project(left, top, z),
            BayView.Project(right, top, z),
            BayView.Project(right, bottom, z),
            BayView.Project(left, bottom, z),
        ];
    }

    private void PaintUnderside()
    {
        scene.Soft(new SKColor(20, 22, 22, 190), 0.1f * BayView.PixelsPerMetre(_nose),
            (-_half - 0.1f, 0, _nose - 0.15f), (_half + 0.1f, 0, _nose - 0.15f), (_half + 0.1f, 0, _nose + 4.3f), (-_half - 0.1f, 0, _nose + 4.3f));
        foreach (var side in new[] { -1f, 1f })
        {
            Panel(Trim, (side * (_half - 0.02f), 0, 0.12f), (side * (_half - 0.26f), 0, 0.12f), (side * (_half - 0.26f), 0.4f, 0.12f),
                (side * (_half - 0.02f), 0.4f, 0.12f));
        }

        Panel(new SKColor(14, 15, 16), (-_half + 0.2f, 0.14f, 0.15f), (_half - 0.2f, 0.14f, 0.15f), (_half - 0.1f, 0.4f, 0.15f), (-_half + 0.1f, 0.4f, 0.15f));
    }

    private void PaintCabin()
    {
        var (foot, head) = (_half - 0.1f, _half * 0.68f);
        var (near, far) = (_lid + 0.65f, _lid + 2);
        foreach (var side in new[] { -1f, 1f })
        {
            Panel(Tone(0.55f), (side * _half, 0.3f, 0.3f), (side * _half, 0.3f, 4.2f), (side * _half, _waist, 4.2f), (side * _half, _waist, 0.6f));
            Panel(Tone(0.8f), (side * _half, _waist, _lid), (side * _half, _waist, 4.2f), (side * foot, _waist, far + 0.4f), (side * foot, _waist, _lid));
            Panel(Glass, (side * foot, _waist, _lid), (side * foot, _waist, far + 0.4f), (side * head, _height, far), (side * head, _height, near));
            scene.Ellipse(Tone(0.7f), side * (_half + 0.06f), _waist + 0.07f, _nose + _lid + 0.2f, 0.11f, 0.075f);
        }

        Panel(Tone(1.05f), (-head, _height, near), (head, _height, near), (head * 0.95f, _height + 0.03f, far), (-head * 0.95f, _height + 0.03f, far));
        scene.Shaded(new SKColor(52, 62, 72), Glass, 2, At(-foot, _waist, _lid), At(foot, _waist, _lid), At(head, _height, near),
            At(-head, _height, near));
        Panel(new SKColor(150, 170, 190, 60), (-foot * 0.2f, _waist, _lid), (foot * 0.4f, _waist, _lid), (head * 0.7f, _height - 0.03f, near),
            (head * 0.2f, _height - 0.03f, near));
    }

    private void PaintBody()
    {
        scene.Shaded(Tone(1.1f), Tone(0.85f), 3, At(-_half + 0.06f, 0.8f, 0.08f), At(_half - 0.06f, 0.8f, 0.08f), At(_half - 0.1f, _waist, _lid),
            At(-_half + 0.1f, _waist, _lid));
        scene.Shaded(Tone(0.95f), Tone(0.7f), 2, At(-_half + 0.06f, 0.8f, 0.08f), At(_half - 0.06f, 0.8f, 0.08f), At(_half, 0.55f, 0),
            At(_half, 0.3f, 0.03f), At(_half - 0.12f, 0.2f, 0.05f), At(-_half + 0.12f, 0.2f, 0.05f), At(-_half, 0.3f, 0.03f), At(-_half, 0.55f, 0));
    }

    private void PaintFrontDetails()
    {
        foreach (var side in new[] { -1f, 1f })
        {
            Panel(new SKColor(206, 214, 222), (side * (_half - 0.03f), 0.72f, 0), (side * (_half - 0.42f), 0.68f, 0), (side * (_half - 0.4f), 0.6f, 0),
                (side * (_half - 0.02f), 0.61f, 0));
            scene.Ellipse(new SKColor(250, 250, 244), side * (_half - 0.2f), 0.655f, _nose, 0.045f, 0.035f);
        }

        Panel(Trim, (-_half + 0.3f, 0.37f, 0), (_half - 0.3f, 0.37f, 0), (_half - 0.4f, 0.24f, 0), (-_half + 0.4f, 0.24f, 0));
        scene.Ellipse(new SKColor(190, 194, 198), 0, 0.7f, _nose, 0.05f, 0.05f);
        if (car.Tagged)
        {
            var (y, depth) = (_height - 0.12f, _lid + 0.5f);
            Panel(new SKColor(232, 232, 226), (-0.14f, y, depth), (-0.04f, y, depth), (-0.04f, y + 0.05f, depth + 0.05f), (-0.14f, y + 0.05f, depth + 0.05f));
        }
    }

    private void PaintRearDetails()
    {
        foreach (var side in new[] { -1f, 1f })
        {
            Panel(new SKColor(170, 20, 24), (side * (_half - 0.03f), 0.86f, 0.05f), (side * (_half - 0.34f), 0.84f, 0.05f),
                (side * (_half - 0.34f), 0.72f, 0.03f), (side * (_half - 0.02f), 0.7f, 0.03f));
        }

        Panel(Tone(0.5f), (-0.34f, 0.87f, 0), (0.34f, 0.87f, 0), (0.32f, 0.68f, 0), (-0.32f, 0.68f, 0));
        Panel(Trim, (-_half + 0.1f, 0.4f, 0), (_half - 0.1f, 0.4f, 0), (_half - 0.2f, 0.22f, 0), (-_half + 0.2f, 0.22f, 0));
    }

    private void PaintPlate(PlateNumber number, PlateRenderer plates)
    {
        using var bitmap = plates.Draw(number);
        using var image = SKImage.FromBitmap(bitmap);
        using var paint = new SKPaint { IsAntialias = true };
        scene.Canvas.Save();
        scene.Canvas.Concat(Perspective.FromRectangle(bitmap.Width, bitmap.Height, PlateCorners(car, number.Kind)));
        scene.Canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear), paint);
        scene.Canvas.Restore();
    }

    private void Panel(SKColor color, params ReadOnlySpan<(float X, float Y, float Depth)> corners)
    {
        Span<(float, float, float)> placed = stackalloc (float, float, float)[corners.Length];
        for (var i = 0; i < corners.Length; i++)
            placed[i] = At(corners[i].X, corners[i].Y, corners[i].Depth);

        scene.Polygon(color, placed);
    }

    private (float X, float Y, float Z) At(float x, float y, float depth) => (x, y, _nose + depth);

    private SKColor Tone(float by) =>
        new((byte)Math.Min(255, _paint.Red * by), (byte)Math.Min(255, _paint.Green * by), (byte)Math.Min(255, _paint.Blue * by));
}
