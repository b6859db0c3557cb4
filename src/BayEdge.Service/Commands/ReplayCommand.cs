using System.CommandLine;
using BayEdge.Core.Configuration;
using BayEdge.Service.Hosting;
using BayEdge.Storage.Recording;

namespace BayEdge.Service.Commands;

/// <summary><c>bayedge replay</c>: the same tracker over a log or a recording, in virtual time.</summary>
internal static class ReplayCommand
{
    public static Command Create(TimeProvider time)
    {
        var config = ConfigurationFile.Option();
        var sightings = new Option<FileInfo?>("--sightings")
        {
            Description = "A sighting log (JSON lines); also a segment of a recording, to see what the tracker makes of it under another configuration.",
            HelpName = "FILE",
        };
        var recording = new Option<string?>("--recording")
        {
            Description = "What 'bayedge record export' made, a segment of it, or a data folder: the device's own decisions again, under the configuration that held then.",
            HelpName = "PATH",
        };
        var command = new Command("replay", "Feeds a sighting log or a recording through the tracker in virtual time and prints the events as JSON lines.")
        {
            config, sightings, recording,
        };
        ReplayExplanations.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(sightings) is null == result.GetResult(recording) is null)
                result.AddError("replay: expected either '--sightings' or '--recording'.");
            if (result.GetResult(recording) is not null && result.GetResult("--explain-at") is not null)
                result.AddError("replay: '--explain-at' goes with '--sightings' only.");
        });
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(recording) is { } path
            ? RunAsync(output => new RecordingReplay(output, Console.Error, new ReplayExplainer(ReplayExplanations.Of(parsed), output)).RunAsync(RecordedSegment.In(path), cancellationToken), Path.GetFullPath(path), "a recording")
            : RunAsync(parsed.GetRequiredValue(config), parsed.GetRequiredValue(sightings)!, ReplayExplanations.Of(parsed), time, cancellationToken));
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

        return await RunAsync(
            async output =>
            {
                using var log = Open(logFile);
                return await new SightingReplay(configuration, output, Console.Error, new ReplayExplainer(explanations, output)).RunAsync(log, cancellationToken);
            },
            logFile.FullName,
            "a sighting log");
    }

    private static async Task<int> RunAsync(Func<TextWriter, Task<bool>> replay, string path, string what)
    {
        try
        {
            await using var output = new StreamWriter(Console.OpenStandardOutput()) { NewLine = "\n" };
            return await replay(output) ? ExitCodes.Done : ExitCodes.Wrong;
        }
        catch (SightingLogException exception)
        {
            await Console.Error.WriteLineAsync($"{path}: expected {what} that can be read, but {exception.Message}");
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
