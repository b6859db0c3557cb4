using System.Numerics.Tensors;
using System.Text;

namespace BayEdge.Vision.Plates.Decoding;

/// <summary>
/// Which column of the reader's output stands for which plate character. Small letters count as capitals; marks that are
/// printed on plates but are no part of the number (dot, dash, space) count as blank.
/// </summary>
internal sealed class CharacterTable
{
    private const string Separators = " ·.-・•‧∙●,'`_:~—–―°*";
    private readonly IReadOnlyList<string?> _columns;
    private readonly int[] _symbolOfColumn;

    /// <param name="columns">What each of the reader's columns stands for; null for nothing, the blank of its CTC head.</param>
    /// <param name="symbols">The characters that some plate may show.</param>
    public CharacterTable(IReadOnlyList<string?> columns, string symbols)
    {
        (_columns, Symbols) = (columns, symbols);
        _symbolOfColumn = [.. columns.Select(column => column is null ? BlankSymbol : SymbolOf(column, symbols))];
    }

    /// <summary>Symbol <c>n</c> of the scores is character <c>n - 1</c> of these; symbol 0 is blank.</summary>
    public string Symbols { get; }

    public int Columns => _symbolOfColumn.Length;

    private static int BlankSymbol => 0;

    private static int NoSymbol => -1;

    /// <summary>Sums the columns of each symbol.</summary>
    /// <param name="probabilities">Steps times columns, each step summing to 1.</param>
    public LineScores Fold(ReadOnlySpan<float> probabilities, int steps)
    {
        var scores = new LineScores(steps, Symbols.Length + 1) { Written = Written(probabilities, steps) };
        for (var step = 0; step < steps; step++)
        {
            var row = probabilities.Slice(step * Columns, Columns);
            var folded = scores.Step(step);
            for (var column = 0; column < row.Length; column++)
            {
                if (_symbolOfColumn[column] >= 0)
                    folded[_symbolOfColumn[column]] += row[column];
            }
        }

        return scores;
    }

    /// <summary>The likeliest column of each step, once where several in a row are the same.</summary>
    private string Written(ReadOnlySpan<float> probabilities, int steps)
    {
        var written = new StringBuilder();
        var former = -1;
        for (var step = 0; step < steps; step++)
        {
            var likeliest = TensorPrimitives.IndexOfMax(probabilities.Slice(step * Columns, Columns));
            if (likeliest != former)
                written.Append(_columns[likeliest]);
            former = likeliest;
        }

        return written.ToString();
    }

    private static int SymbolOf(string key, string symbols)
    {
        if (key.Length != 1)
            return NoSymbol;
        if (Separators.Contains(key[0], StringComparison.Ordinal))
            return BlankSymbol;
        var character = key[0] switch
        {
            'l' or '|' or '丨' => 'I',
            '〇' or '○' => 'O',
            _ => char.ToUpperInvariant(key[0]),
        };
        var index = symbols.IndexOf(character, StringComparison.Ordinal);
        return index < 0 ? NoSymbol : index + 1;
    }
}
