namespace BayEdge.Central.Conformance;

/// <summary>What was found of one rule.</summary>
/// <param name="Rule">Its short name, stable for machines.</param>
/// <param name="Verdict">Whether it is kept.</param>
/// <param name="Sentence">What the consumer does, or did wrong.</param>
internal sealed record Finding(string Rule, Verdict Verdict, string Sentence);

internal enum Verdict
{
    Kept,
    Broken,
    NotTested,
}
