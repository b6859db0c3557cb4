using System.Collections.Immutable;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Drivers;

/// <summary>Where cameras lay pictures that may become evidence. It keeps few of them, and every member returns at once.</summary>
public interface IPictureTray
{
    /// <summary>Whether a picture of this plate is wanted; told of every sure reading, it seldom says yes.</summary>
    /// <param name="quality">The higher the better to look at; to be compared within one camera only.</param>
    bool WantsPlate(string camera, string bay, string plate, double quality, ObservedAt at);

    void Lay(PlatePicture picture);

    /// <summary>Whether a picture of all that the camera sees is wanted; asked while something moves.</summary>
    bool WantsScene(string camera, ObservedAt at);

    void Lay(ScenePicture picture);
}

/// <summary>A plate that is sure, and the picture in which it was read.</summary>
/// <param name="Crop">The plate alone, as JPEG.</param>
/// <param name="Scene">All that the camera saw, as JPEG.</param>
/// <param name="Quality">As in <see cref="IPictureTray.WantsPlate"/>.</param>
public sealed record PlatePicture(
    string Camera, string Bay, string Plate, double Quality, ObservedAt At, ReadOnlyMemory<byte> Crop, ReadOnlyMemory<byte> Scene);

/// <summary>All that a camera saw at one instant.</summary>
/// <param name="Bays">Those that it looks at.</param>
/// <param name="Scene">As JPEG.</param>
public sealed record ScenePicture(string Camera, ImmutableArray<string> Bays, ObservedAt At, ReadOnlyMemory<byte> Scene);
