using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using BayEdge.Storage.Files;
using Microsoft.Data.Sqlite;

namespace BayEdge.Storage.Journal;

/// <summary>Turns what SQLite and the disk say into a sentence for the person at the device.</summary>
internal static class SqliteFaults
{
    // Result codes: sqlite.org/rescode.html
    public const int Full = 13;
    public const int Interrupted = 9;

    private const int PermissionDenied = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutputError = 10;
    private const int Corrupt = 11;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    public static bool IsDamage(SqliteException exception) => exception.SqliteErrorCode is Corrupt or NotADatabase;

    public static StorageFaultException Translate(SqliteException exception, string path, long maximumBytes) =>
        new($"The journal '{path}' took no data: {Explain(exception, maximumBytes)}", exception);

    public static StorageFaultException Translate(Exception exception, string path) =>
        new($"The journal '{path}' took no data: {DiskWords.Of(exception)} Check the disk, its mount and the rights of the service's user.", exception);

    private static Wording Explain(SqliteException exception, long maximumBytes) => exception.SqliteErrorCode switch
    {
        Full => Wording.Of($"it has reached its cap of {Size(maximumBytes)}, or the disk is full. Events leave it once the central system confirms them: mend the connection to the broker, or free disk space."),
        ReadOnly or PermissionDenied => "it may only be read. A worn memory card makes its file system read-only: check the card, and that the service's user owns the data folder.",
        Busy or Locked => "another program has locked it. Close the program that has the journal open.",
        InputOutputError => $"the disk reported an error ({exception.Message.TrimEnd('.')}). Save the data folder and replace the card.",
        CannotOpen => "it cannot be opened. Check that the data folder exists and that the service's user may write to it.",
        Corrupt or NotADatabase => "it is damaged. Restart the service: it moves the damaged journal aside and begins a new one.",
        _ => $"the database says '{exception.Message.TrimEnd('.')}'. Restart the service; if this comes back, save the data folder for support.",
    };

    public static string Size(long bytes) => bytes < 1 << 20 ? $"{bytes >> 10} KiB" : $"{bytes >> 20} MiB";
}
