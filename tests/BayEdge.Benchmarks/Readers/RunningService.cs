using System.Text.Json;
using System.Text.Json.Nodes;
using BayEdge.TestKit;

namespace BayEdge.Benchmarks.Readers;

/// <summary>The program as it is installed, with a configuration and a data folder of its own.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("bayedge-readers-").FullName;
    private readonly ToolProcess _process;
    private readonly HttpClient _http;

    private RunningService(JsonObject configuration)
    {
        var page = $"http://127.0.0.1:{LoopbackPorts.Free()}";
        var file = Path.Combine(_folder, "bayedge.json");
        File.WriteAllText(file, configuration.ToJsonString());
        _process = ToolProcess.Start(
            Repository.PathOf("src", "BayEdge.Service", "bin", "Release", "net10.0", "bayedge"), "run", "--config", file, "--data", _folder, "--page", page);
        _http = new HttpClient { BaseAddress = new Uri(page) };
    }

    public int ProcessId => _process.Id;

    /// <summary>Logged in at its page.</summary>
    public HttpClient Page => _http;

    /// <summary>Ends when all of its readers are up.</summary>
    /// <param name="readers">Their own settings; each gets a bay, and reads through port 1.</param>
    public static async Task<RunningService> StartAsync(IReadOnlyList<JsonObject> readers)
    {
        var service = new RunningService(Configuration(readers));
        try
        {
            await service.WaitUntilAllUpAsync(readers.Count);
            return service;
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }

    /// <summary>How many sightings each source gave, and whether it is up.</summary>
    public async Task<IReadOnlyList<(string Id, long Sightings, bool Up)>> SourcesAsync()
    {
        using var status = JsonDocument.Parse(await _http.GetStringAsync(new Uri("/api/status", UriKind.Relative)));
        return
        [
            .. status.RootElement.GetProperty("sources").EnumerateArray().Select(source => (
                source.GetProperty("id").GetString()!, source.GetProperty("sightings").GetInt64(), source.GetProperty("up").GetBoolean())),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static JsonObject Configuration(IReadOnlyList<JsonObject> readers)
    {
        foreach (var (index, reader) in readers.Index())
            reader["antennas"] = new JsonArray([new JsonObject { ["port"] = 1, ["bay"] = $"bay-{index:00}" }]);
        return new JsonObject
        {
            ["site"] = "benchmark",
            ["device"] = "readers",
            ["bays"] = new JsonArray([.. readers.Select((_, index) => new JsonObject { ["id"] = $"bay-{index:00}" })]),
            ["readers"] = new JsonArray([.. readers]),
        };
    }

    private async Task WaitUntilAllUpAsync(int count)
    {
        using var limit = new CancellationTokenSource(StartLimit);
        var claimed = false;
        while (true)
        {
            try
            {
                if (!claimed)
                    await PageLogin.ClaimAsync(_http, await File.ReadAllTextAsync(Path.Combine(_folder, "claim-code"), limit.Token), limit.Token);
                claimed = true;
                if ((await SourcesAsync()).Count(source => source.Up) == count)
                    return;
            }
            catch (Exception exception) when (exception is HttpRequestException or FileNotFoundException)
            {
                // The page does not answer yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
        }
    }
}
