namespace BayEdge.Central.Export;

/// <summary>What <c>bayedge ledger</c> was asked to print.</summary>
public sealed record LedgerExportOptions
{
    /// <summary>As <see cref="Ledger.CentralLedger.Open"/> takes it.</summary>
    public required string Ledger { get; init; }

    public required LedgerContent Content { get; init; }

    public ExportFormat Format { get; init; }

    /// <summary>The only site; null takes all.</summary>
    public string? Site { get; init; }

    /// <summary>
    /// A day such as <c>2026-03-02</c> by the clock of the site, or a moment such as <c>2026-03-02T08:00:00+08:00</c>. Null begins
    /// with the first visit, and for utilisation with today.
    /// </summary>
    public string? From { get; init; }

    /// <summary>Like <see cref="From"/>, not included; null ends now.</summary>
    public string? To { get; init; }

    /// <summary>Whether utilisation is by shift instead of by hour.</summary>
    public bool ByShift { get; init; }

    /// <summary>The file of the sites' clocks and shifts; null knows none.</summary>
    public string? PlansPath { get; init; }

    /// <summary>The file to write; null prints.</summary>
    public string? OutputPath { get; init; }
}

public enum LedgerContent
{
    Visits,
    Utilisation,
    Alerts,
}

public enum ExportFormat
{
    /// <summary>UTF-8 with a byte order mark, without which Excel garbles Chinese names; times by the site's clock.</summary>
    Csv,

    /// <summary>One array; times in UTC.</summary>
    Json,
}
