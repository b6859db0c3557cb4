using System.CommandLine;
using BayEdge.Core.Configuration;
using BayEdge.Service.Hosting;
using BayEdge.Vision.Plates;
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
        var report = new Option<string?>("--report") { Description = "Writes the rates and every miss with its crop into an HTML file.", HelpName = "FILE" };
        var config = new Option<FileInfo?>("--config")
        {
            Description = "Reads with the networks of this configuration's vision section, and with the plates.json beside it.",
            HelpName = "FILE",
        };
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Pictures, videos, or folders of them; a labels.csv in a folder makes it print rates.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("plates", "Reads plates in pictures and videos.") { region, crops, json, report, config, paths };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (await ReaderAsync(parsed.GetValue(config), time, cancellationToken) is not { } reader)
                return ExitCodes.Wrong;
            var options = new PlateBatchOptions
            {
                Region = Enum.Parse<PlateRegion>(parsed.GetRequiredValue(region), ignoreCase: true),
                Crops = parsed.GetValue(crops),
                Json = parsed.GetValue(json),
                Report = parsed.GetValue(report),
                Paths = [.. parsed.GetRequiredValue(paths)],
                Reader = reader,
            };
            return await Task.Run(() => new PlateBatch(options, time, Console.Out, Console.Error).Run(cancellationToken), cancellationToken);
        });
        return command;
    }

    /// <returns>Null when the configuration cannot be used, which was said.</returns>
    private static async Task<PlateReaderOptions?> ReaderAsync(FileInfo? config, TimeProvider time, CancellationToken cancellationToken)
    {
        if (config is null)
            return new PlateReaderOptions();
        using var drivers = new DriverSet(time);
        return await ConfigurationFile.ReadWithSecretsAsync(config, drivers.Catalogue, cancellationToken) is var (configuration, _)
            ? DriverSet.ReadingOptions(configuration.Vision, config)
            : null;
    }
}
