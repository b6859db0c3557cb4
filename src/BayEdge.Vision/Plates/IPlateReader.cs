using OpenCvSharp;

namespace BayEdge.Vision.Plates;

/// <summary>Finds and reads the plates of one picture. Not for use by two threads at once.</summary>
public interface IPlateReader : IDisposable
{
    /// <summary>Reads every plate of a picture.</summary>
    /// <param name="picture">Blue, green, red; 8 bits each.</param>
    /// <returns>The most certain reading first; empty when no plate is seen.</returns>
    /// <exception cref="PlateModelException">A network could not be run.</exception>
    /// <exception cref="OperationCanceledException">Ended from outside.</exception>
    IReadOnlyList<PlateReading> Read(Mat picture, PlateSearch search, CancellationToken cancellationToken);
}
