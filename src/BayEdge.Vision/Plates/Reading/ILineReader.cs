using System.Collections.Immutable;
using BayEdge.Vision.Plates.Decoding;
using OpenCvSharp;

namespace BayEdge.Vision.Plates.Reading;

/// <summary>Reads one straightened line of characters.</summary>
internal interface ILineReader : IDisposable
{
    /// <param name="aspect">Width to height of the line as it is on the plate.</param>
    /// <exception cref="PlateModelException">The network failed.</exception>
    LineScores Read(Mat picture, ImmutableArray<Point2f> quad, double aspect);
}
