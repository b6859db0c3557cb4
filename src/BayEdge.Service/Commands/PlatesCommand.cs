using System.CommandLine;
using BayEdge.Core.Configuration;
using BayEdge.Vision.Plates.Batch;

namespace BayEdge.Service.Commands;

/// <summary><c>bayedge plates</c>: reads plates in pictures and videos.</summary>
internal static class PlatesCommand
{
    public static Command Create(TimeProvider time)
    {
        var region = new Option<string>("--region")
        {
            Description = "Whose plates: cn, eu, us or br. The default is cn.",
            HelpName = "REGION",
            DefaultValueFactory = _ => "cn",
        };
        region.AcceptOnlyFromAmong([.. Enum.GetNames<PlateRegion>().Select(name => name.ToLowerInvariant())]);
        var crops = new Option<bool>("--crops") { Description = "Each picture shows one plate and nothing else." };
        var json = new Option<bool>("--json") { Description = "One line of JSON a picture." };
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Pictures, videos, or folders of them; a labels.csv in a folder makes it print rates.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("plates", "Reads plates in pictures and videos.") { region, crops, json, paths };
        command.SetAction((parsed, cancellationToken) => Task.Run(
            () => new PlateBatch(
                new PlateBatchOptions
                {
                    Region = Enum.Parse<PlateRegion>(parsed.GetRequiredValue(region), ignoreCase: true),
                    Crops = parsed.GetValue(crops),
                    Json = parsed.GetValue(json),
                    Paths = [.. parsed.GetRequiredValue(paths)],
                },
                time,
                Console.Out,
                Console.Error).Run(cancellationToken),
            cancellationToken));
        return command;
    }
}
