using System.CommandLine;
using System.Net;
using BayEdge.Core.Delivery;
using BayEdge.Service.Hosting;
using BayEdge.Service.RemoteCommands;
using BayEdge.Storage;
using Microsoft.Extensions.Hosting.Systemd;
using Serilog.Events;

namespace BayEdge.Service.Commands;

/// <summary><c>bayedge run</c>: the service.</summary>
internal static class RunCommand
{
    public static Command Create(TimeProvider time)
    {
        var config = ConfigurationFile.Option();
        var data = DataFolder.Option();
        var page = new Option<Uri>("--page")
        {
            Description = "Where the local page listens.",
            HelpName = "URL",
            DefaultValueFactory = _ => new Uri("http://127.0.0.1:8080"),
            CustomParser = result =>
            {
                // A name would be taken for every address of the computer.
                if (Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttp && IPAddress.TryParse(url.Host, out _))
                    return url;
                result.AddError($"--page: expected a URL with a numeric address such as http://127.0.0.1:8080, but found '{result.Tokens[0].Value}'.");
                return null;
            },
        };
        var command = new Command("run", "Runs the service (the default).") { config, data, page };
        command.SetAction((parsed, cancellationToken) =>
            RunAsync(parsed.GetRequiredValue(config), parsed.GetValue(data), parsed.GetRequiredValue(page), time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo config, DirectoryInfo? data, Uri page, TimeProvider time, CancellationToken cancellationToken)
    {
        using var drivers = new DriverSet(time);
        if (await ConfigurationFile.ReadWithSecretsAsync(config, drivers.Catalogue, cancellationToken) is not var (configuration, secrets))
            return ExitCodes.Wrong;

        try
        {
            while (true)
            {
                await using var service = EdgeHost.Build(new EdgeHostOptions
                {
                    Configuration = configuration,
                    Secrets = secrets,
                    Folder = DataFolder.For(data, config),
                    Page = page,
                    BayClock = time,
                    NetworkClock = time,
                    ConsoleLevel = LogEventLevel.Information,
                });
                var restart = service.Services.GetRequiredService<ServiceRestart>();
                if (!await EdgeHost.RunAsync(service, cancellationToken))
                    return ExitCodes.Wrong;
                // systemd starts the whole program anew, as the unit tells it to.
                if (!restart.IsRequested || SystemdHelpers.IsSystemdService() || cancellationToken.IsCancellationRequested)
                    return ExitCodes.Done;
            }
        }
        catch (Exception exception) when (exception is DataFolderInUseException or StorageFaultException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCodes.Wrong;
        }
    }
}
