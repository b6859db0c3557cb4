using System.Collections.Immutable;
using OpenCvSharp;

namespace BayEdge.Vision.Plates;

/// <summary>One plate as read from one picture.</summary>
/// <param name="Text">The plate without spaces, dots and dashes, upper case.</param>
/// <param name="Confidence">0 to 1. High values do not exclude a wrong character.</param>
/// <param name="Quad">
/// The corners of the rectangle around the number, in pixels of the picture: top left, top right, bottom right, bottom left. It is
/// what the text locator marks, and so a little more or less than the plate itself, and never sheared as a plate seen from the side is.
/// </param>
public sealed record PlateReading(string Text, double Confidence, ImmutableArray<Point2f> Quad)
{
    /// <summary>The kind of plate, as the region's templates name it, such as <c>new energy</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>For each character what else may stand there; none given, nothing else.</summary>
    public ImmutableArray<CharacterDoubt> Doubts { get; init; } = [];

    /// <summary>Whether it is believed without a second look, and nothing finer is sought.</summary>
    internal bool IsSure => Confidence >= RegionReader.Sure;

    /// <summary>Whether it is what is left of a number in two rows when its upper one is not seen.</summary>
    internal bool IsLowerRowOf(PlateReading whole) =>
        Text.Length < whole.Text.Length
        && whole.Text.EndsWith(Text, StringComparison.Ordinal)
        && PlateGeometry.Overlap(Quad, whole.Quad) >= PlateReader.SamePlateOverlap;
}

/// <summary>The next likely character at a place of a plate.</summary>
/// <param name="Probability">0 to 0.5, against the character that was read; 0 where no other may stand.</param>
public readonly record struct CharacterDoubt(char Character, double Probability);
