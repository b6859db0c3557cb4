using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text;

namespace BayEdge.Vision.Plates.Batch;

/// <summary>One HTML file, without anything outside it: the rates, what others reach, and every miss with its crop.</summary>
internal static class PlateReport
{
    private const string Style =
        "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:75rem;padding:0 1rem;color:#1c2530;background:#fff}"
        + "table{border-collapse:collapse;margin:.5rem 0 1.5rem}th,td{border-bottom:1px solid #d5dbe2;padding:.3rem .8rem;text-align:left;vertical-align:top}"
        + "td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
        + ".misses{display:grid;grid-template-columns:repeat(auto-fill,minmax(20rem,1fr));gap:1rem}figure{margin:0;border:1px solid #d5dbe2;padding:.6rem}"
        + "img{max-width:100%}figcaption b{font-size:1.2rem}.file{color:#5a6675;overflow-wrap:anywhere}";

    public static string Write(IReadOnlyList<(string Folder, PlateScore Score)> folders, DateTimeOffset at, long? peakBytes)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">")
            .Append("<title>Plates</title><style>").Append(Style).Append("</style></head><body><h1>Plates</h1>");
        page.Append(CultureInfo.InvariantCulture, $"<p>{at.UtcDateTime:yyyy-MM-dd HH:mm} UTC. Single pictures; the whole number must be right, and outside China O counts as 0 and I as 1.");
        if (peakBytes is { } bytes)
            page.Append(CultureInfo.InvariantCulture, $" Peak memory {bytes / 1e6:0} MB.");
        page.Append("</p>");
        WriteRates(page, folders);
        foreach (var (folder, score) in folders)
        {
            WriteBaselines(page, folder, score);
            WriteMisses(page, folder, score.Misses);
        }

        return page.Append("</body></html>").ToString();
    }

    private static void WriteRates(StringBuilder page, IReadOnlyList<(string Folder, PlateScore Score)> folders)
    {
        page.Append("<table><tr><th>Folder<th class=n>Plates<th class=n>Exact<th class=n>First reading<th class=n>Located<th class=n>Corners off<th class=n>Character error<th class=n>Extra readings")
            .Append("<th class=n>Locate ms<th class=n>Read ms<th class=n>Other ms<th class=n>In all ms</tr>");
        foreach (var (folder, score) in folders)
        {
            var speed = score.Speed;
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Safe(NameOf(folder))}<td class=n>{score.Plates}<td class=n>{Percent(score.ExactRate)}<td class=n>{Percent(score.FirstRate)}");
            page.Append(CultureInfo.InvariantCulture, $"<td class=n>{(score.KnowsPlaces ? Percent(score.LocatedRate) : "")}<td class=n>{(score.CornerError is { } off ? Percent(off) : "")}");
            page.Append(CultureInfo.InvariantCulture, $"<td class=n>{Percent(score.CharacterErrorRate)}<td class=n>{score.ExtraReadings:F2}");
            page.Append(CultureInfo.InvariantCulture, $"<td class=n>{speed.Locate:F0}<td class=n>{speed.Read:F0}<td class=n>{speed.Other:F0}<td class=n>{speed.All:F0}</tr>");
        }

        page.Append("</table><p>Times are medians a picture. Located: a place was looked at whose middle lies in the labelled one, whatever was read there. ")
            .Append("Corners off: how far those of the number that was read right are from the labelled ones of the plate, as a share of its width.</p>");
    }

    private static void WriteBaselines(StringBuilder page, string folder, PlateScore score)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h2>{Safe(NameOf(folder))}</h2>");
        if (Baselines.Of(folder) is not { Length: > 0 } baselines)
            return;
        page.Append(CultureInfo.InvariantCulture, $"<table><tr><th>System<th class=n>Exact<th>On what</tr><tr><td><b>BayEdge</b><td class=n><b>{Percent(score.ExactRate)}</b><td>the {score.Plates} plates of this folder</tr>");
        foreach (var baseline in baselines)
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Safe(baseline.System)}<td class=n>{Safe(baseline.Rate)}<td>{Safe(baseline.Conditions)}</tr>");
        page.Append("</table>");
    }

    private static void WriteMisses(StringBuilder page, string folder, ImmutableArray<PlateMiss> misses)
    {
        page.Append(CultureInfo.InvariantCulture, $"<h3>{(misses.IsEmpty ? "No misses" : misses.Length == 1 ? "1 miss" : $"{misses.Length} misses")}</h3><div class=misses>");
        foreach (var miss in misses)
        {
            page.Append("<figure>");
            if (MissPicture.Of(miss) is { } jpeg)
                page.Append("<img alt=\"\" src=\"data:image/jpeg;base64,").Append(Convert.ToBase64String(jpeg)).Append("\">");
            page.Append(CultureInfo.InvariantCulture, $"<figcaption><b>{Safe(miss.Plate)}</b> {Safe(InWords(miss.Read))}<br><span class=file>{Safe(Path.GetFileName(miss.File))}</span></figcaption></figure>");
        }

        page.Append("</div>");
    }

    private static string InWords(IReadOnlyList<PlateReading>? read) => read switch
    {
        null => "not read: no picture that can be decoded",
        [] => "read as nothing",
        _ => "read as " + string.Join(", ", read.Select(plate => string.Create(CultureInfo.InvariantCulture, $"{plate.Text} ({100 * plate.Confidence:F0} %)"))),
    };

    private static string NameOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

    private static string Safe(string text) => WebUtility.HtmlEncode(text);

    private static string Percent(double rate) => string.Create(CultureInfo.InvariantCulture, $"{100 * rate:F1} %");
}
