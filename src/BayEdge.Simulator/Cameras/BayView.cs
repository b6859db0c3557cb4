using SkiaSharp;

namespace BayEdge.Simulator.Cameras;

/// <summary>The pinhole camera over the head of the bay: turns metres in the bay into pixels.</summary>
/// <remarks>
/// x to the right of the bay's middle, y up from the floor, z from the camera's wall towards the door. All figures are a
/// plausible mounting, not a measured one.
/// </remarks>
internal static class BayView
{
    public const int Width = 1280;
    public const int Height = 720;

    /// <summary>Pixels rendered beyond each edge, so that a shaken camera shows no border.</summary>
    public const int Margin = 8;

    public const float HalfBayWidth = 2.4f;
    public const float DoorDistance = 10.5f;
    public const float CeilingHeight = 3.6f;
    public const float DoorHeight = 3;

    private const float FocalPixels = 1500;
    private const float CameraX = 0.45f;
    private const float CameraHeight = 2;
    private const float NearestDistance = 0.4f;

    private static readonly (float Sin, float Cos) Pitch = MathF.SinCos(12 * MathF.PI / 180);
    private static readonly (float Sin, float Cos) Yaw = MathF.SinCos(-4 * MathF.PI / 180);

    /// <summary>How far the nose of a car stands from the camera's wall, in metres.</summary>
    public static float NoseDistance(double approach) => (float)(9.6 - (5.9 * approach));

    public static SKPoint Project(float x, float y, float z)
    {
        var (right, up) = (x - CameraX, y - CameraHeight);
        var sideways = (right * Yaw.Cos) - (z * Yaw.Sin);
        var ahead = (right * Yaw.Sin) + (z * Yaw.Cos);
        var depth = Math.Max((ahead * Pitch.Cos) - (up * Pitch.Sin), NearestDistance);
        var rise = (up * Pitch.Cos) + (ahead * Pitch.Sin);
        return new SKPoint(
            Margin + (Width / 2) + (FocalPixels * sideways / depth),
            Margin + (Height / 2) - (FocalPixels * rise / depth));
    }

    /// <summary>Pixels to a metre across the view at a distance.</summary>
    public static float PixelsPerMetre(float z) => FocalPixels / z;
}
