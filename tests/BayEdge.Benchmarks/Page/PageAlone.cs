using BayEdge.TestKit;

namespace BayEdge.Benchmarks.Page;

/// <summary>The program as it is installed, without a configuration.</summary>
internal sealed class PageAlone : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bayedge-page-").FullName;
    private readonly ToolProcess _process;
    private readonly Uri _page = new($"http://127.0.0.1:{LoopbackPorts.Free()}");

    private PageAlone() => _process = ToolProcess.Start(
        Repository.PathOf("src", "BayEdge.Service", "bin", "Release", "net10.0", "bayedge"),
        "run", "--config", Path.Combine(_folder, "bayedge.json"), "--data", _folder, "--page", _page.ToString());

    public int ProcessId => _process.Id;

    public static async Task<PageAlone> StartAsync()
    {
        var page = new PageAlone();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var http = new HttpClient { BaseAddress = page._page };
        while (true)
        {
            try
            {
                await PageLogin.ClaimAsync(http, await File.ReadAllTextAsync(Path.Combine(page._folder, "claim-code"), limit.Token), limit.Token);
                return page;
            }
            catch (Exception exception) when (exception is HttpRequestException or FileNotFoundException)
            {
                // The page does not answer yet.
                await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
            }
        }
    }

    public async Task<HttpClient> LogInAsync()
    {
        var phone = new HttpClient { BaseAddress = _page };
        await PageLogin.LogInAsync(phone, PageLogin.Pin, CancellationToken.None);
        return phone;
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
