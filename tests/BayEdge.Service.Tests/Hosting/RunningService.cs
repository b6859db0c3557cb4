using BayEdge.Service.Access;
using BayEdge.Service.Hosting;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Events;

namespace BayEdge.Service.Tests.Hosting;

/// <summary>A whole service in the test's own process.</summary>
internal static class RunningService
{
    /// <param name="json">The configuration; null leaves the device without one.</param>
    /// <param name="console">Null prints nothing.</param>
    /// <param name="pagePort">0 takes any free one.</param>
    /// <param name="program">Where updates are kept; null takes none.</param>
    public static WebApplication Build(TemporaryFolder folder, string? json, string? secrets = null, TextWriter? console = null, DirectoryInfo? program = null, int pagePort = 0)
    {
        var configuration = new FileInfo(folder.File("bayedge.json"));
        if (json is not null)
            File.WriteAllText(configuration.FullName, json);
        if (secrets is not null)
        {
            File.WriteAllText(folder.File("secrets.json"), secrets);
            File.SetUnixFileMode(folder.File("secrets.json"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return PageHost.Build(new PageHostOptions
        {
            Configuration = configuration,
            Folder = new DataFolder(folder.Path),
            Pages = [new Uri($"http://127.0.0.1:{pagePort}")],
            Program = program,
            BayClock = TimeProvider.System,
            NetworkClock = TimeProvider.System,
            ConsoleLevel = LogEventLevel.Fatal,
            Console = console ?? TextWriter.Null,
        });
    }

    /// <summary>The parts that watch the bays, once they do.</summary>
    public static async Task<IServiceProvider> PartsAsync(this WebApplication service, CancellationToken cancellationToken)
    {
        var state = await service.Services.GetRequiredService<RuntimeKeeper>().SettledAsync(cancellationToken);
        return state.Runtime?.Services ?? throw new InvalidOperationException($"The bays are not watched: {state.Fault}");
    }

    /// <summary>A client that is logged in as whom it names.</summary>
    public static async Task<HttpClient> LogInAsync(this WebApplication service, CancellationToken cancellationToken)
    {
        const string Pin = "correct horse";
        service.Services.GetRequiredService<AccessStore>().Claim(Pin);
        var client = new HttpClient { BaseAddress = new Uri(service.Urls.First()) };
        await PageLogin.LogInAsync(client, Pin, cancellationToken);
        return client;
    }
}
