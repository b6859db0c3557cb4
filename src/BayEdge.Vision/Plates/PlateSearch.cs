using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using OpenCvSharp;

namespace BayEdge.Vision.Plates;

/// <summary>Which plates to look for in a picture, and where.</summary>
/// <param name="Region">Whose plates to expect.</param>
public sealed record PlateSearch(PlateRegion Region)
{
    /// <summary>The part of the picture that is read, in pixels. The default is null: all of it.</summary>
    public Rect? Area { get; init; }

    /// <summary>
    /// Polygons, in pixels of the picture, one of which must hold the middle of a plate. Each is searched until a plate is sure in it. The
    /// default is none: a plate may stand anywhere, and one that is sure ends the search.
    /// </summary>
    public ImmutableArray<ImmutableArray<Point2f>> Places { get; init; } = [];

    /// <summary>
    /// Corners of something upright and rectangular, in pixels of the picture: top left, top right, bottom right, bottom left; plates are sought in
    /// a picture that is straightened by it. The default is none: the picture as it is.
    /// </summary>
    public ImmutableArray<Point2f> Upright { get; init; } = [];

    /// <summary>A plate whose number is narrower, in pixels, is passed over. The default value is 0.</summary>
    public double LeastWidthPx { get; init; }
}
