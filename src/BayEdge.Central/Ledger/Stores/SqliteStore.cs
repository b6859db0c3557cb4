using System.Data.Common;
using System.Globalization;
using BayEdge.Contracts.Json;
using Microsoft.Data.Sqlite;

namespace BayEdge.Central.Ledger.Stores;

/// <summary>A file, or memory when there is no path.</summary>
internal sealed class SqliteStore(string? path) : ILedgerStore
{
    // A lock that lasts longer is told, and the consumer tries again.
    private const int LockSeconds = 2;

    public string Place { get; } = path is null ? ":memory:" : Path.GetFullPath(path);

    public bool IsOnDisk => path is not null;

    public string OpenAdvice => "check the folder, its rights and its free space, or name another file";

    public string WriteAdvice => "free space on its disk or close the program that locks it";

    public ColumnTypes Types { get; } = new("INTEGER", "INTEGER", "REAL", "BLOB", "TEXT", "INTEGER");

    public DbConnection Connect()
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = Place, Pooling = false, DefaultTimeout = LockSeconds };
        var connection = new SqliteConnection(settings.ToString());
        try
        {
            connection.Open();
            if (IsOnDisk)
                KeepCommits(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public long ReadVersion(DbConnection connection) => (long)Scalar(connection, "PRAGMA user_version")!;

    public string VersionStatement(long version) => $"PRAGMA user_version={version};";

    public void LockAll(DbTransaction transaction)
    {
        // See below.
    }

    public void Lock(DbTransaction transaction, IReadOnlyCollection<DeviceKey> devices)
    {
        // A transaction of Microsoft.Data.Sqlite begins with the lock on the whole file.
    }

    // Times stand as they do on the wire, so that they sort as text.
    public object Value(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset time => time.UtcDateTime.ToString(UtcMillisecondsConverter.Format, CultureInfo.InvariantCulture),
        _ => value,
    };

    // Without both of these SQLite loses acknowledged rows when the power goes. The values are read back, because a file
    // system without shared memory silently keeps another journal mode.
    private static void KeepCommits(SqliteConnection connection)
    {
        var journal = (string?)Scalar(connection, "PRAGMA journal_mode=WAL");
        Scalar(connection, "PRAGMA synchronous=FULL");
        var synchronous = (long)Scalar(connection, "PRAGMA synchronous")!;
        if (journal != "wal" || synchronous != 2)
        {
            throw new LedgerFaultException(
                $"expected journal_mode wal and synchronous 2 (FULL), but the disk gave {journal} and {synchronous}; "
                + "put the ledger on a local file system");
        }
    }

    private static object? Scalar(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
