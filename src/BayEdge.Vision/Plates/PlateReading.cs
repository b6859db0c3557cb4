using System.Collections.Immutable;
using OpenCvSharp;

namespace BayEdge.Vision.Plates;

/// <summary>One plate as read from one picture.</summary>
/// <param name="Text">The plate without spaces, dots and dashes, upper case.</param>
/// <param name="Confidence">0 to 1. High values do not exclude a wrong character.</param>
/// <param name="Quad">The plate's corners in the picture, in pixels: top left, top right, bottom right, bottom left.</param>
public sealed record PlateReading(string Text, double Confidence, ImmutableArray<Point2f> Quad);
