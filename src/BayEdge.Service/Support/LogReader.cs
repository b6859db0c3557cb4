using System.Globalization;
using BayEdge.Service.Hosting;

namespace BayEdge.Service.Support;

/// <param name="Level"><c>INF</c>, <c>WRN</c>, <c>ERR</c> or <c>FTL</c>.</param>
/// <param name="Area">The part that wrote it.</param>
internal sealed record LogEntry(DateTimeOffset At, string Level, string Area, string Text);

/// <summary>Reads the log files as they are being written.</summary>
internal static class LogReader
{
    /// <summary>The newest first.</summary>
    /// <param name="atLeast">The least level; null for all.</param>
    /// <param name="containing">Stands in area or text, whatever its case; null for all.</param>
    /// <exception cref="IOException">The disk gives nothing.</exception>
    public static IReadOnlyList<LogEntry> Read(DataFolder folder, string? atLeast, string? containing, int most)
    {
        var found = new List<LogEntry>();
        foreach (var file in Files(folder))
        {
            foreach (var entry in Parse(Lines(file)).AsEnumerable().Reverse())
            {
                if (Rank(entry.Level) < Rank(atLeast) || !Matches(entry, containing))
                    continue;
                found.Add(entry);
                if (found.Count == most)
                    return found;
            }
        }

        return found;
    }

    /// <summary>The newest first.</summary>
    public static IReadOnlyList<string> Files(DataFolder folder) => !Directory.Exists(folder.Logs) ? [] :
        [.. Directory.EnumerateFiles(folder.Logs, "*.log").OrderByDescending(File.GetLastWriteTimeUtc)];

    /// <summary>The content while the service goes on writing.</summary>
    public static FileStream Open(string file) => new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static IEnumerable<string> Lines(string file)
    {
        using var reader = new StreamReader(Open(file));
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    // "{Timestamp:o} {Level:u3} {EventId} {SourceContext} {Message}"; an exception follows on lines of its own.
    private static List<LogEntry> Parse(IEnumerable<string> lines)
    {
        var entries = new List<LogEntry>();
        foreach (var line in lines)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0 && line.Length > space + 5 && DateTimeOffset.TryParse(line.AsSpan(0, space), CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
                entries.Add(Entry(at, line[(space + 1)..]));
            else if (entries.Count > 0)
                entries[^1] = entries[^1] with { Text = $"{entries[^1].Text}\n{line}" };
        }

        return entries;
    }

    private static LogEntry Entry(DateTimeOffset at, string rest)
    {
        var level = rest[..3];
        var text = rest[3..].Trim();
        if (text.StartsWith('{') && text.IndexOf('}', StringComparison.Ordinal) is var end and > 0)
            text = text[(end + 1)..].Trim();
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && text[..space].Contains('.', StringComparison.Ordinal)
            ? new LogEntry(at, level, text[..space], text[(space + 1)..])
            : new LogEntry(at, level, "", text);
    }

    private static bool Matches(LogEntry entry, string? text) => string.IsNullOrWhiteSpace(text)
        || entry.Text.Contains(text, StringComparison.OrdinalIgnoreCase) || entry.Area.Contains(text, StringComparison.OrdinalIgnoreCase);

    private static int Rank(string? level) => level switch
    {
        "WRN" => 1,
        "ERR" => 2,
        "FTL" => 3,
        _ => 0,
    };
}
