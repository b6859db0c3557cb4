using System.CommandLine;
using BayEdge.Core.Configuration;
using BayEdge.Service.Hosting;

namespace BayEdge.Service.Commands;

/// <summary><c>bayedge replay</c>: the same tracker over a log, in virtual time.</summary>
internal static class ReplayCommand
{
    public static Command Create(TimeProvider time)
    {
        var config = ConfigurationFile.Option();
        var sightings = new Option<FileInfo>("--sightings")
        {
            Description = "The sighting log (JSON lines).",
            HelpName = "FILE",
            Required = true,
        };
        var command = new Command("replay", "Feeds a sighting log through the tracker in virtual time and prints the events as JSON lines.") { config, sightings };
        ReplayExplanations.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetRequiredValue(config), parsed.GetRequiredValue(sightings), ReplayExplanations.Of(parsed), time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo configFile, FileInfo logFile, ReplayExplanations explanations, TimeProvider time, CancellationToken cancellationToken)
    {
        using var drivers = new DriverSet(time);
        if (await ConfigurationFile.ReadAsync(configFile, drivers.Catalogue, Secrets.None, cancellationToken) is not { } configuration)
            return ExitCodes.Wrong;
        if (explanations.Bay is { } bay && !configuration.Bays.Any(known => known.Id == bay))
        {
            await Console.Error.WriteLineAsync($"--bay: expected one of the bays {string.Join(", ", configuration.Bays.Select(known => known.Id))}, but found '{bay}'");
            return ExitCodes.Wrong;
        }

        try
        {
            using var log = Open(logFile);
            await using var output = new StreamWriter(Console.OpenStandardOutput()) { NewLine = "\n" };
            return await new SightingReplay(configuration, output, Console.Error, new ReplayExplainer(explanations, output)).RunAsync(log, cancellationToken) ? ExitCodes.Done : ExitCodes.Wrong;
        }
        catch (SightingLogException exception)
        {
            await Console.Error.WriteLineAsync($"{logFile.FullName}: expected a sighting log that can be read, but {exception.Message}");
            return ExitCodes.Wrong;
        }
        catch (IOException exception)
        {
            await Console.Error.WriteLineAsync($"The events could not be written: {exception.Message}");
            return ExitCodes.Wrong;
        }
    }

    private static StreamReader Open(FileInfo file)
    {
        try
        {
            return new StreamReader(file.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SightingLogException(exception);
        }
    }
}
