using BayEdge.Core.Configuration;
using OpenCvSharp;

namespace BayEdge.Vision.Plates;

/// <summary>Finds and reads the plates in a picture. One caller at a time.</summary>
public interface IPlateReader : IDisposable
{
    /// <summary>The plates that stand in the picture, best first.</summary>
    /// <param name="picture">BGR, 8 bits a channel.</param>
    /// <param name="region">Whose plates are expected.</param>
    IReadOnlyList<PlateReading> Read(Mat picture, PlateRegion region, CancellationToken ct);
}
