using System.CommandLine;
using BayEdge.Central.Commanding;

namespace BayEdge.Service.Commands;

/// <summary><c>bayedge command</c>: commands a device as the central system would.</summary>
internal static class CommandCommand
{
    public static Command Create(TimeProvider time)
    {
        var name = new Argument<string>("NAME") { Description = "Such as diagnostics, replay or restart; asyncapi.yaml has them all." };
        var broker = CentralArguments.Broker();
        var site = new Option<string>("--site") { Description = "The device's site.", HelpName = "SITE", Required = true };
        var device = new Option<string>("--device") { Description = "The device.", HelpName = "DEVICE", Required = true };
        var data = new Option<string?>("--data") { Description = "What the command needs to know, as JSON or @ and a file that holds it.", HelpName = "JSON|@FILE" };
        var transaction = new Option<string?>("--transaction") { Description = "The id of the command; with one that was used before, nothing is done twice. The default is a new one.", HelpName = "ID" };
        var limit = new Option<double>("--limit") { Description = "How many seconds the reply may take. The default is 10.", HelpName = "SECONDS", DefaultValueFactory = _ => 10 };
        var command = new Command("command", "Sends a command to a device as the central system would, and prints its reply.")
        {
            name, broker, site, device, data, transaction, limit,
        };
        var login = CentralArguments.AddLogin(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var options = new CommandOptions
            {
                Broker = parsed.GetRequiredValue(broker),
                Site = parsed.GetRequiredValue(site),
                Device = parsed.GetRequiredValue(device),
                Name = parsed.GetRequiredValue(name),
                Data = parsed.GetValue(data),
                Limit = TimeSpan.FromSeconds(parsed.GetValue(limit)),
                Login = login(parsed),
            };
            if (parsed.GetValue(transaction) is { } own)
                options = options with { Transaction = own };
            return new CommandSession(options, Console.Out, Console.Error, time).RunAsync(cancellationToken);
        });
        return command;
    }
}
