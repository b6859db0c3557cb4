using System.CommandLine;
using BayEdge.Central.Fleet;

namespace BayEdge.Service.Commands;

/// <summary><c>bayedge fleet</c>: loads a broker and a consumer with many devices.</summary>
internal static class FleetCommand
{
    public static Command Create(TimeProvider time)
    {
        var defaults = new FleetOptions { Broker = "" };
        var broker = CentralArguments.Broker();
        var devices = new Option<int>("--devices") { Description = $"How many devices connect. The default is {defaults.Devices}.", HelpName = "N", DefaultValueFactory = _ => defaults.Devices };
        var sites = new Option<int>("--sites") { Description = "Over how many sites they are spread. The default is 1.", HelpName = "N", DefaultValueFactory = _ => defaults.Sites };
        var rate = new Option<double>("--rate") { Description = $"Events a second of all together. The default is {defaults.EventsPerSecond}.", HelpName = "N", DefaultValueFactory = _ => defaults.EventsPerSecond };
        var seconds = new Option<double>("--seconds") { Description = "How long they send. The default is 60.", HelpName = "N", DefaultValueFactory = _ => defaults.Duration.TotalSeconds };
        var foreign = new Option<bool>("--foreign-consumer") { Description = "Another consumer acknowledges; only acknowledgements are checked then, not visits." };
        var ledger = new Option<string?>("--ledger") { Description = "The ledger of the consumer (new): a SQLite file or PostgreSQL. Without it, a file that is deleted afterwards.", HelpName = "LEDGER" };
        var process = new Option<int?>("--broker-pid") { Description = "The broker's process on this computer, to print its memory.", HelpName = "PID" };
        var json = new Option<bool>("--json") { Description = "One JSON object instead of text." };
        var command = new Command("fleet", "Plays many devices to a broker and the reference consumer, and says whether anything was lost and how long it took.")
        {
            broker, devices, sites, rate, seconds, foreign, ledger, process, json,
        };
        var login = CentralArguments.AddLogin(command);
        command.SetAction((parsed, cancellationToken) => new FleetSession(
            new FleetOptions
            {
                Broker = parsed.GetRequiredValue(broker),
                Devices = parsed.GetValue(devices),
                Sites = parsed.GetValue(sites),
                EventsPerSecond = parsed.GetValue(rate),
                Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                ForeignConsumer = parsed.GetValue(foreign),
                Ledger = parsed.GetValue(ledger),
                BrokerProcess = parsed.GetValue(process),
                Login = login(parsed),
                Json = parsed.GetValue(json),
            },
            Console.Out,
            Console.Error,
            time).RunAsync(cancellationToken));
        return command;
    }
}
