using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;

namespace BayEdge.Storage.Recording;

/// <summary>One segment of a recording that is read.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Lines">
/// The whole lines, read while they are asked for; where the file is torn, those before the tear.
/// </param>
public sealed record RecordedSegment(string Name, IEnumerable<string> Lines)
{
    private const int BlockBytes = 1 << 16;

    /// <summary>
    /// The segments of an exported archive, of a data folder or the <c>recording</c> folder in it, or of a single file, the
    /// oldest first.
    /// </summary>
    /// <exception cref="IOException">The file or folder is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    public static IEnumerable<RecordedSegment> In(string path)
    {
        foreach (var segment in Directory.Exists(path) ? InFolder(path) : IsArchive(path) ? InArchive(path) : [Of(path)])
            yield return segment;
    }

    internal static IEnumerable<string> LinesOf(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        foreach (var line in LinesOf(path, file))
            yield return line;
    }

    private static IEnumerable<RecordedSegment> InFolder(string path)
    {
        var inner = Path.Combine(path, SegmentFile.FolderName);
        return SegmentFile.In(Directory.Exists(inner) ? inner : path).Select(file => Of(file.Path));
    }

    private static RecordedSegment Of(string path) => new(Path.GetFileName(path), LinesOf(path));

    private static IEnumerable<RecordedSegment> InArchive(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        foreach (var entry in archive.Entries.Where(entry => entry.FullName.StartsWith(SegmentFile.FolderName, StringComparison.Ordinal)).ToImmutableArray())
        {
            using var content = entry.Open();
            yield return new RecordedSegment(entry.Name, LinesOf(entry.Name, content));
        }
    }

    // A zip file begins with the signature of its first entry: APPNOTE.TXT section 4.3.7.
    private static bool IsArchive(string path)
    {
        Span<byte> signature = stackalloc byte[4];
        using var file = File.OpenRead(path);
        return file.ReadAtLeast(signature, signature.Length, throwOnEndOfStream: false) == signature.Length && signature.SequenceEqual("PK\x03\x04"u8);
    }

    private static IEnumerable<string> LinesOf(string name, Stream content)
    {
        using var text = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(content, CompressionMode.Decompress) : content;
        using var line = new MemoryStream();
        var block = new byte[BlockBytes];
        for (int count; (count = ReadUpToTear(text, block)) > 0;)
        {
            var start = 0;
            for (int end; (end = Array.IndexOf(block, (byte)'\n', start, count - start)) >= 0; start = end + 1)
            {
                line.Write(block, start, end - start);
                yield return Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length);
                line.SetLength(0);
            }

            line.Write(block, start, count - start);
        }
    }

    private static int ReadUpToTear(Stream text, byte[] block)
    {
        try
        {
            return text.Read(block);
        }
        catch (InvalidDataException)
        {
            // The batch that was being written when the power went.
            return 0;
        }
    }
}
