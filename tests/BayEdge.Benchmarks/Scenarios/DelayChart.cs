using System.Globalization;
using System.Net;
using System.Text;

namespace BayEdge.Benchmarks.Scenarios;

/// <summary>Draws correctness against lateness as an SVG picture: the further to the upper left the better.</summary>
internal static class DelayChart
{
    private const double Width = 760;
    private const double Height = 480;
    private const double Left = 70;
    private const double Right = 30;
    private const double Top = 50;
    private const double Bottom = 70;
    private const double LeastSeconds = 1;
    private const double MostSeconds = 3600;

    private static readonly double[] SecondsMarks = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1200, 3600];

    /// <summary>A mark on the chart.</summary>
    /// <param name="Seconds">How long after a departure it was told, median.</param>
    /// <param name="Right">Share of visits that are right, 0 to 1.</param>
    /// <param name="FalseVisits">Phantoms for each true visit.</param>
    private readonly record struct Point(string Name, double Seconds, double Right, double FalseVisits);

    public static string Draw(BenchmarkResult result)
    {
        var points = result.Rows
            .Where(row => !row.IsHindsight)
            .Select(row => new Point(
                row.Name,
                ScenarioScore.Percentile(row.Score.LeftDelays, 0.5),
                row.Score.ShareOf(VisitVerdict.Right),
                (double)row.Score.Phantoms / row.Score.Visits))
            .ToDictionary(point => point.Name, StringComparer.Ordinal);
        var curve = Contestants.Curve.Where(points.ContainsKey).Select(name => points[name]).ToList();

        var svg = new StringBuilder();
        Say(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">");
        Say(svg, $"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>");
        Text(svg, Left, 24, $"Visits right against lateness: {result.Title}", "start", size: 15);
        Axes(svg);
        if (result.Rows.FirstOrDefault(row => row.IsHindsight) is { } oracle)
            Oracle(svg, oracle.Score.ShareOf(VisitVerdict.Right));
        Say(svg, $"<polyline fill=\"none\" stroke=\"#777\" stroke-width=\"1.5\" points=\"{string.Join(' ', curve.Select(Coordinates))}\"/>");
        foreach (var point in points.Values)
            Mark(svg, point, curve.Contains(point), isOurs: point.Name == result.Rows[0].Name);
        svg.AppendLine("</svg>");
        return svg.ToString();
    }

    private static void Axes(StringBuilder svg)
    {
        foreach (var seconds in SecondsMarks)
        {
            Line(svg, X(seconds), Y(0), X(seconds), Y(1), "#e4e4e4");
            Text(svg, X(seconds), Y(0) + 18, seconds < 60 ? Invariant($"{seconds} s") : Invariant($"{seconds / 60} min"), "middle");
        }

        for (var percent = 0; percent <= 100; percent += 20)
        {
            Line(svg, X(LeastSeconds), Y(percent / 100.0), X(MostSeconds), Y(percent / 100.0), "#e4e4e4");
            Text(svg, Left - 8, Y(percent / 100.0) + 4, Invariant($"{percent} %"), "end");
        }

        Text(svg, (Left + Width - Right) / 2, Height - 24, "a departure is told after (median, logarithmic)", "middle");
        Text(svg, Left, Top - 10, "visits right, and false visits for each true one", "start");
        Text(svg, X(MostSeconds), Y(0) - 8, "grey: strongest bay wins, by its timeout", "end", "#777");
    }

    private static void Oracle(StringBuilder svg, double right)
    {
        Line(svg, X(LeastSeconds), Y(right), X(MostSeconds), Y(right), "#2a8a4a", dashes: "6 4");
        Text(svg, X(MostSeconds), Y(right) - 5, Invariant($"oracle {right * 100:0.0} %"), "end", "#2a8a4a");
    }

    private static void Mark(StringBuilder svg, Point point, bool isOnCurve, bool isOurs)
    {
        var colour = isOnCurve ? "#777" : isOurs ? "#c0262d" : "#1f5fa8";
        var (x, y) = (X(point.Seconds), Y(point.Right));
        Say(svg, $"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"{(isOnCurve ? 3 : 5)}\" fill=\"{colour}\"/>");
        if (isOnCurve)
        {
            Text(svg, x, y + 16, point.Name[(point.Name.IndexOf(',', StringComparison.Ordinal) + 1)..].Trim(), "middle", colour);
            return;
        }

        // Ours to the right, the others to the left where there is room: the names do not meet.
        var toTheRight = isOurs || x < Width / 3;
        var name = Invariant($"{point.Name}: {point.Right * 100:0.0} %, {point.FalseVisits:0.##} false");
        Text(svg, toTheRight ? x + 8 : x - 8, y - 6, name, toTheRight ? "start" : "end", colour);
    }

    private static double X(double seconds) =>
        Left + ((Width - Left - Right) * Math.Log(Math.Clamp(seconds, LeastSeconds, MostSeconds) / LeastSeconds) / Math.Log(MostSeconds / LeastSeconds));

    private static double Y(double share) => Height - Bottom - ((Height - Top - Bottom) * share);

    private static string Coordinates(Point point) => Invariant($"{X(point.Seconds):0.#},{Y(point.Right):0.#}");

    private static void Line(StringBuilder svg, double x1, double y1, double x2, double y2, string colour, string dashes = "none") =>
        Say(svg, $"<line x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\" stroke=\"{colour}\" stroke-dasharray=\"{dashes}\"/>");

    private static void Text(StringBuilder svg, double x, double y, string text, string anchor, string colour = "#333", int size = 12) =>
        Say(svg, $"<text x=\"{x:0.#}\" y=\"{y:0.#}\" text-anchor=\"{anchor}\" fill=\"{colour}\" font-size=\"{size}\">{WebUtility.HtmlEncode(text)}</text>");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Say(StringBuilder svg, FormattableString line) => svg.AppendLine(Invariant(line));
}
