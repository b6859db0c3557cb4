using System.Collections.Immutable;
using BayEdge.Vision.Plates.Locating;

namespace BayEdge.Vision.Plates.Decoding;

/// <summary>One way a plate number may be built.</summary>
/// <param name="Name">Such as <c>blue</c> or <c>green, small car</c>.</param>
/// <param name="Positions">From left to right.</param>
/// <param name="LogWeight">How common this plate is: added to the logarithm of its probability.</param>
/// <param name="Grounds">The grounds that it is seen on; none when any will do.</param>
internal sealed record PlateTemplate(string Name, ImmutableArray<TemplatePosition> Positions, float LogWeight, ImmutableArray<PlateGround> Grounds)
{
    /// <param name="ground">What the picture shows; null when it cannot be told.</param>
    public bool Suits(PlateGround? ground) => ground is not { } seen || Grounds.IsEmpty || Grounds.Contains(seen);
}

/// <summary>What may stand at one place of the number.</summary>
/// <param name="Characters">The characters that may be read here.</param>
/// <param name="Columns">For each character the symbols whose probabilities count for it.</param>
/// <param name="MayFollowSticker">A sticker that looks like a character may stand before it.</param>
internal sealed record TemplatePosition(string Characters, ImmutableArray<ImmutableArray<int>> Columns, bool MayFollowSticker);
