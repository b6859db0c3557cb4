namespace BayEdge.Central.Ledger;

/// <summary>A part of a ledger.</summary>
/// <param name="Site">Null for all.</param>
/// <param name="From">Null for the beginning.</param>
/// <param name="To">Not included; null for the end.</param>
public sealed record LedgerWindow(string? Site, DateTimeOffset? From, DateTimeOffset? To)
{
    public static LedgerWindow All { get; } = new(null, null, null);

    /// <summary>The SQL for it with its parameters <c>@p0</c>, <c>@p1</c>, …; empty when it holds everything.</summary>
    /// <param name="end">The column that <see cref="From"/> bounds; a row without it has not ended.</param>
    /// <param name="start">The column that <see cref="To"/> bounds; a row without it may have begun at any time.</param>
    internal (string Where, object?[] Parameters) Clause(string? end = null, string? start = null)
    {
        var terms = new List<string>();
        var parameters = new List<object?>();
        Add(Site, "site = {0}");
        Add(end is null ? null : From, $"({end} IS NULL OR {end} > {{0}})");
        Add(start is null ? null : To, $"({start} IS NULL OR {start} < {{0}})");
        return (terms.Count == 0 ? "" : $" WHERE {string.Join(" AND ", terms)}", [.. parameters]);

        void Add(object? value, string term)
        {
            if (value is null)
                return;
            terms.Add(term.Replace("{0}", $"@p{parameters.Count}", StringComparison.Ordinal));
            parameters.Add(value);
        }
    }
}
