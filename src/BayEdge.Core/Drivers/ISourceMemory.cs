namespace BayEdge.Core.Drivers;

/// <summary>Keeps what a source has learned about its place beyond a restart: little, replaced whole, and no loss when it is gone.</summary>
public interface ISourceMemory
{
    /// <param name="name">Letters, digits, dots, dashes and underlines.</param>
    /// <returns>Null when nothing was kept or it cannot be read.</returns>
    byte[]? Recall(string name);

    /// <summary>Replaces what was kept under the name; a disk that cannot take it is no fault of the source and throws nothing.</summary>
    void Keep(string name, ReadOnlyMemory<byte> content);
}
