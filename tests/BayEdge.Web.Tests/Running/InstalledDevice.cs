using BayEdge.Service.Access;
using BayEdge.Service.Hosting;
using BayEdge.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace BayEdge.Web.Tests.Running;

/// <summary>The program as it is installed, with a file system of its own that can be broken: nothing outside sees what is mounted in it.</summary>
internal sealed class InstalledDevice : IAsyncDisposable
{
    private static readonly string Program = Repository.PathOf("src", "BayEdge.Service", "bin", "Release", "net10.0");
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private readonly ToolProcess _process;

    private InstalledDevice(string configuration, string breakIt)
    {
        Page = new Uri($"http://127.0.0.1:{LoopbackPorts.Free()}");
        foreach (var folder in (string[])["data", "claimed", "empty"])
            Directory.CreateDirectory(_folder.File(folder));
        File.WriteAllText(_folder.File("bayedge.json"), configuration);
        new AccessStore(new DataFolder(_folder.File("claimed")), NullLogger<AccessStore>.Instance).Claim(PageLogin.Pin);
        _process = ToolProcess.Start(
            "unshare",
            "--user", "--map-root-user", "--mount", "sh", "-c", $"data=$1 claimed=$2 empty=$3 program=$4; shift 4; {breakIt}; exec \"$program/bayedge\" run --data \"$data\" \"$@\"", "sh",
            _folder.File("data"), _folder.File("claimed"), _folder.File("empty"), Program, "--config", _folder.File("bayedge.json"), "--page", Page.ToString());
    }

    public Uri Page { get; }

    /// <summary>Its data lie on a disk that is full, and were there before.</summary>
    public static Task<InstalledDevice> WithFullDiskAsync(string configuration) => StartAsync(
        configuration, "mount -t tmpfs -o size=4m tmpfs \"$data\" && cp -r \"$claimed/.\" \"$data\" && dd if=/dev/zero of=\"$data/films\" bs=4k 2>/dev/null");

    /// <summary>The networks that read plates are not beside the program.</summary>
    public static Task<InstalledDevice> WithoutPlateNetworksAsync(string configuration) =>
        StartAsync(configuration, "mount --bind \"$empty\" \"$program/weights\" && cp -r \"$claimed/.\" \"$data\"");

    private static async Task<InstalledDevice> StartAsync(string configuration, string breakIt)
    {
        var device = new InstalledDevice(configuration, breakIt);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(StartLimit);
        using var client = new HttpClient { BaseAddress = device.Page };
        while (true)
        {
            try
            {
                await client.GetStringAsync(new Uri("/api/welcome", UriKind.Relative), limit.Token);
                return device;
            }
            catch (HttpRequestException) when (!device._process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                var said = device._process.Output;
                await device.DisposeAsync();
                throw new InvalidOperationException($"The device did not open its page: {said}", exception);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
