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
    /// <summary>Runs until cancelled.</summary>
    /// <returns>0; 1 when something is missing or malformed or the ledger cannot be opened; 2 when the options are wrong.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!BrokerAddress.TryParse(options.Broker, out var broker, out var problem))
            return error.Say(problem!, Outcome.WrongUsage);
        if (options.Site is { } site && !Topics.IsValidId(site))
            return error.Say($"expected a site id of letters, digits, '-', '_' and '.', but found '{site}'", Outcome.WrongUsage);

        if (options.Group is { } group && !Topics.IsValidId(group))
            return error.Say($"expected a group of letters, digits, '-', '_' and '.', but found '{group}'", Outcome.WrongUsage);

        try
        {
            var plans = options.PlansPath is { } path ? SitePlans.Read(path, time.LocalTimeZone) : SitePlans.None(time.LocalTimeZone);
            using var ledger = CentralLedger.Open(options.Ledger);
            if (options.Group is not null && !ledger.IsShareable)
                return error.Say("expected a PostgreSQL ledger for a group of consumers, since its members share what they hold", Outcome.WrongUsage);
            return await ListenAsync(broker!, plans, ledger, cancellationToken);
        }
        catch (Exception fault) when (fault is LedgerFaultException or SitePlanException)
        {
            return error.Say(fault.Message, Outcome.FoundWrong);
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
                Login = options.Login.WithPasswordOfEnvironment(),
                ClientId = options.ClientId,
                Group = options.Group,
                Plans = plans,
                PublishUtilisation = options.PublishUtilisation,
            },
            ledger,
            report,
            time);
        await consumer.RunAsync(cancellationToken);
        if (options.Group is not null)
            ledger.Refresh();
        return report.Close(ledger, options.Acknowledge) ? Outcome.Done : Outcome.FoundWrong;
    }
}
