namespace BayEdge.Vision.Plates.Reading;

/// <summary>Makes probabilities of what a reading network gives.</summary>
internal static class LineProbabilities
{
    private const float Tolerance = 0.05f;

    /// <summary>Networks end in a softmax or just before it; where a step's numbers do not sum to 1, it is done here.</summary>
    /// <param name="isTurned">Whether the values stand column by column.</param>
    /// <returns>Rows by columns, each row summing to 1.</returns>
    public static float[] Of(float[] values, int rows, int columns, bool isTurned)
    {
        var probabilities = new float[rows * columns];
        for (var row = 0; row < rows; row++)
        {
            var target = probabilities.AsSpan(row * columns, columns);
            for (var column = 0; column < columns; column++)
                target[column] = isTurned ? values[(column * rows) + row] : values[(row * columns) + column];
            if (!AreProbabilities(target))
                Softmax(target);
        }

        return probabilities;
    }

    private static bool AreProbabilities(ReadOnlySpan<float> row)
    {
        var sum = 0f;
        foreach (var value in row)
        {
            if (value < 0)
                return false;
            sum += value;
        }

        return Math.Abs(sum - 1) < Tolerance;
    }

    private static void Softmax(Span<float> row)
    {
        var most = float.MinValue;
        foreach (var value in row)
            most = Math.Max(most, value);
        var sum = 0f;
        for (var column = 0; column < row.Length; column++)
            sum += row[column] = MathF.Exp(row[column] - most);
        for (var column = 0; column < row.Length; column++)
            row[column] /= sum;
    }
}
