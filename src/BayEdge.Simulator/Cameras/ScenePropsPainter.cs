using SkiaSharp;

namespace BayEdge.Simulator.Cameras;

/// <summary>What changes in a bay without a car: the door, the sun on the floor, a tool trolley.</summary>
/// <remarks>All figures, in metres, are assumed.</remarks>
internal static class ScenePropsPainter
{
    private const float Half = BayView.HalfBayWidth * 0.9f;
    private const float Door = BayView.DoorDistance;
    private const float Slat = 0.25f;

    public static void Paint(ScenePainter scene, BayScene what)
    {
        if (what.DoorOpen < 1)
            PaintDoor(scene, (float)(BayView.DoorHeight * what.DoorOpen));
        if (what.SunAcross is { } across)
            PaintSun(scene, (float)across);
        if (what.Trolley)
            PaintTrolley(scene);
    }

    private static void PaintDoor(ScenePainter scene, float bottom)
    {
        scene.Polygon(new SKColor(150, 152, 150), (-Half, bottom, Door), (Half, bottom, Door), (Half, BayView.DoorHeight, Door), (-Half, BayView.DoorHeight, Door));
        for (var y = bottom; y < BayView.DoorHeight; y += Slat)
            scene.Polygon(new SKColor(112, 114, 114), (-Half, y, Door), (Half, y, Door), (Half, y + 0.03f, Door), (-Half, y + 0.03f, Door));
    }

    private static void PaintSun(ScenePainter scene, float across)
    {
        var x = across * 1.5f;
        scene.Soft(new SKColor(255, 250, 226, 150), 5, (x - 0.6f, 0, 3.2f), (x + 0.4f, 0, 3.2f), (x + 0.9f, 0, 6.4f), (x - 0.1f, 0, 6.4f));
    }

    private static void PaintTrolley(ScenePainter scene)
    {
        scene.Polygon(new SKColor(30, 60, 120), (1.2f, 0.1f, 4.2f), (1.6f, 0.1f, 4.2f), (1.6f, 0.9f, 4.2f), (1.2f, 0.9f, 4.2f));
        scene.Polygon(new SKColor(60, 96, 160), (1.2f, 0.9f, 4.2f), (1.6f, 0.9f, 4.2f), (1.6f, 0.9f, 4.8f), (1.2f, 0.9f, 4.8f));
        for (var y = 0.25f; y < 0.9f; y += 0.2f)
            scene.Polygon(new SKColor(200, 204, 208), (1.25f, y, 4.19f), (1.55f, y, 4.19f), (1.55f, y + 0.03f, 4.19f), (1.25f, y + 0.03f, 4.19f));
    }
}
