using System.CommandLine;
using BayEdge.Central.Export;

namespace BayEdge.Service.Commands;

/// <summary><c>bayedge ledger</c>: what the reference consumer keeps, for spreadsheets and other programs.</summary>
internal static class LedgerCommand
{
    public static Command Create(TimeProvider time) => new("ledger", "Exports visits, utilisation and alerts from a ledger of bayedge listen.")
    {
        Of(LedgerContent.Visits, "Who was in which bay from when to when.", time),
        Of(LedgerContent.Utilisation, "How much of each hour or shift each bay and each site was in use.", time),
        Of(LedgerContent.Alerts, "When a site's utilisation passed its threshold.", time),
    };

    private static Command Of(LedgerContent content, string description, TimeProvider time)
    {
        var ledger = new Option<string>("--ledger") { Description = CentralArguments.LedgerDescription, HelpName = "LEDGER", Required = true };
        var site = new Option<string?>("--site") { Description = "Only this site. The default is all.", HelpName = "SITE" };
        var from = new Option<string?>("--from") { Description = "A day (2026-03-02, by the site's clock) or a moment.", HelpName = "TIME" };
        var to = new Option<string?>("--to") { Description = "Like --from, not included. The default is now.", HelpName = "TIME" };
        var format = new Option<ExportFormat>("--format") { Description = "csv (for Excel, too; times by the site's clock) or json (UTC).", HelpName = "csv|json" };
        var sites = CentralArguments.Sites();
        var output = new Option<FileInfo?>("--output") { Description = "The file to write. Without it, it is printed.", HelpName = "FILE" };
        var shift = new Option<bool>("--by-shift") { Description = "By the shifts that --sites names instead of by hour." };
        var command = new Command(content.ToString().ToLowerInvariant(), description) { ledger, site, from, to, format, sites, output };
        if (content == LedgerContent.Utilisation)
            command.Options.Add(shift);
        command.SetAction(parsed => new LedgerExport(
            new LedgerExportOptions
            {
                Ledger = parsed.GetRequiredValue(ledger),
                Content = content,
                Format = parsed.GetValue(format),
                Site = parsed.GetValue(site),
                From = parsed.GetValue(from),
                To = parsed.GetValue(to),
                ByShift = content == LedgerContent.Utilisation && parsed.GetValue(shift),
                PlansPath = parsed.GetValue(sites)?.FullName,
                OutputPath = parsed.GetValue(output)?.FullName,
            },
            Console.Out,
            Console.Error,
            time).Run());
        return command;
    }
}
