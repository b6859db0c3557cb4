using System.Collections.Immutable;
using OpenCvSharp;

namespace BayEdge.Vision.Plates.Batch;

/// <summary>A labelled picture whose plate was not read right.</summary>
/// <param name="Read">Everything that was read in it, best first; null when it is no picture.</param>
/// <param name="Place">Where the label says that the plate is, in pixels; null when it does not.</param>
internal sealed record PlateMiss(string File, string Plate, IReadOnlyList<PlateReading>? Read, ImmutableArray<Point2f>? Place);
