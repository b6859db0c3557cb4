using System.Globalization;
using BayEdge.Core.Delivery;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace BayEdge.Storage.Journal;

/// <summary>Opens, checks and creates the database file.</summary>
internal static class JournalDatabase
{
    // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, sqlite.org/c3ref/c_dbconfig_defensive.html
    private const int NoCheckpointOnClose = 1006;

    // Shorter than the time that the service has for its last writes when it stops.
    private const int BusySeconds = 1;

    /// <summary>Opens an existing file without changing it more than a reader must.</summary>
    /// <remarks>A closing connection would fold the write-ahead log into a file that may be damaged, and spoil both.</remarks>
    public static SqliteConnection OpenUntrusted(string path)
    {
        var connection = Connect(path, SqliteOpenMode.ReadWrite);
        try
        {
            SetCheckpointOnClose(connection, false);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>What is wrong with an opened journal, in a sentence; null when it is sound.</summary>
    public static string? FindDamage(SqliteConnection connection, MarkedSequence? mark)
    {
        try
        {
            if (Text(connection, "PRAGMA quick_check(1)") is var verdict && verdict != "ok")
                return $"The journal is damaged: {verdict}.";
            switch (Number(connection, "PRAGMA user_version"))
            {
                case 0:
                    return "The journal is empty.";
                case > JournalSchema.Version:
                    throw new StorageFaultException(
                        $"The journal '{connection.DataSource}' was written by a newer version of the service; install that version again.");
            }

            var epoch = (int)Number(connection, "SELECT max(epoch) FROM epochs");
            var last = Number(connection, "SELECT last_sequence FROM epochs ORDER BY epoch DESC LIMIT 1");
            return mark is { } given && (epoch < given.Epoch || (epoch == given.Epoch && last < given.Committed))
                ? $"The journal is older than it should be: it ends at epoch {epoch}, event {last}, but epoch {given.Epoch}, event "
                    + $"{given.Committed} was given out; an old copy was put back, or the disk lost what it had confirmed."
                : null;
        }
        catch (SqliteException exception) when (SqliteFaults.IsDamage(exception) || exception.SqliteErrorCode == 1)
        {
            // 1 is SQLITE_ERROR: a table is missing.
            return $"The journal is damaged: {exception.Message.TrimEnd('.')}.";
        }
    }

    /// <summary>Makes a sound database durable and capped, and reads back that it is.</summary>
    public static void Configure(SqliteConnection connection, long maximumBytes)
    {
        SetCheckpointOnClose(connection, true);
        var mode = Text(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, "PRAGMA synchronous = FULL");
        var synchronous = Number(connection, "PRAGMA synchronous");
        if (mode != "wal" || synchronous != 2)
        {
            throw new StorageFaultException(
                $"The journal '{connection.DataSource}' cannot be made safe against power cuts: expected journal_mode wal and "
                + $"synchronous 2, but found {mode} and {synchronous}; put the data folder on a local disk (ext4), not a network drive.");
        }

        var pages = Math.Max(1, maximumBytes / JournalOptions.PageBytes);
        Execute(connection, $"PRAGMA max_page_count = {pages.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>Fills a new file, not yet in its place, in one transaction.</summary>
    public static void Create(string path, Action<SqliteConnection> fill)
    {
        using var connection = Connect(path, SqliteOpenMode.ReadWriteCreate);
        Execute(connection, $"PRAGMA page_size = {JournalOptions.PageBytes.ToString(CultureInfo.InvariantCulture)}");
        Execute(connection, "PRAGMA synchronous = FULL");
        using var transaction = connection.BeginTransaction();
        Execute(connection, JournalSchema.Create);
        fill(connection);
        transaction.Commit();
    }

    public static long Number(SqliteConnection connection, string sql) =>
        Convert.ToInt64(Scalar(connection, sql), CultureInfo.InvariantCulture);

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        // A pooled connection would keep the file open after the journal is closed, and moved.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = BusySeconds,
        }.ToString());
        connection.Open();
        return connection;
    }

    private static void SetCheckpointOnClose(SqliteConnection connection, bool enabled) =>
        _ = raw.sqlite3_db_config(connection.Handle, NoCheckpointOnClose, enabled ? 0 : 1, out _);

    private static string Text(SqliteConnection connection, string sql) =>
        Convert.ToString(Scalar(connection, sql), CultureInfo.InvariantCulture) ?? "";

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
