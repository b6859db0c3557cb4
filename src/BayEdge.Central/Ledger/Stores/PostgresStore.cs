using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Npgsql;

namespace BayEdge.Central.Ledger.Stores;

/// <summary>A PostgreSQL database, which several consumers of a group may share.</summary>
/// <remarks>The password may stay out of the address: Npgsql takes it from PGPASSWORD or the file that PGPASSFILE names.</remarks>
internal sealed class PostgresStore : ILedgerStore
{
    private static readonly string[] Schemes = ["postgres", "postgresql"];

    // A stray NUL is legal in JSON and impossible in PostgreSQL's text; the payload keeps it.
    private const char Replacement = '\uFFFD';

    private readonly NpgsqlConnectionStringBuilder _settings;

    private PostgresStore(NpgsqlConnectionStringBuilder settings)
    {
        // A server that freezes must not hold the consumer for ever.
        settings.KeepAlive = settings.KeepAlive == 0 ? 15 : settings.KeepAlive;
        settings.MaxAutoPrepare = settings.MaxAutoPrepare == 0 ? 20 : settings.MaxAutoPrepare;
        settings.ApplicationName ??= "bayedge";
        settings.Pooling = false;
        settings.IncludeErrorDetail = false;
        _settings = settings;
    }

    public string Place => $"{_settings.Database ?? _settings.Username}@{_settings.Host}:{_settings.Port}";

    public bool IsOnDisk => true;

    public string OpenAdvice => "check that the server runs, that the database exists and that user and password (PGPASSWORD) may use it";

    public string WriteAdvice => "check that the server runs and that its disk has free space";

    public ColumnTypes Types { get; } = new("integer", "bigint", "double precision", "bytea", "timestamptz", "boolean");

    /// <summary>Recognises <c>Host=...;Database=...</c> and <c>postgres://user@host:5432/database</c>.</summary>
    /// <exception cref="LedgerFaultException">It looks like one of these, but cannot be read.</exception>
    public static bool TryParse(string text, [NotNullWhen(true)] out PostgresStore? store)
    {
        store = null;
        try
        {
            if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && Schemes.Contains(uri.Scheme))
                store = new PostgresStore(FromUri(uri));
            else if (text.Contains("Host=", StringComparison.OrdinalIgnoreCase))
                store = new PostgresStore(new NpgsqlConnectionStringBuilder(text));
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            // The text may hold a password, so it is not repeated.
            throw new LedgerFaultException(
                "expected a PostgreSQL ledger such as postgres://user@host/database or 'Host=host;Database=database;Username=user', "
                + "but it has a setting that PostgreSQL does not know",
                exception);
        }

        return store is not null;
    }

    public DbConnection Connect()
    {
        var connection = new NpgsqlConnection(_settings.ToString());
        try
        {
            connection.Open();
            KeepCommits(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // The catalogue is read as a table: to_regclass may still answer from before another consumer made the tables.
    public long ReadVersion(DbConnection connection) =>
        Scalar(connection, "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'ledger_version')") is true
            ? (long)Scalar(connection, "SELECT max(version) FROM ledger_version")!
            : 0;

    public string VersionStatement(long version) =>
        $"CREATE TABLE IF NOT EXISTS ledger_version (version bigint NOT NULL); INSERT INTO ledger_version VALUES ({version});";

    public void LockAll(DbTransaction transaction) => Lock(transaction, ["bayedge ledger"]);

    public void Lock(DbTransaction transaction, IReadOnlyCollection<DeviceKey> devices) =>
        Lock(transaction, [.. devices.Select(device => $"bayedge {device.Site}/{device.Device}")]);

    // A device that is new has no row to lock, hence locks by name. All consumers take them in one order, so none waits in a circle.
    private static void Lock(DbTransaction transaction, string[] names)
    {
        using var command = (NpgsqlCommand)transaction.Connection!.CreateCommand();
        command.Transaction = (NpgsqlTransaction)transaction;
        command.CommandText =
            "SELECT pg_advisory_xact_lock(hash) FROM (SELECT DISTINCT hashtextextended(name, 0) AS hash FROM unnest(@p0) AS name ORDER BY hash) AS ordered";
        command.Parameters.AddWithValue("@p0", names);
        command.ExecuteNonQuery();
    }

    public object Value(object? value) => value switch
    {
        null => DBNull.Value,
        string text => text.Replace('\0', Replacement),
        DateTimeOffset time => Milliseconds(time),
        _ => value,
    };

    // As on the wire, so that both kinds of ledger hold the same.
    private static DateTimeOffset Milliseconds(DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMillisecond));
    }

    private static NpgsqlConnectionStringBuilder FromUri(Uri uri)
    {
        var settings = new NpgsqlConnectionStringBuilder { Host = uri.Host, Port = uri.IsDefaultPort ? 5432 : uri.Port };
        if (uri.AbsolutePath.Trim('/') is { Length: > 0 } database)
            settings.Database = Uri.UnescapeDataString(database);
        var login = uri.UserInfo.Split(':', 2);
        if (login[0].Length > 0)
            settings.Username = Uri.UnescapeDataString(login[0]);
        if (login.Length > 1)
            settings.Password = Uri.UnescapeDataString(login[1]);

        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            settings[parts[0] == "sslmode" ? "SSL Mode" : parts[0]] = Uri.UnescapeDataString(parts[^1]);
        }

        return settings;
    }

    // An acknowledged event is forgotten by its device, so the commit behind it must have reached the disk.
    private static void KeepCommits(NpgsqlConnection connection)
    {
        Scalar(connection, "SET synchronous_commit = on");
        var (commit, flush) = ((string?)Scalar(connection, "SHOW synchronous_commit"), (string?)Scalar(connection, "SHOW fsync"));
        if (commit != "on" || flush != "on")
        {
            throw new LedgerFaultException(
                $"expected synchronous_commit on and fsync on, but the server gave {commit} and {flush}; set both in postgresql.conf");
        }
    }

    private static object? Scalar(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
