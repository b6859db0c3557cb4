using System.Globalization;

namespace BayEdge.Central.Export;

/// <summary>Writes rows as RFC 4180 asks, in the way that spreadsheets understand.</summary>
internal static class CsvTable
{
    private const char ByteOrderMark = '\uFEFF';
    private const string LineEnd = "\r\n";

    // A spreadsheet runs a text that begins so as a formula, and plates and references come from outside.
    private static readonly char[] BeginsFormula = ['=', '+', '-', '@', '\t', '\r'];

    private static readonly char[] NeedsQuotes = ['"', ',', '\r', '\n'];

    /// <param name="columns">Written also when there is no row.</param>
    public static void Write(TextWriter output, IEnumerable<string> columns, IEnumerable<IReadOnlyList<Cell>> rows)
    {
        output.Write(ByteOrderMark);
        output.Write(string.Join(',', columns) + LineEnd);
        foreach (var row in rows)
            output.Write(string.Join(',', row.Select(cell => Text(cell.Value))) + LineEnd);
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        double number => number.ToString("0.###", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        IEnumerable<string> several => Quoted(Harmless(string.Join(' ', several))),
        _ => Quoted(Harmless(Convert.ToString(value, CultureInfo.InvariantCulture)!)),
    };

    private static string Harmless(string text) => text.Length > 0 && BeginsFormula.Contains(text[0]) ? $"'{text}" : text;

    private static string Quoted(string text) =>
        text.IndexOfAny(NeedsQuotes) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
