using System.CommandLine;
using BayEdge.Central.Conformance;

namespace BayEdge.Service.Commands;

/// <summary><c>bayedge conformance</c>: tests a central system that somebody else wrote.</summary>
internal static class ConformanceCommand
{
    public static Command Create(TimeProvider time)
    {
        var broker = CentralArguments.Broker();
        var site = new Option<string>("--site") { Description = "The site to play a device of.", HelpName = "SITE", Required = true };
        var device = new Option<string>("--device") { Description = "The device to play; none that exists.", HelpName = "DEVICE", Required = true };
        var visits = new Option<FileInfo?>("--visits") { Description = "The file (JSON) to which you export the consumer's visits when asked; they are compared then.", HelpName = "FILE" };
        var wait = new Option<double>("--wait") { Description = "How many seconds to wait for that file to be right. The default is 120.", HelpName = "SECONDS", DefaultValueFactory = _ => 120 };
        var limit = new Option<double>("--limit") { Description = "How many seconds an acknowledgement may take. The default is 15.", HelpName = "SECONDS", DefaultValueFactory = _ => 15 };
        var json = new Option<bool>("--json") { Description = "One JSON object instead of sentences." };
        var command = new Command("conformance", "Plays a device to your own consumer and says which rules it keeps and which it breaks.")
        {
            broker, site, device, visits, wait, limit, json,
        };
        var login = CentralArguments.AddLogin(command);
        command.SetAction((parsed, cancellationToken) => new ConformanceSession(
            new ConformanceOptions
            {
                Broker = parsed.GetRequiredValue(broker),
                Site = parsed.GetRequiredValue(site),
                Device = parsed.GetRequiredValue(device),
                VisitsPath = parsed.GetValue(visits)?.FullName,
                VisitsLimit = TimeSpan.FromSeconds(parsed.GetValue(wait)),
                AnswerLimit = TimeSpan.FromSeconds(parsed.GetValue(limit)),
                Login = login(parsed),
                Json = parsed.GetValue(json),
            },
            Console.Out,
            Console.Error,
            time).RunAsync(cancellationToken));
        return command;
    }
}
