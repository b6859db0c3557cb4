using System.Globalization;
using System.Text;
using BayEdge.Central.Ledger;
using BayEdge.Central.Utilisation;
using BayEdge.Contracts;

namespace BayEdge.Central.Export;

/// <summary>Prints what a ledger holds, for a spreadsheet or another program.</summary>
/// <param name="time">Its local time zone is that of the sites that name none.</param>
public sealed class LedgerExport(LedgerExportOptions options, TextWriter output, TextWriter error, TimeProvider time)
{
    /// <returns>0; 1 when the ledger, the plans or the output cannot be used; 2 when the options are wrong.</returns>
    public int Run()
    {
        if (options.Site is { } site && !Topics.IsValidId(site))
            return error.Say($"expected a site id of letters, digits, '-', '_' and '.', but found '{site}'", Outcome.WrongUsage);

        try
        {
            var plans = options.PlansPath is { } path ? SitePlans.Read(path, time.LocalTimeZone) : SitePlans.None(time.LocalTimeZone);
            var calendar = plans.For(options.Site ?? "").Calendar;
            if (!TryRead(options.From, calendar.Zone, out var from))
                return error.Say(NoMoment(options.From), Outcome.WrongUsage);
            if (!TryRead(options.To, calendar.Zone, out var to))
                return error.Say(NoMoment(options.To), Outcome.WrongUsage);
            if (IsAbsentFile(options.Ledger))
                return error.Say($"expected a ledger at {options.Ledger}, but there is none", Outcome.FoundWrong);

            using var ledger = CentralLedger.Open(options.Ledger);
            Write(new LedgerRows(ledger, plans, new LedgerWindow(options.Site, from, to), time.GetUtcNow()));
            return Outcome.Done;
        }
        catch (Exception fault) when (fault is LedgerFaultException or SitePlanException)
        {
            return error.Say(fault.Message, Outcome.FoundWrong);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return error.Say($"expected a file that can be written at {options.OutputPath}, but {fault.Message}", Outcome.FoundWrong);
        }
    }

    // Opening would make one, and an empty export would look like an empty workshop.
    private static bool IsAbsentFile(string ledger) =>
        !ledger.Contains("://", StringComparison.Ordinal) && !ledger.Contains('=', StringComparison.Ordinal) && !File.Exists(ledger);

    private void Write(LedgerRows ledger)
    {
        var (columns, rows) = options.Content switch
        {
            LedgerContent.Visits => (LedgerRows.VisitColumns, ledger.Visits()),
            LedgerContent.Utilisation => (LedgerRows.UtilisationColumns, ledger.Utilisation(options.ByShift)),
            _ => (LedgerRows.AlertColumns, ledger.Alerts()),
        };
        if (options.OutputPath is not { } path)
        {
            Write(output, columns, rows);
            return;
        }

        using var file = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        Write(file, columns, rows);
    }

    private void Write(TextWriter writer, IEnumerable<string> columns, IEnumerable<IReadOnlyList<Cell>> rows)
    {
        if (options.Format == ExportFormat.Csv)
            CsvTable.Write(writer, columns, rows);
        else
            JsonTable.Write(writer, rows);
    }

    private static bool TryRead(string? text, TimeZoneInfo zone, out DateTimeOffset? moment)
    {
        moment = null;
        if (text is null)
            return true;

        if (DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            moment = new DateTimeOffset(day, zone.GetUtcOffset(day));
        else if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            moment = at;
        return moment is not null;
    }

    private static string NoMoment(string? found) =>
        $"expected a day such as 2026-03-02 or a moment such as 2026-03-02T08:00:00+08:00, but found '{found}'";
}
