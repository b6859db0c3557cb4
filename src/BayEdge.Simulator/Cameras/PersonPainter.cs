using SkiaSharp;

namespace BayEdge.Simulator.Cameras;

/// <summary>A technician who stands between the camera and the car, seen from behind.</summary>
/// <remarks>All figures, in metres, are assumed.</remarks>
internal static class PersonPainter
{
    private static readonly SKColor Overall = new(38, 56, 92);
    private static readonly SKColor Cap = new(60, 64, 70);
    private static readonly SKColor Skin = new(196, 156, 128);

    /// <param name="across">-1 (left edge of the car) to 1 (right edge).</param>
    /// <param name="z">Metres from the camera's wall.</param>
    public static void Paint(ScenePainter scene, float across, float z)
    {
        var x = across * 0.9f;
        scene.Soft(new SKColor(20, 22, 22, 130), 8,
            (x - 0.3f, 0, z - 0.1f), (x + 0.3f, 0, z - 0.1f), (x + 0.35f, 0, z + 0.5f), (x - 0.25f, 0, z + 0.5f));
        scene.Limb(Overall, 0.19f, (x - 0.12f, 0.08f, z), (x - 0.1f, 0.85f, z));
        scene.Limb(Overall, 0.19f, (x + 0.13f, 0.08f, z), (x + 0.1f, 0.85f, z));
        scene.Limb(Overall, 0.13f, (x - 0.26f, 1.35f, z), (x - 0.33f, 0.95f, z));
        scene.Limb(Overall, 0.13f, (x + 0.26f, 1.35f, z), (x + 0.3f, 0.98f, z));
        scene.Polygon(Overall, (x - 0.26f, 1.42f, z), (x + 0.26f, 1.42f, z), (x + 0.21f, 0.8f, z), (x - 0.21f, 0.8f, z));
        scene.Ellipse(Overall, x, 1.4f, z, 0.27f, 0.1f);
        scene.Ellipse(Skin, x, 1.6f, z, 0.1f, 0.13f);
        scene.Ellipse(Cap, x, 1.66f, z, 0.11f, 0.1f);
    }
}
