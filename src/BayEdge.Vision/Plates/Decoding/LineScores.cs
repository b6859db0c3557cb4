namespace BayEdge.Vision.Plates.Decoding;

/// <summary>How likely each plate character stands at each step from left to right; symbol 0 is blank.</summary>
internal sealed class LineScores(int steps, int symbols)
{
    private readonly float[] _values = new float[steps * symbols];

    public int Steps => steps;

    public int Symbols => symbols;

    /// <summary>What the reader would make of it by itself, with marks and all.</summary>
    public string Written { get; init; } = "";

    /// <summary>Of a reader with one step a place: parted by blanks, so that two equal characters in a row stay two.</summary>
    public LineScores WithBlanksBetween()
    {
        var parted = new LineScores(Math.Max(0, (2 * Steps) - 1), Symbols) { Written = Written };
        for (var step = 0; step < parted.Steps; step++)
        {
            if (step % 2 == 0)
                Step(step / 2).CopyTo(parted.Step(step));
            else
                parted.Step(step)[0] = 1;
        }

        return parted;
    }

    /// <summary>Both lines, one behind the other.</summary>
    public static LineScores Joined(LineScores first, LineScores second)
    {
        var joined = new LineScores(first.Steps + second.Steps, first.Symbols) { Written = $"{first.Written} {second.Written}" };
        first._values.CopyTo(joined._values, 0);
        second._values.CopyTo(joined._values, first._values.Length);
        return joined;
    }

    public Span<float> Step(int step) => _values.AsSpan(step * symbols, symbols);
}
