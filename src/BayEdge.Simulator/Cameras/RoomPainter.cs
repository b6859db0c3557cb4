using SkiaSharp;

namespace BayEdge.Simulator.Cameras;

/// <summary>The empty bay: floor with its marking, walls with a bench and a tool trolley, ceiling lamps, and the open door.</summary>
/// <remarks>All figures, in metres, are assumed.</remarks>
internal static class RoomPainter
{
    private const float Half = BayView.HalfBayWidth;
    private const float Door = BayView.DoorDistance;
    private const float Ceiling = BayView.CeilingHeight;
    private const float Lintel = BayView.DoorHeight;

    // The nearest stretch that the camera still sees.
    private const float Near = 1.2f;

    private static readonly SKColor MarkingYellow = new(206, 176, 62);
    private static readonly SKColor Cabinet = new(150, 44, 40);

    public static void Paint(ScenePainter scene, Random random)
    {
        scene.Canvas.Clear(new SKColor(120, 122, 124));
        PaintYard(scene);
        PaintWalls(scene);
        PaintFloor(scene, random);
        PaintFurniture(scene);
    }

    private static void PaintYard(ScenePainter scene)
    {
        scene.Shaded(new SKColor(226, 232, 238), new SKColor(196, 202, 206), 2,
            (-8, 9, Door + 14), (8, 9, Door + 14), (8, 0, Door + 14), (-8, 0, Door + 14));
        scene.Polygon(new SKColor(158, 160, 158), (-8, 0, Door), (8, 0, Door), (8, 0, Door + 14), (-8, 0, Door + 14));
        scene.Polygon(new SKColor(140, 146, 150), (-6, 0, Door + 13), (-1, 0, Door + 13), (-1, 2.4f, Door + 13), (-6, 2.4f, Door + 13));
    }

    private static void PaintWalls(ScenePainter scene)
    {
        var (pale, dark) = (new SKColor(168, 170, 168), new SKColor(128, 132, 134));
        scene.Shaded(new SKColor(96, 100, 104), new SKColor(128, 132, 136), 2,
            (-Half, Ceiling, Near), (Half, Ceiling, Near), (Half, Ceiling, Door), (-Half, Ceiling, Door));
        foreach (var side in new[] { -Half, Half })
        {
            scene.Shaded(dark, pale, 1, (side, 1.2f, Near), (side, 1.2f, Door), (side, Ceiling, Door), (side, Ceiling, Near));
            scene.Shaded(new SKColor(70, 86, 98), new SKColor(92, 108, 120), 1,
                (side, 0, Near), (side, 0, Door), (side, 1.2f, Door), (side, 1.2f, Near));
            scene.Polygon(new SKColor(110, 112, 112), // the door's post
                (side, 0, Door - 0.1f), (side * 0.9f, 0, Door), (side * 0.9f, Lintel, Door), (side, Lintel, Door - 0.1f));
        }

        scene.Polygon(new SKColor(134, 136, 138), // the rolled-up door
            (-Half, Lintel, Door), (Half, Lintel, Door), (Half, Ceiling, Door), (-Half, Ceiling, Door));
        foreach (var z in new[] { 4f, 6.5f, 9f })
        {
            scene.Polygon(new SKColor(250, 250, 240),
                (-0.9f, Ceiling, z), (0.9f, Ceiling, z), (0.9f, Ceiling, z + 0.25f), (-0.9f, Ceiling, z + 0.25f));
        }
    }

    private static void PaintFloor(ScenePainter scene, Random random)
    {
        scene.Shaded(new SKColor(112, 116, 114), new SKColor(152, 154, 150), 3,
            (-Half, 0, Near), (Half, 0, Near), (Half, 0, Door), (-Half, 0, Door));
        scene.Soft(new SKColor(214, 216, 210, 110), 14, (-1.5f, 0, 7.5f), (1.5f, 0, 7.5f), (1.9f, 0, Door), (-1.9f, 0, Door));
        for (var z = 3f; z < Door; z += 2.5f)
            scene.Polygon(new SKColor(104, 108, 106), (-Half, 0, z), (Half, 0, z), (Half, 0, z + 0.02f), (-Half, 0, z + 0.02f));

        foreach (var side in new[] { -1f, 1f })
        {
            scene.Polygon(MarkingYellow,
                (side * 1.6f, 0, Near), (side * 1.7f, 0, Near), (side * 1.7f, 0, Door - 0.5f), (side * 1.6f, 0, Door - 0.5f));
        }

        for (var stain = 0; stain < 9; stain++)
        {
            var (x, z, size) = (Between(random, -1.4f, 1.4f), Between(random, 2.8f, 9), Between(random, 0.06f, 0.25f));
            scene.Soft(new SKColor(70, 72, 70, 90), 4,
                (x - size, 0, z), (x, 0, z - size), (x + (size * 1.4f), 0, z), (x, 0, z + size));
        }
    }

    private static void PaintFurniture(ScenePainter scene)
    {
        // A tool cabinet against the left wall, a bench against the right one.
        Box(scene, Cabinet, -Half, -1.9f, 1, 7, 8.2f);
        for (var drawer = 0.2f; drawer < 1; drawer += 0.2f)
        {
            scene.Polygon(new SKColor(90, 26, 24),
                (-1.899f, drawer, 7.05f), (-1.899f, drawer, 8.15f), (-1.899f, drawer + 0.02f, 8.15f), (-1.899f, drawer + 0.02f, 7.05f));
        }

        Box(scene, new SKColor(132, 108, 80), Half, 2, 0.9f, 5.4f, 8.6f);
        scene.Polygon(new SKColor(230, 230, 224), // a notice on the wall
            (Half - 0.01f, 1.5f, 6), (Half - 0.01f, 1.5f, 6.7f), (Half - 0.01f, 2.2f, 6.7f), (Half - 0.01f, 2.2f, 6));
    }

    private static void Box(ScenePainter scene, SKColor color, float wall, float face, float height, float near, float far)
    {
        scene.Polygon(Scaled(color, 0.8f), (face, 0, near), (face, 0, far), (face, height, far), (face, height, near));
        scene.Polygon(Scaled(color, 0.6f), (wall, 0, near), (face, 0, near), (face, height, near), (wall, height, near));
        scene.Polygon(Scaled(color, 1.1f), (wall, height, near), (face, height, near), (face, height, far), (wall, height, far));
    }

    private static SKColor Scaled(SKColor color, float by) =>
        new((byte)Math.Min(255, color.Red * by), (byte)Math.Min(255, color.Green * by), (byte)Math.Min(255, color.Blue * by));

    private static float Between(Random random, float low, float high) => low + (random.NextSingle() * (high - low));
}
