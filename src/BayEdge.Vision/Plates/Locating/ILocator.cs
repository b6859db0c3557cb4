using OpenCvSharp;

namespace BayEdge.Vision.Plates.Locating;

/// <summary>Finds where plates may be in a picture.</summary>
internal interface ILocator : IDisposable
{
    /// <summary>Whether it finds whole plates, whose frame, border and two rows belong to them; else it finds lines of writing of any kind.</summary>
    bool FindsPlates { get; }

    /// <param name="longSide">To what the picture is scaled, in pixels, where the locator can choose.</param>
    /// <returns>Corners in the picture, the most certain first.</returns>
    /// <exception cref="PlateModelException">The network failed.</exception>
    IReadOnlyList<TextLine> Locate(Mat picture, int longSide);
}
