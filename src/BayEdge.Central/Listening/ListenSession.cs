using BayEdge.Central.Ledger;
using BayEdge.Central.Utilisation;
using BayEdge.Contracts;

namespace BayEdge.Central.Listening;

/// <summary>The reference consumer as a program: prints events and finished visits until it is stopped, then a summary.</summary>
/// <param name="output">For events, visits and the summary.</param>
/// <param name="error">For everything that is wrong, a sentence each.</param>
/// <param name="time">Its local time zone is the one printed.</param>
public sealed class ListenSession(ListenOptions options, TextWriter output, TextWriter error, TimeProvider time)
{
    private const int Done = 0;
    private const int FoundWrong = 1;
    private const int WrongUsage = 2;

    /// <summary>Runs until cancelled.</summary>
    /// <returns>0; 1 when something is missing or malformed or the ledger cannot be opened; 2 when the options are wrong.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!BrokerAddress.TryParse(options.Broker, out var broker, out var problem))
            return Say(problem!, WrongUsage);
        if (options.Site is { } site && !Topics.IsValidId(site))
            return Say($"expected a site id of letters, digits, '-', '_' and '.', but found '{site}'", WrongUsage);

        if (options.Group is { } group && !Topics.IsValidId(group))
            return Say($"expected a group of letters, digits, '-', '_' and '.', but found '{group}'", WrongUsage);

        try
        {
            var plans = options.PlansPath is { } path ? SitePlans.Read(path, time.LocalTimeZone) : SitePlans.None(time.LocalTimeZone);
            using var ledger = CentralLedger.Open(options.Ledger);
            if (options.Group is not null && !ledger.IsShareable)
                return Say("expected a PostgreSQL ledger for a group of consumers, since its members share what they hold", WrongUsage);
            return await ListenAsync(broker!, plans, ledger, cancellationToken);
        }
        catch (Exception fault) when (fault is LedgerFaultException or SitePlanException)
        {
            return Say(fault.Message, FoundWrong);
        }
    }

    private async Task<int> ListenAsync(BrokerAddress broker, SitePlans plans, CentralLedger ledger, CancellationToken cancellationToken)
    {
        IListenFormat format = options.Json ? new JsonFormat() : new TextFormat(time.LocalTimeZone);
        var report = new ListenReport(format, output, error);
        var consumer = new CentralConsumer(
            new CentralOptions
            {
                Broker = broker,
                Site = options.Site,
                Acknowledge = options.Acknowledge,
                UserName = options.UserName,
                Password = options.Password ?? Environment.GetEnvironmentVariable(ListenOptions.PasswordVariable),
                ClientId = options.ClientId,
                Group = options.Group,
                Plans = plans,
                PublishUtilisation = options.PublishUtilisation,
                CertificateAuthorityFile = options.CertificateAuthorityFile,
            },
            ledger,
            report,
            time);
        await consumer.RunAsync(cancellationToken);
        return report.Close(ledger, options.Acknowledge) ? Done : FoundWrong;
    }

    private int Say(string problem, int exitCode)
    {
        error.WriteLine(problem);
        return exitCode;
    }
}
