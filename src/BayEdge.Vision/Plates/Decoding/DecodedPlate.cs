using System.Collections.Immutable;

namespace BayEdge.Vision.Plates.Decoding;

/// <summary>The best reading of one line.</summary>
/// <param name="Score">The logarithm of the path's probability and of the template's weight.</param>
/// <param name="Confidence">0 to 1: the geometric mean over the characters of the score.</param>
internal sealed record DecodedPlate(string Text, PlateTemplate Template, double Score, double Confidence)
{
    /// <summary>For each character what else may stand there; none where the reading is hopeless.</summary>
    public ImmutableArray<CharacterDoubt> Doubts { get; init; } = [];
}
