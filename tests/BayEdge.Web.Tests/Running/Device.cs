using BayEdge.Service.Access;
using BayEdge.Service.Hosting;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Serilog.Events;

namespace BayEdge.Web.Tests.Running;

/// <summary>A whole device in the test's own process.</summary>
internal sealed class Device : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private Device()
    {
    }

    public WebApplication Service { get; private set; } = null!;

    public Uri Page => new(Service.Urls.First());

    public string ClaimCode => Service.Services.GetRequiredService<ClaimCode>().Text;

    public string ConfigurationFile => _folder.File("bayedge.json");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Nothing that it needs is there: neither reader nor camera nor broker answers.</summary>
    public static string EverythingBroken => $$"""
        {
          "site": "sh-01", "device": "pi-01", "language": "en",
          "bays": [{ "id": "bay-01", "name": "1号工位" }, { "id": "bay-02", "name": "Bay 2" }],
          "readers": [{ "id": "reader-1", "driver": "llrp", "address": "127.0.0.1:{{LoopbackPorts.Free()}}", "antennas": [{ "port": 1, "bay": "bay-01" }] }],
          "cameras": [{ "id": "cam-1", "driver": "stream", "url": "rtsp://admin:hunter2@127.0.0.1:{{LoopbackPorts.Free()}}/1",
                        "zones": [{ "bay": "bay-02", "polygon": [[0,0],[1,0],[1,1]] }] }],
          "mqtt": { "url": "mqtt://127.0.0.1:{{LoopbackPorts.Free()}}" }
        }
        """;

    /// <summary>A reader that is not there: what it hears is told by the test.</summary>
    public static string OneReader => $$"""
        {
          "site": "sh-01", "device": "pi-01", "language": "en", "bays": [{ "id": "bay-01", "name": "1号工位" }],
          "readers": [{ "id": "reader-1", "driver": "llrp", "address": "127.0.0.1:{{LoopbackPorts.Free()}}", "antennas": [{ "port": 1, "bay": "bay-01" }] }]
        }
        """;

    /// <summary>A reader that vehicles visit by themselves.</summary>
    public static string Simulated => """
        {
          "site": "sh-01", "device": "pi-01", "language": "en", "bays": [{ "id": "bay-01", "name": "1号工位" }],
          "readers": [{ "id": "reader-1", "driver": "llrp", "simulated": true, "antennas": [{ "port": 1, "bay": "bay-01" }] }]
        }
        """;

    /// <param name="configuration">The file's content; null where there is none.</param>
    /// <param name="claimed">Whether it belongs to somebody, with <see cref="PageLogin.Pin"/>.</param>
    /// <param name="prepare">Called with the data folder before the service starts.</param>
    /// <param name="bayClock">Of the bays; null for the real one.</param>
    /// <param name="takesUpdates">Whether its data folder is also where its program is kept.</param>
    public static async Task<Device> StartAsync(string? configuration, bool claimed = true, Action<TemporaryFolder>? prepare = null, TimeProvider? bayClock = null, bool takesUpdates = false)
    {
        var device = new Device();
        prepare?.Invoke(device._folder);
        if (configuration is not null)
            await File.WriteAllTextAsync(device.ConfigurationFile, configuration, Cancellation);
        device.Service = PageHost.Build(new PageHostOptions
        {
            Configuration = new FileInfo(device.ConfigurationFile),
            Folder = new DataFolder(device._folder.Path),
            Pages = [new Uri("http://127.0.0.1:0")],
            Program = takesUpdates ? new DirectoryInfo(device._folder.Path) : null,
            BayClock = bayClock ?? TimeProvider.System,
            NetworkClock = TimeProvider.System,
            ConsoleLevel = LogEventLevel.Fatal,
            Console = TextWriter.Null,
        });
        if (claimed)
            device.Service.Services.GetRequiredService<AccessStore>().Claim(PageLogin.Pin);
        await device.Service.StartAsync(Cancellation);
        await device.Service.Services.GetRequiredService<RuntimeKeeper>().SettledAsync(Cancellation);
        return device;
    }

    public async Task<HttpClient> LogInAsync()
    {
        var client = new HttpClient { BaseAddress = Page };
        await PageLogin.LogInAsync(client, PageLogin.Pin, Cancellation);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await Service.StopAsync(CancellationToken.None);
        await Service.DisposeAsync();
        _folder.Dispose();
    }
}
