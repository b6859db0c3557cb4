using System.IO.Compression;
using BayEdge.Core.Recording;

namespace BayEdge.Storage.Recording;

/// <summary>Makes one file of a recording, to be taken to a desk.</summary>
/// <remarks>
/// A zip archive with the segments in <c>recording/</c> as they are on the disk, <c>configuration.json</c> without secrets and
/// <c>about.json</c>. The service may go on recording meanwhile.
/// </remarks>
public static class RecordingArchive
{
    /// <returns>What was exported; null when nothing is recorded, and then nothing is written.</returns>
    /// <param name="folder">The data folder.</param>
    /// <exception cref="IOException">The disk gives or takes nothing.</exception>
    public static RecordingDescription? Write(string folder, Stream output, DateTimeOffset exportedAt)
    {
        var segments = SegmentFile.In(Path.Combine(folder, SegmentFile.FolderName));
        var starts = segments.Select(StartOf).OfType<SegmentStart>();
        if (starts.FirstOrDefault() is not { } oldest || segments.Reverse().Select(StartOf).OfType<SegmentStart>().FirstOrDefault() is not { } newest)
            return null;

        using var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        var count = segments.Count(segment => TryAdd(archive, segment));
        var description = new RecordingDescription(
            newest.Product, newest.Configuration.Site, newest.Configuration.Device, oldest.State.Now.Wall, exportedAt, count);
        Add(archive, "configuration.json", RecordingDescription.ToJson(newest.Configuration));
        Add(archive, "about.json", description.ToJson());
        return description;
    }

    private static SegmentStart? StartOf(SegmentFile segment)
    {
        try
        {
            return RecordedSegment.LinesOf(segment.Path).FirstOrDefault() is { } line && new SegmentReader().Read(line) is SegmentStartLine read ? read.Start : null;
        }
        catch (FileNotFoundException)
        {
            // The recorder has just made room.
            return null;
        }
    }

    private static bool TryAdd(ZipArchive archive, SegmentFile segment)
    {
        FileStream file;
        try
        {
            file = new FileStream(segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            // The recorder has just made room, or has just given the file its final name.
            return TryAddRenamed(archive, segment);
        }

        using (file)
        {
            using var entry = archive.CreateEntry($"{SegmentFile.FolderName}/{segment.Name}", CompressionLevel.NoCompression).Open();
            file.CopyTo(entry);
        }

        return true;
    }

    private static bool TryAddRenamed(ZipArchive archive, SegmentFile segment) =>
        SegmentFile.In(Path.GetDirectoryName(segment.Path)!).FirstOrDefault(other => other.Number == segment.Number) is { } renamed
        && renamed.Path != segment.Path
        && TryAdd(archive, renamed);

    private static void Add(ZipArchive archive, string name, byte[] content)
    {
        using var entry = archive.CreateEntry(name, CompressionLevel.Optimal).Open();
        entry.Write(content);
    }
}
