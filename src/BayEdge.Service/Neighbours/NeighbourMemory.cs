namespace BayEdge.Service.Neighbours;

/// <summary>Remembers over a restart whether the device has neighbours: a file without content, so that no power cut can tear it.</summary>
internal sealed class NeighbourMemory
{
    private const string FileName = "has-neighbours";

    private readonly string _path;

    public NeighbourMemory(string folder)
    {
        _path = Path.Combine(folder, FileName);
        HasNeighbours = File.Exists(_path);
    }

    /// <summary>What was last written down.</summary>
    public bool HasNeighbours { get; private set; }

    /// <summary>Writes it down, if that is new; where the disk does not take it, the next call tries again.</summary>
    public void Write(bool hasNeighbours)
    {
        if (hasNeighbours == HasNeighbours)
            return;

        try
        {
            if (hasNeighbours)
                File.Create(_path).Dispose();
            else
                File.Delete(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The journal, which needs the same disk far more, says what is wrong with it.
            return;
        }

        HasNeighbours = hasNeighbours;
    }
}
