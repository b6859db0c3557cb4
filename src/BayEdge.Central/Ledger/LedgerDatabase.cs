using System.Data;
using System.Data.Common;
using System.Globalization;
using BayEdge.Central.Ledger.Stores;

namespace BayEdge.Central.Ledger;

/// <summary>The connection behind a ledger: makes it anew when it was lost, and puts faults into words.</summary>
internal sealed class LedgerDatabase : IDisposable
{
    private const int KeysAtOnce = 200;

    private readonly ILedgerStore _store;
    private DbConnection _connection;

    /// <exception cref="LedgerFaultException">It cannot be opened.</exception>
    public LedgerDatabase(ILedgerStore store)
    {
        _store = store;
        _connection = Connect();
    }

    public ILedgerStore Store => _store;

    /// <exception cref="LedgerFaultException">The ledger is locked or its disk or server does not answer.</exception>
    public DbTransaction Begin() => Guard(() => OpenConnection().BeginTransaction());

    /// <exception cref="LedgerFaultException">The ledger cannot be read.</exception>
    public List<T> Query<T>(DbTransaction? transaction, string sql, Func<DbDataReader, T> read, params object?[] parameters) => Guard(() =>
    {
        using var command = Command(transaction, sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    });

    /// <summary>The rows of a table that have one of many keys.</summary>
    /// <param name="columns">What to read.</param>
    /// <param name="key">The columns of a key, which the table has an index on.</param>
    /// <exception cref="LedgerFaultException">The ledger cannot be read.</exception>
    public IEnumerable<T> QueryKeys<T>(
        DbTransaction transaction, string columns, string table, string[] key, IEnumerable<object?[]> keys, Func<DbDataReader, T> read) =>
        keys.Chunk(KeysAtOnce).SelectMany(some =>
        {
            var row = 0;
            var values = some.Select(_ => $"({string.Join(", ", key.Select(_ => $"@p{row++}"))})");
            var names = string.Join(", ", key);
            // A join, since SQLite would search the whole table for a list of keys.
            return Query(
                transaction,
                $"WITH keys({names}) AS (VALUES {string.Join(", ", values)}) SELECT {columns} FROM keys JOIN {table} USING ({names}) WHERE {key[^1]} IS NOT NULL",
                read,
                [.. some.SelectMany(one => one)]);
        });

    /// <summary>Writes many rows with one statement, in one exchange with the server where there is one.</summary>
    /// <exception cref="LedgerFaultException">The ledger cannot be written.</exception>
    public void ExecuteAll(DbTransaction transaction, string sql, IReadOnlyCollection<object?[]> rows)
    {
        if (rows.Count == 0)
            return;

        if (!transaction.Connection!.CanCreateBatch)
        {
            foreach (var row in rows)
                Execute(transaction, sql, row);
            return;
        }

        Guard(() =>
        {
            using var batch = transaction.Connection.CreateBatch();
            batch.Transaction = transaction;
            foreach (var row in rows)
            {
                var command = batch.CreateBatchCommand();
                command.CommandText = sql;
                Fill(command.Parameters, command.CreateParameter, row);
                batch.BatchCommands.Add(command);
            }

            return batch.ExecuteNonQuery();
        });
    }

    /// <returns>How many rows were written.</returns>
    /// <exception cref="LedgerFaultException">The ledger cannot be written.</exception>
    public int Execute(DbTransaction transaction, string sql, params object?[] parameters) => Guard(() =>
    {
        using var command = Command(transaction, sql, parameters);
        return command.ExecuteNonQuery();
    });

    /// <exception cref="LedgerFaultException">The ledger cannot be written.</exception>
    public T Guard<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is DbException or TimeoutException)
        {
            throw new LedgerFaultException($"the ledger cannot be used ('{exception.Message}'); {_store.WriteAdvice}", exception);
        }
    }

    public void Dispose() => _connection.Dispose();

    private DbConnection Connect()
    {
        try
        {
            var connection = _store.Connect();
            try
            {
                LedgerSchema.Prepare(connection, _store);
                return connection;
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
        catch (Exception exception) when (exception is DbException or TimeoutException)
        {
            throw new LedgerFaultException(
                $"expected a ledger that can be opened at {_store.Place}, but the database says '{exception.Message}'; {_store.OpenAdvice}",
                exception);
        }
    }

    // A server that was started again closed it; a transaction that was under way then fails, and the next one finds a new one.
    private DbConnection OpenConnection()
    {
        if (_connection.State != ConnectionState.Open)
        {
            _connection.Dispose();
            _connection = _store.Connect();
        }

        return _connection;
    }

    private DbCommand Command(DbTransaction? transaction, string sql, object?[] parameters)
    {
        var command = (transaction?.Connection ?? OpenConnection()).CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        Fill(command.Parameters, command.CreateParameter, parameters);
        return command;
    }

    private void Fill(DbParameterCollection parameters, Func<DbParameter> create, object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = create();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@p{i}");
            parameter.Value = _store.Value(values[i]);
            parameters.Add(parameter);
        }
    }
}
