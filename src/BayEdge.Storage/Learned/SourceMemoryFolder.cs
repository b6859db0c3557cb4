using BayEdge.Core.Delivery;
using BayEdge.Core.Drivers;
using BayEdge.Storage.Files;

namespace BayEdge.Storage.Learned;

/// <summary>What sources have learned, a file each below the data folder; a power cut leaves the former file or the new one.</summary>
public sealed class SourceMemoryFolder(string dataFolder) : ISourceMemory
{
    /// <summary>More than any source has to remember; what is larger is not ours.</summary>
    public const int MostBytes = 1_000_000;

    private readonly string _folder = Path.Combine(dataFolder, "learned");

    public byte[]? Recall(string name)
    {
        try
        {
            var file = new FileInfo(PathOf(name));
            return file.Exists && file.Length <= MostBytes ? File.ReadAllBytes(file.FullName) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Keep(string name, ReadOnlyMemory<byte> content)
    {
        if (content.Length > MostBytes)
            throw new ArgumentException($"A source may remember {MostBytes} bytes, not {content.Length}.", nameof(content));
        try
        {
            PrivateFile.Write(PathOf(name), content.Span);
        }
        catch (StorageFaultException)
        {
            // Learned again; a full card is told by the journal.
        }
    }

    private string PathOf(string name)
    {
        if (name.Length == 0 || name[0] == '.' || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_'))
            throw new ArgumentException($"A name has letters, digits, dots, dashes and underlines only, not '{name}'.", nameof(name));
        return Path.Combine(_folder, name);
    }
}
