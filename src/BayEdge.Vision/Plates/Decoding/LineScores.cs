namespace BayEdge.Vision.Plates.Decoding;

/// <summary>How likely each plate character stands at each step from left to right; symbol 0 is blank.</summary>
internal sealed class LineScores(int steps, int symbols)
{
    private readonly float[] _values = new float[steps * symbols];

    public int Steps => steps;

    public int Symbols => symbols;

    public Span<float> Step(int step) => _values.AsSpan(step * symbols, symbols);
}
