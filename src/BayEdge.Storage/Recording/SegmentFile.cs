using System.Globalization;
using System.Text.RegularExpressions;

namespace BayEdge.Storage.Recording;

/// <summary>A segment on the disk: <c>00000012.jsonl.gz</c> while it is written, <c>00000012-3600s.jsonl.gz</c> once it is whole.</summary>
/// <param name="Span">How much time it holds; zero when it was cut short.</param>
internal sealed partial record SegmentFile(string Path, int Number, TimeSpan Span, long Bytes)
{
    public const string FolderName = "recording";

    private const string Extension = ".jsonl.gz";

    // Of ext4 as Debian makes it.
    private const long BlockBytes = 4096;

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>What a file of so many bytes takes of the disk; a service that starts again and again leaves many small ones.</summary>
    public static long OnDisk(long bytes) => (bytes + BlockBytes - 1) / BlockBytes * BlockBytes;

    public static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:00000000}{Extension}");

    public static string NameOf(int number, TimeSpan span) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:00000000}-{span.TotalSeconds:0}s{Extension}");

    /// <summary>The segments of a folder, the oldest first; none when there is no such folder.</summary>
    public static IReadOnlyList<SegmentFile> In(string folder)
    {
        var directory = new DirectoryInfo(folder);
        return !directory.Exists ? [] : [.. directory.EnumerateFiles($"*{Extension}").Select(Of).OfType<SegmentFile>().OrderBy(segment => segment.Number)];
    }

    private static SegmentFile? Of(FileInfo file)
    {
        if (Pattern().Match(file.Name) is not { Success: true } match)
            return null;
        var seconds = match.Groups[2].Success ? double.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) : 0;
        return new SegmentFile(file.FullName, int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(seconds), file.Length);
    }

    [GeneratedRegex(@"^(\d{8})(?:-(\d{1,9})s)?\.jsonl\.gz$")]
    private static partial Regex Pattern();
}
