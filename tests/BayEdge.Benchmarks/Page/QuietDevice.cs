using BayEdge.TestKit;

namespace BayEdge.Benchmarks.Page;

/// <summary>The program as it is installed, with a reader that vehicles visit now and then; nobody has opened its page yet.</summary>
internal sealed class QuietDevice : IAsyncDisposable
{
    private const string Configuration = """
        {
          "site": "benchmark", "device": "page", "bays": [{ "id": "bay-01" }],
          "readers": [{ "id": "reader-1", "driver": "llrp", "address": "192.0.2.5", "simulated": true, "antennas": [{ "port": 1, "bay": "bay-01" }] }]
        }
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("bayedge-page-").FullName;
    private readonly Uri _page = new($"http://127.0.0.1:{LoopbackPorts.Free()}");
    private readonly ToolProcess _process;

    private QuietDevice()
    {
        File.WriteAllText(PathOf("bayedge.json"), Configuration);
        _process = ToolProcess.Start(
            Repository.PathOf("src", "BayEdge.Service", "bin", "Release", "net10.0", "bayedge"), "run", "--config", PathOf("bayedge.json"), "--data", _folder, "--page", _page.ToString());
    }

    public int ProcessId => _process.Id;

    public static async Task<QuietDevice> StartAsync()
    {
        var device = new QuietDevice();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!File.Exists(device.PathOf("claim-code")))
            await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
        return device;
    }

    public async Task ClaimAsync()
    {
        using var http = new HttpClient { BaseAddress = _page };
        await PageLogin.ClaimAsync(http, await File.ReadAllTextAsync(PathOf("claim-code")), CancellationToken.None);
    }

    public async Task<HttpClient> LogInAsync()
    {
        var phone = new HttpClient { BaseAddress = _page };
        phone.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
        await PageLogin.LogInAsync(phone, PageLogin.Pin, CancellationToken.None);
        return phone;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string PathOf(string name) => Path.Combine(_folder, name);
}
