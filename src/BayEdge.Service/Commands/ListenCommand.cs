using System.CommandLine;
using BayEdge.Central.Listening;

namespace BayEdge.Service.Commands;

/// <summary><c>bayedge listen</c>: the reference consumer.</summary>
internal static class ListenCommand
{
    public static Command Create(TimeProvider time)
    {
        var broker = CentralArguments.Broker();
        var site = new Option<string?>("--site") { Description = "Only this site. The default is all.", HelpName = "SITE" };
        var ack = new Option<bool>("--ack") { Description = "Acknowledge, after which the devices forget their events. Let one consumer of a site do so." };
        var ledger = new Option<string?>("--ledger") { Description = $"{CentralArguments.LedgerDescription} Without it, memory.", HelpName = "LEDGER" };
        var sites = CentralArguments.Sites();
        var publish = new Option<bool>("--publish-utilisation") { Description = "Publish when a site's utilisation passes its threshold (topic bayedge/v1/SITE/utilisation)." };
        var group = new Option<string?>("--group") { Description = "Share the work with other consumers of this name and the same PostgreSQL ledger.", HelpName = "NAME" };
        var json = new Option<bool>("--json") { Description = "JSON lines instead of text." };
        var command = new Command("listen", "Listens as the central system would: checks the sequence, acknowledges, prints visits and how long they took.")
        {
            broker, site, ack, ledger, sites, publish, group, json,
        };
        var login = CentralArguments.AddLogin(command);
        command.SetAction((parsed, cancellationToken) => new ListenSession(
            new ListenOptions
            {
                Broker = parsed.GetRequiredValue(broker),
                Site = parsed.GetValue(site),
                Acknowledge = parsed.GetValue(ack),
                Ledger = parsed.GetValue(ledger),
                PlansPath = parsed.GetValue(sites)?.FullName,
                PublishUtilisation = parsed.GetValue(publish),
                Group = parsed.GetValue(group),
                Login = login(parsed),
                Json = parsed.GetValue(json),
            },
            Console.Out,
            Console.Error,
            time).RunAsync(cancellationToken));
        return command;
    }
}
