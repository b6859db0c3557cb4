using System.CommandLine;
using BayEdge.Central.Listening;

namespace BayEdge.Service.Commands;

/// <summary><c>bayedge listen</c>: the reference consumer.</summary>
internal static class ListenCommand
{
    public static Command Create(TimeProvider time)
    {
        var broker = new Option<string>("--broker") { Description = "The broker, such as mqtts://broker:8883.", HelpName = "URL", Required = true };
        var site = new Option<string?>("--site") { Description = "Only this site. The default is all.", HelpName = "SITE" };
        var ack = new Option<bool>("--ack") { Description = "Acknowledge, after which the devices forget their events. Let one consumer of a site do so." };
        var ledger = new Option<FileInfo?>("--ledger") { Description = "The SQLite file that keeps what was received. Without it, memory.", HelpName = "FILE" };
        var user = new Option<string?>("--user") { Description = $"The broker's user name; the password is taken from {ListenOptions.PasswordVariable}.", HelpName = "NAME" };
        var json = new Option<bool>("--json") { Description = "JSON lines instead of text." };
        var command = new Command("listen", "Listens as the central system would: checks the sequence, acknowledges, prints visits and how long they took.")
        {
            broker, site, ack, ledger, user, json,
        };
        command.SetAction((parsed, cancellationToken) => new ListenSession(
            new ListenOptions
            {
                Broker = parsed.GetRequiredValue(broker),
                Site = parsed.GetValue(site),
                Acknowledge = parsed.GetValue(ack),
                LedgerPath = parsed.GetValue(ledger)?.FullName,
                UserName = parsed.GetValue(user),
                Json = parsed.GetValue(json),
            },
            Console.Out,
            Console.Error,
            time).RunAsync(cancellationToken));
        return command;
    }
}
