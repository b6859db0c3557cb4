using System.Collections.Immutable;
using OpenCvSharp;

namespace BayEdge.Vision.Plates;

/// <summary>A plate that was read in one picture.</summary>
/// <param name="Text">The plate without spaces and dots, upper case.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Quad">The plate's corners in picture pixels: top left, top right, bottom right, bottom left.</param>
public sealed record PlateReading(string Text, double Confidence, ImmutableArray<Point2f> Quad);
