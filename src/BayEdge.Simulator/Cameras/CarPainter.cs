using BayEdge.Simulator.Plates;
using SkiaSharp;

namespace BayEdge.Simulator.Cameras;

/// <summary>A car, nose or tail towards the camera, built from flat panels.</summary>
/// <remarks>All figures, in metres, are assumed: a middling saloon, measured on none.</remarks>
internal sealed class CarPainter(ScenePainter scene, SceneCar car)
{
    private static readonly SKColor[] Paints =
    [
        new(226, 228, 230), new(40, 42, 48), new(150, 156, 162), new(34, 62, 120), new(150, 30, 36), new(84, 98, 92),
        new(206, 196, 176),
    ];

    // How high the lid's far edge and the side windows' sills stand.
    private const float Waist = 0.98f;

    private static readonly SKColor Glass = new(30, 38, 46);
    private static readonly SKColor Trim = new(26, 28, 30);

    private readonly SKColor _paint = Paints[(uint)car.Look % Paints.Length];
    private readonly float _half = 0.88f + ((uint)car.Look / 7 % 5 * 0.02f);
    private readonly float _height = 1.42f + ((uint)car.Look / 35 % 5 * 0.06f);
    private readonly float _nose = BayView.NoseDistance(car.Approach);

    // How deep the lid (bonnet or boot) is.
    private readonly float _lid = car.End == CarEnd.Front ? 1.05f : 0.45f;

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
        if (car is { BonnetOpen: true, End: CarEnd.Front })
            PaintOpenBonnet();
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
        var shadow = Trapezoid((_half + 0.1f, 0, -0.15f), (_half + 0.1f, 0, 4.3f));
        scene.Soft(new SKColor(20, 22, 22, 190), 0.1f * BayView.PixelsPerMetre(_nose), shadow);
        OnBothSides(Trim, (_half - 0.02f, 0, 0.12f), (_half - 0.26f, 0, 0.12f), (_half - 0.26f, 0.4f, 0.12f), (_half - 0.02f, 0.4f, 0.12f));
        Across(new SKColor(14, 15, 16), (_half - 0.2f, 0.14f, 0.15f), (_half - 0.1f, 0.4f, 0.15f));
    }

    private void PaintCabin()
    {
        var (foot, head) = (_half - 0.1f, _half * 0.68f);
        var (near, far) = (_lid + 0.65f, _lid + 2);
        OnBothSides(Tone(0.55f), (_half, 0.3f, 0.3f), (_half, 0.3f, 4.2f), (_half, Waist, 4.2f), (_half, Waist, 0.6f));
        OnBothSides(Tone(0.8f), (_half, Waist, _lid), (_half, Waist, 4.2f), (foot, Waist, far + 0.4f), (foot, Waist, _lid));
        OnBothSides(Glass, (foot, Waist, _lid), (foot, Waist, far + 0.4f), (head, _height, far), (head, _height, near));
        foreach (var mirror in new[] { -_half - 0.06f, _half + 0.06f })
            scene.Ellipse(Tone(0.7f), mirror, Waist + 0.07f, _nose + _lid + 0.2f, 0.11f, 0.075f);

        Across(Tone(1.05f), (head, _height, near), (head * 0.95f, _height + 0.03f, far));
        scene.Shaded(new SKColor(52, 62, 72), Glass, 2, Trapezoid((foot, Waist, _lid), (head, _height, near)));
        Panel( // a gleam on the glass
            new SKColor(150, 170, 190, 60),
            (-foot * 0.2f, Waist, _lid),
            (foot * 0.4f, Waist, _lid),
            (head * 0.7f, _height - 0.03f, near),
            (head * 0.2f, _height - 0.03f, near));
    }

    private void PaintBody()
    {
        scene.Shaded(Tone(1.1f), Tone(0.85f), 3, Trapezoid((_half - 0.06f, 0.8f, 0.08f), (_half - 0.1f, Waist, _lid)));
        scene.Shaded(Tone(0.95f), Tone(0.8f), 3, Trapezoid((_half - 0.06f, 0.8f, 0.08f), (_half, 0.55f, 0)));
        scene.Shaded(Tone(0.8f), Tone(0.72f), 3, Trapezoid((_half, 0.55f, 0), (_half, 0.3f, 0.03f)));
        Across(Tone(0.7f), (_half, 0.3f, 0.03f), (_half - 0.12f, 0.2f, 0.05f));
    }

    private void PaintFrontDetails()
    {
        var (outer, inner) = (_half - 0.03f, _half - 0.42f);
        OnBothSides(new SKColor(206, 214, 222), (outer, 0.72f, 0), (inner, 0.68f, 0), (inner, 0.6f, 0), (outer, 0.61f, 0));
        foreach (var lamp in new[] { -_half + 0.2f, _half - 0.2f })
            scene.Ellipse(new SKColor(250, 250, 244), lamp, 0.655f, _nose, 0.045f, 0.035f);

        Across(Trim, (_half - 0.3f, 0.37f, 0), (_half - 0.4f, 0.24f, 0));
        scene.Ellipse(new SKColor(190, 194, 198), 0, 0.7f, _nose, 0.05f, 0.05f);
        if (car.Tagged)
        {
            var (y, depth) = (_height - 0.12f, _lid + 0.5f);
            var (foot, head) = ((Y: y, Depth: depth), (Y: y + 0.05f, Depth: depth + 0.05f));
            Panel(
                new SKColor(232, 232, 226),
                (-0.14f, foot.Y, foot.Depth),
                (-0.04f, foot.Y, foot.Depth),
                (-0.04f, head.Y, head.Depth),
                (-0.14f, head.Y, head.Depth));
        }
    }

    // Hinged at the windscreen; below it the engine bay.
    private void PaintOpenBonnet()
    {
        Across(Trim, (_half - 0.08f, 0.82f, 0.06f), (_half - 0.12f, Waist, _lid));
        Across(new SKColor(70, 74, 78), (_half - 0.3f, 0.86f, 0.2f), (_half - 0.35f, Waist - 0.03f, _lid - 0.25f));
        scene.Shaded(Tone(0.5f), Tone(0.4f), 2, Trapezoid((_half - 0.1f, Waist, _lid), (_half - 0.16f, Waist + 0.85f, _lid - 0.35f)));
    }

    private void PaintRearDetails()
    {
        var (outer, inner) = (_half - 0.03f, _half - 0.34f);
        OnBothSides(new SKColor(170, 20, 24), (outer, 0.86f, 0.05f), (inner, 0.84f, 0.05f), (inner, 0.72f, 0.03f), (outer, 0.7f, 0.03f));
        Across(Tone(0.5f), (0.34f, 0.87f, 0), (0.32f, 0.68f, 0));
        Across(Trim, (_half - 0.1f, 0.4f, 0), (_half - 0.2f, 0.22f, 0));
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

    /// <summary>A panel that reaches equally far to both sides of the car's middle.</summary>
    private void Across(SKColor color, (float Half, float Y, float Depth) edge, (float Half, float Y, float Depth) opposite) =>
        scene.Polygon(color, Trapezoid(edge, opposite));

    private void OnBothSides(SKColor color, params ReadOnlySpan<(float X, float Y, float Depth)> corners)
    {
        Span<(float, float, float)> mirrored = stackalloc (float, float, float)[corners.Length];
        for (var i = 0; i < corners.Length; i++)
            mirrored[i] = (-corners[i].X, corners[i].Y, corners[i].Depth);

        Panel(color, corners);
        Panel(color, mirrored);
    }

    private void Panel(SKColor color, params ReadOnlySpan<(float X, float Y, float Depth)> corners)
    {
        Span<(float, float, float)> placed = stackalloc (float, float, float)[corners.Length];
        for (var i = 0; i < corners.Length; i++)
            placed[i] = (corners[i].X, corners[i].Y, _nose + corners[i].Depth);

        scene.Polygon(color, placed);
    }

    private (float X, float Y, float Z)[] Trapezoid(
        (float Half, float Y, float Depth) edge, (float Half, float Y, float Depth) opposite) =>
    [
        (-edge.Half, edge.Y, _nose + edge.Depth),
        (edge.Half, edge.Y, _nose + edge.Depth),
        (opposite.Half, opposite.Y, _nose + opposite.Depth),
        (-opposite.Half, opposite.Y, _nose + opposite.Depth),
    ];

    private SKColor Tone(float by) =>
        new((byte)Math.Min(255, _paint.Red * by), (byte)Math.Min(255, _paint.Green * by), (byte)Math.Min(255, _paint.Blue * by));
}
