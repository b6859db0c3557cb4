using System.Collections.Immutable;
using System.Globalization;
using OpenCvSharp;

namespace BayEdge.Vision.Plates.Batch;

/// <summary>The truth about a folder's pictures, from its <c>labels.csv</c>.</summary>
internal sealed class PlateLabels
{
    public const string FileName = "labels.csv";

    private static readonly string[] CornerColumns = ["x1", "y1", "x2", "y2", "x3", "y3", "x4", "y4"];
    private static readonly string[] BoxColumns = ["x", "y", "width", "height"];

    private readonly ImmutableDictionary<string, ImmutableArray<PlateLabel>> _labels;

    private PlateLabels(ImmutableDictionary<string, ImmutableArray<PlateLabel>> labels) => _labels = labels;

    public IEnumerable<string> Files => _labels.Keys;

    /// <summary>The plates that a picture shows; none when it is not labelled.</summary>
    public ImmutableArray<PlateLabel> Of(string path) => _labels.GetValueOrDefault(Path.GetFileName(path), []);

    /// <summary>
    /// Reads columns <c>file</c> and <c>plate</c> and, where there, four corners <c>x1,y1</c> to <c>x4,y4</c> or a box
    /// <c>x,y,width,height</c>, all in pixels; a picture that shows several plates has a line for each.
    /// </summary>
    /// <exception cref="InvalidDataException">A column or a field is missing or no number.</exception>
    public static PlateLabels Load(string path)
    {
        var lines = File.ReadAllLines(path);
        var header = lines.Length == 0 ? [] : lines[0].Split(',');
        foreach (var column in new[] { "file", "plate" })
        {
            if (!header.Contains(column))
                throw new InvalidDataException($"{path} has no column {column}; its first line names the columns file and plate. Add them.");
        }

        var labels = new List<(string File, PlateLabel Label)>();
        for (var number = 1; number < lines.Length; number++)
        {
            if (lines[number].Length == 0)
                continue;
            var row = new Row(path, number + 1, header, lines[number].Split(','));
            labels.Add((row.Text("file"), new PlateLabel(Bare(row.Text("plate")), QuadOf(header, row)) { HasCorners = !CornerColumns.Except(header).Any() }));
        }

        return new PlateLabels(labels.GroupBy(row => row.File).ToImmutableDictionary(file => file.Key, file => file.Select(row => row.Label).ToImmutableArray()));
    }

    /// <summary>A number as the reader gives it, whichever way somebody wrote it down.</summary>
    private static string Bare(string plate) => string.Concat(plate.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static ImmutableArray<Point2f>? QuadOf(string[] header, Row row)
    {
        if (!CornerColumns.Except(header).Any())
        {
            var at = CornerColumns.Select(row.Number).ToArray();
            return [new(at[0], at[1]), new(at[2], at[3]), new(at[4], at[5]), new(at[6], at[7])];
        }

        if (BoxColumns.Except(header).Any())
            return null;
        var (x, y, width, height) = (row.Number("x"), row.Number("y"), row.Number("width"), row.Number("height"));
        return [new(x, y), new(x + width, y), new(x + width, y + height), new(x, y + height)];
    }

    private sealed record Row(string Path, int LineNumber, string[] Header, string[] Fields)
    {
        public string Text(string column)
        {
            var index = Array.IndexOf(Header, column);
            return index < Fields.Length && Fields[index].Length > 0 ? Fields[index] : throw Wrong(column);
        }

        public float Number(string column) =>
            float.TryParse(Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(column);

        private InvalidDataException Wrong(string column) =>
            new($"{Path} line {LineNumber} has no proper value for {column}. Correct the line or remove it.");
    }
}

/// <param name="Plate">As printed, without spaces, dots and dashes.</param>
/// <param name="Quad">Where the plate is in the picture, in pixels, when known.</param>
internal sealed record PlateLabel(string Plate, ImmutableArray<Point2f>? Quad)
{
    /// <summary>Whether these are its own corners, not those of an upright box around it.</summary>
    public bool HasCorners { get; init; }
}
