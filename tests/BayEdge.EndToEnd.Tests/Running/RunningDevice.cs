using System.Text.Json;
using BayEdge.TestKit;

namespace BayEdge.EndToEnd.Tests.Running;

/// <summary><c>bayedge run</c> with a configuration and a data folder of its own.</summary>
internal sealed class RunningDevice : IAsyncDisposable
{
    private const string PageLine = "the local page is at ";

    private readonly TemporaryFolder _folder = new();
    private HttpClient _page = new();
    private readonly string _configuration;
    private ToolProcess? _process;
    private Uri? _address;

    private RunningDevice(DeviceConfiguration configuration) => _configuration = configuration.WriteTo(_folder);

    public string DataFolder => _folder.File("data");

    /// <summary>Where the local page is.</summary>
    public Uri Page => _address ?? throw new InvalidOperationException("The service was not started.");

    public int ProcessId => Process.Id;

    /// <summary>What the service has printed since its last start.</summary>
    public string Output => Process.Output;

    private ToolProcess Process => _process ?? throw new InvalidOperationException("The service was not started.");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<RunningDevice> StartAsync(DeviceConfiguration configuration)
    {
        var device = new RunningDevice(configuration);
        await device.StartAsync();
        return device;
    }

    /// <summary>Starts the service, again after a kill or a stop, and waits for its page.</summary>
    public async Task StartAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _process = Executable.Start(Arguments);
        var line = await _process.WaitForLineAsync(line => line.Contains(PageLine, StringComparison.Ordinal), Cancellation);
        _address = new Uri(line[(line.IndexOf(PageLine, StringComparison.Ordinal) + PageLine.Length)..]);
        await WaitForOutputAsync("The bays are watched");
        _page.Dispose();
        _page = new HttpClient { BaseAddress = _address };
        if (File.Exists(Path.Combine(DataFolder, "access.json")))
            await PageLogin.LogInAsync(_page, PageLogin.Pin, Cancellation);
        else
            await PageLogin.ClaimAsync(_page, await File.ReadAllTextAsync(Path.Combine(DataFolder, "claim-code"), Cancellation), Cancellation);
    }

    /// <summary>Starts the same service once more beside the running one, and waits for its end.</summary>
    public Task<(int ExitCode, string Output)> RunAnotherAsync() => Executable.RunAsync(Arguments);

    public Task<string> GetPageAsync(string path) => _page.GetStringAsync(new Uri(_address!, path), Cancellation);

    public Task<Stream> OpenStatusStreamAsync() => _page.GetStreamAsync(new Uri(_address!, "/api/events"), Cancellation);

    public async Task<JsonElement> GetStatusAsync() => JsonDocument.Parse(await GetPageAsync("/api/status")).RootElement;

    /// <summary>Waits until the page shows something.</summary>
    public async Task WaitForStatusAsync(Func<JsonElement, bool> condition, string what)
    {
        var status = await GetStatusAsync();
        while (!condition(status))
        {
            if (Cancellation.IsCancellationRequested)
                Assert.Fail($"The page never showed {what}, but {status}\n{Output}");
            await Task.Delay(100, CancellationToken.None);
            status = await GetStatusAsync();
        }
    }

    /// <summary>Waits until the service prints a line that holds a text.</summary>
    public Task WaitForOutputAsync(string text) =>
        Wait.UntilAsync(() => Output.Contains(text, StringComparison.Ordinal), $"the service to say '{text}'", () => Output);

    /// <summary>Ends the service as a power cut would.</summary>
    public async Task KillAsync()
    {
        Process.Signal("KILL");
        await Process.WaitForExitAsync(Cancellation);
    }

    /// <summary>Stops the service as systemd does.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> StopAsync()
    {
        Process.Signal("TERM");
        return Process.WaitForExitAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _page.Dispose();
        _folder.Dispose();
    }

    private string[] Arguments => ["run", "--config", _configuration, "--data", DataFolder, "--page", "http://127.0.0.1:0"];
}
