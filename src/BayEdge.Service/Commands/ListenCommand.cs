using System.CommandLine;
using BayEdge.Central.Listening;

namespace BayEdge.Service.Commands;

/// <summary><c>bayedge listen</c>: the reference consumer.</summary>
internal static class ListenCommand
{
    public const string LedgerDescription =
        "What keeps the events: a SQLite file, or PostgreSQL as postgres://user@host/database (its password from PGPASSWORD).";

    public static Option<FileInfo?> Sites() => new("--sites")
    {
        Description = "The sites' time zones, shifts and alert thresholds (JSON). Without it, this computer's zone, no shifts and 70 %.",
        HelpName = "FILE",
    };

    public static Option<FileInfo?> CertificateAuthority() => new("--ca")
    {
        Description = "The certificate authority of the broker (PEM), where this computer does not trust it anyway.",
        HelpName = "FILE",
    };

    public static Command Create(TimeProvider time)
    {
        var broker = new Option<string>("--broker") { Description = "The broker, such as mqtts://broker:8883.", HelpName = "URL", Required = true };
        var site = new Option<string?>("--site") { Description = "Only this site. The default is all.", HelpName = "SITE" };
        var ack = new Option<bool>("--ack") { Description = "Acknowledge, after which the devices forget their events. Let one consumer of a site do so." };
        var ledger = new Option<string?>("--ledger") { Description = $"{LedgerDescription} Without it, memory.", HelpName = "LEDGER" };
        var sites = Sites();
        var publish = new Option<bool>("--publish-utilisation") { Description = "Publish when a site's utilisation passes its threshold (topic bayedge/v1/SITE/utilisation)." };
        var group = new Option<string?>("--group") { Description = "Share the work with other consumers of this name and the same PostgreSQL ledger.", HelpName = "NAME" };
        var authority = CertificateAuthority();
        var user = new Option<string?>("--user") { Description = $"The broker's user name; the password is taken from {ListenOptions.PasswordVariable}.", HelpName = "NAME" };
        var json = new Option<bool>("--json") { Description = "JSON lines instead of text." };
        var command = new Command("listen", "Listens as the central system would: checks the sequence, acknowledges, prints visits and how long they took.")
        {
            broker, site, ack, ledger, user, authority, sites, publish, group, json,
        };
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
                CertificateAuthorityFile = parsed.GetValue(authority)?.FullName,
                UserName = parsed.GetValue(user),
                Json = parsed.GetValue(json),
            },
            Console.Out,
            Console.Error,
            time).RunAsync(cancellationToken));
        return command;
    }
}
