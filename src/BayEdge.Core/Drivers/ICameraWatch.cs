using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Drivers;

/// <summary>Somebody who looks through the cameras while they work, such as an installer who draws their zones.</summary>
public interface ICameraWatch
{
    /// <summary>Whether the next picture is wanted; asked for every picture, so it answers at once and seldom says yes.</summary>
    bool Wants(string camera);

    void Saw(string camera, CameraLook look);
}

/// <summary>One picture, and every plate that one reading found in it.</summary>
/// <param name="Jpeg">Perhaps smaller than what the camera gave.</param>
/// <param name="Width">Of the camera's own picture, in pixels, as <paramref name="Height"/>.</param>
public sealed record CameraLook(ReadOnlyMemory<byte> Jpeg, int Width, int Height, ObservedAt At, ImmutableArray<PlateLook> Plates);

/// <param name="Confidence">0 to 1.</param>
/// <param name="Corners">Of the number, clockwise from the top left; each 0 to 1 of the picture's width and height.</param>
/// <param name="WidthPx">Of the number, in pixels of the camera's own picture.</param>
public sealed record PlateLook(string Text, double Confidence, ImmutableArray<PicturePoint> Corners, double WidthPx);
