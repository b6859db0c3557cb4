using BayEdge.Core.Bays;

namespace BayEdge.Storage.Files;

/// <summary>What the operating system says of a disk, in a sentence of our own; what has none is quoted.</summary>
public static class DiskWords
{
    // errno.h, as .NET hands it on.
    private const int InputOutputError = 5;
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaExceeded = 122;

    public static Wording Of(Exception exception) => exception switch
    {
        IOException { HResult: NoSpace or QuotaExceeded } => Wording.Of($"the disk is full."),
        IOException { HResult: ReadOnlyFileSystem } => "the disk may only be read, as a worn memory card is.",
        IOException { HResult: InputOutputError } => "the disk reported an error; save the data folder and replace the card.",
        UnauthorizedAccessException => "the service's user may not do that there.",
        _ => $"the system says '{exception.Message.TrimEnd('.')}'.",
    };
}
