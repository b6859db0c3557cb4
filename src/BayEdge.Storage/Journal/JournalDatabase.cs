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

    private const int StepsBetweenLooks = 1000;

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
    /// <param name="connection">Of an untrusted file.</param>
    /// <param name="mark">The second record of the numbers.</param>
    /// <param name="time">Measures the limit.</param>
    /// <param name="limit">How long to look: what is not reached is found when it is read.</param>
    public static string? FindDamage(SqliteConnection connection, MarkedSequence? mark, TimeProvider time, TimeSpan limit)
    {
        try
        {
            if (QuickCheck(connection, time, limit) is { } verdict)
                return $"The journal is damaged: {verdict}.";
            var version = Number(connection, "PRAGMA user_version");
            switch (version)
            {
                case 0:
                    return "The journal is empty.";
                case > JournalSchema.Version:
                    throw new StorageFaultException(
                        $"The journal '{connection.DataSource}' was written by a newer version of the service; install that version again.");
            }

            var (epoch, last) = Newest(connection, version == 1 ? "SELECT epoch, last_sequence FROM epochs ORDER BY epoch" : JournalSchema.LastSequences);
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
    /// <remarks>The log is flushed after each commit by <see cref="WriteAheadLog"/>, and before each checkpoint by SQLite.</remarks>
    public static void Configure(SqliteConnection connection, long maximumBytes)
    {
        SetCheckpointOnClose(connection, true);
        var mode = Text(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, "PRAGMA synchronous = NORMAL");
        Execute(connection, $"PRAGMA wal_autocheckpoint = {WriteAheadLog.CheckpointPages.ToString(CultureInfo.InvariantCulture)}");
        var synchronous = Number(connection, "PRAGMA synchronous");
        if (mode != "wal" || synchronous != 1)
        {
            throw new StorageFaultException(
                $"The journal '{connection.DataSource}' cannot be made safe against power cuts: expected journal_mode wal and "
                + $"synchronous 1, but found {mode} and {synchronous}; put the data folder on a local disk (ext4), not a network drive.");
        }

        var pages = Math.Max(1, maximumBytes / JournalOptions.PageBytes);
        Execute(connection, $"PRAGMA max_page_count = {pages.ToString(CultureInfo.InvariantCulture)}");
        if (Number(connection, "PRAGMA user_version") == 1)
        {
            using var transaction = connection.BeginTransaction();
            Execute(connection, JournalSchema.Upgrade);
            transaction.Commit();
        }
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

    /// <returns>What is wrong; null when nothing was found in the time.</returns>
    private static string? QuickCheck(SqliteConnection connection, TimeProvider time, TimeSpan limit)
    {
        var began = time.GetTimestamp();
        raw.sqlite3_progress_handler(connection.Handle, StepsBetweenLooks, _ => time.GetElapsedTime(began) > limit ? 1 : 0, null);
        try
        {
            return Text(connection, "PRAGMA quick_check(1)") is var verdict && verdict != "ok" ? verdict : null;
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode == SqliteFaults.Interrupted)
        {
            return null;
        }
        finally
        {
            raw.sqlite3_progress_handler(connection.Handle, 0, null, null);
        }
    }

    private static (int Epoch, long Last) Newest(SqliteConnection connection, string lastSequences)
    {
        using var command = connection.CreateCommand();
        command.CommandText = lastSequences;
        using var reader = command.ExecuteReader();
        var newest = default((int, long));
        while (reader.Read())
            newest = (reader.GetInt32(0), reader.GetInt64(1));
        return newest;
    }

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
