using System.Data.Common;

namespace BayEdge.Central.Ledger.Stores;

/// <summary>What differs between the databases that can hold a ledger.</summary>
internal interface ILedgerStore
{
    /// <summary>Where the ledger is, without secrets, for a sentence.</summary>
    string Place { get; }

    /// <summary>Whether the ledger outlives the process.</summary>
    bool IsOnDisk { get; }

    /// <summary>What a person can do when the ledger cannot be opened: the end of a sentence.</summary>
    string OpenAdvice { get; }

    /// <summary>What a person can do when the ledger cannot be written: the end of a sentence.</summary>
    string WriteAdvice { get; }

    ColumnTypes Types { get; }

    /// <summary>A connection, open and set so that a commit outlasts a power cut.</summary>
    /// <exception cref="DbException">The database does not answer.</exception>
    /// <exception cref="LedgerFaultException">It answers, but would lose commits.</exception>
    DbConnection Connect();

    /// <summary>Which version of the tables there is; 0 where there is none.</summary>
    long ReadVersion(DbConnection connection);

    /// <summary>Runs with the tables' making, in its transaction.</summary>
    string VersionStatement(long version);

    /// <summary>Keeps other processes from making the tables, too, until the transaction ends.</summary>
    void LockAll(DbTransaction transaction);

    /// <summary>Keeps other processes from the positions of these devices until the transaction ends.</summary>
    void Lock(DbTransaction transaction, IReadOnlyCollection<DeviceKey> devices);

    /// <summary>A text, number, moment or bytes as the database takes them.</summary>
    object Value(object? value);
}

/// <summary>How a database calls the kinds of columns that a ledger has.</summary>
internal sealed record ColumnTypes(string Integer, string Long, string Real, string Bytes, string Time, string Flag);
