using System.CommandLine;
using System.Globalization;
using BayEdge.Core.Recording;
using BayEdge.Service.Hosting;
using BayEdge.Storage.Recording;

namespace BayEdge.Service.Commands;

/// <summary><c>bayedge record</c>: what can be done with the flight recorder's recording.</summary>
internal static class RecordCommand
{
    public static Command Create(TimeProvider time) => new("record", "Works with the recording that the service keeps of the last hours.") { Export(time) };

    private static Command Export(TimeProvider time)
    {
        var config = ConfigurationFile.Option();
        var data = DataFolder.Option();
        var output = new Option<FileInfo>("--out") { Description = "The archive to write (zip).", HelpName = "FILE", Required = true };
        var command = new Command("export", "Makes one file of the recording, with the configuration but without secrets; the service may be running.")
        {
            config, data, output,
        };
        command.SetAction((parsed, _) => Task.FromResult(Run(
            DataFolder.For(parsed.GetValue(data), parsed.GetRequiredValue(config)), parsed.GetRequiredValue(output), time.GetUtcNow())));
        return command;
    }

    private static int Run(DataFolder folder, FileInfo output, DateTimeOffset now)
    {
        try
        {
            RecordingDescription? exported;
            using (var archive = output.Create())
                exported = RecordingArchive.Write(folder.Path, archive, now);
            if (exported is null)
            {
                output.Delete();
                Console.Error.WriteLine($"{folder.Path}: expected a recording, but there is none; is this the service's data folder, and recorder.enabled not false?");
                return ExitCodes.Wrong;
            }

            output.Refresh();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{output.FullName}: {exported.Segments} {(exported.Segments == 1 ? "segment" : "segments")} of {exported.Site}/{exported.Device} "
                + $"from {exported.From:yyyy-MM-dd HH:mm}Z on, {output.Length / 1e6:0.0} MB"));
            return ExitCodes.Done;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{output.FullName}: the recording could not be exported: {exception.Message}");
            return ExitCodes.Wrong;
        }
    }
}
