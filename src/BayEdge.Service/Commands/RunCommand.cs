using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using BayEdge.Service.Hosting;
using BayEdge.Storage;
using Serilog.Events;

namespace BayEdge.Service.Commands;

/// <summary><c>bayedge run</c>: the service.</summary>
internal static class RunCommand
{
    private const string DefaultPage = "http://127.0.0.1:8080";

    public static Command Create(TimeProvider time)
    {
        var config = ConfigurationFile.Option();
        var data = DataFolder.Option();
        var page = new Option<Uri[]>("--page")
        {
            Description = $"Where the local page listens, with http or https; may stand twice. The default is {DefaultPage}.",
            HelpName = "URL",
            CustomParser = result => [.. result.Tokens.Select(token => Parse(token.Value, result)).OfType<Uri>()],
        };
        var updates = new Option<DirectoryInfo?>("--updates")
        {
            Description = "Where bayedge-update keeps the program and the key of its updates. Without it the page takes none.",
            HelpName = "FOLDER",
        };
        var command = new Command("run", "Runs the service (the default).") { config, data, page, updates };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetRequiredValue(config), parsed.GetValue(data), parsed.GetValue(page) ?? [], parsed.GetValue(updates), time, cancellationToken));
        return command;
    }

    private static Uri? Parse(string text, ArgumentResult result)
    {
        // A name would be taken for every address of the computer.
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps) && IPAddress.TryParse(url.Host, out _))
            return url;
        result.AddError($"--page: expected a URL with a numeric address such as {DefaultPage}, but found '{text}'.");
        return null;
    }

    private static async Task<int> RunAsync(FileInfo config, DirectoryInfo? data, Uri[] pages, DirectoryInfo? updates, TimeProvider time, CancellationToken cancellationToken)
    {
        if (config.Directory is not { Exists: true })
        {
            await Console.Error.WriteLineAsync($"{config.FullName}: expected a configuration file, or at least a folder for one, but there is none; name another with --config, or make the folder.");
            return ExitCodes.Wrong;
        }

        try
        {
            await using var service = PageHost.Build(new PageHostOptions
            {
                Configuration = config,
                Folder = DataFolder.For(data, config),
                Pages = pages is [] ? [new Uri(DefaultPage)] : pages,
                PagesAreGiven = pages is not [],
                Program = updates,
                BayClock = time,
                NetworkClock = time,
                ConsoleLevel = LogEventLevel.Information,
            });
            return await PageHost.RunAsync(service, cancellationToken) ? ExitCodes.Done : ExitCodes.Wrong;
        }
        catch (Exception exception) when (exception is DataFolderInUseException or PagePortException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCodes.Wrong;
        }
    }
}
