namespace BayEdge.Vision.Plates.Decoding;

/// <summary>The best reading of one line.</summary>
/// <param name="Score">The logarithm of the path's probability and of the template's weight.</param>
/// <param name="Confidence">0 to 1: the geometric mean over the characters of the score.</param>
internal sealed record DecodedPlate(string Text, PlateTemplate Template, double Score, double Confidence);
