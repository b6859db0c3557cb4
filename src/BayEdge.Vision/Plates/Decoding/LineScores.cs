namespace BayEdge.Vision.Plates.Decoding;

/// <summary>How likely each plate character stands at each step from left to right; symbol 0 is blank.</summary>
internal sealed class LineScores(int steps, int symbols)
{
    private readonly float[] _values = new float[steps * symbols];

    public int Steps => steps;

    public int Symbols => symbols;

    /// <summary>Both lines, one behind the other.</summary>
    public static LineScores Joined(LineScores first, LineScores second)
    {
        var joined = new LineScores(first.Steps + second.Steps, first.Symbols);
        first._values.CopyTo(joined._values, 0);
        second._values.CopyTo(joined._values, first._values.Length);
        return joined;
    }

    public Span<float> Step(int step) => _values.AsSpan(step * symbols, symbols);
}
