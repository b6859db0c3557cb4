using System.Collections.Immutable;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using BayEdge.Core.Drivers;
using BayEdge.Service.Commissioning;
using BayEdge.Service.Hosting;
using BayEdge.Service.Tests.Hosting;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BayEdge.Service.Tests.Commissioning;

/// <summary>A step turns green by what was proved, not by what was configured.</summary>
public sealed class SetupStepsTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication _service = null!;
    private HttpClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _service = RunningService.Build(_folder, """
            {
              "site": "sh-01", "device": "pi-01", "bays": [{ "id": "bay-01", "name": "1号工位" }, { "id": "bay-02", "name": "Lift" }],
              "readers": [{ "id": "reader-1", "driver": "llrp", "simulated": true, "antennas": [{ "port": 1, "bay": "bay-01" }, { "port": 2, "bay": "bay-02" }] }]
            }
            """);
        await _service.StartAsync(Cancellation);
        await _service.PartsAsync(Cancellation);
        _client = await _service.LogInAsync(Cancellation);
        var board = _service.Services.GetRequiredService<RuntimeKeeper>().Runtime!.Board;
        while (!board.Sources().Any(source => source.Up))
            await Task.Delay(50, Cancellation);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reader_that_works_is_not_green_before_a_tag_was_held_in_each_of_its_bays()
    {
        var untried = await FinishAsync();
        await HoldAsync(port: 1, "bay-01");
        var half = await FinishAsync();
        await HoldAsync(port: 2, "bay-02");
        var proved = await FinishAsync();

        Assert.Equal(("warning", "reader-1 works, but no tag was held in 1号工位, Lift: which antenna looks there is not proved"), untried);
        Assert.Equal(("warning", "reader-1 works, but no tag was held in Lift: which antenna looks there is not proved"), half);
        Assert.Equal(("ok", "reader-1 works; antennas look at 1号工位, Lift"), proved);
    }

    [Fact]
    public void Ten_pictures_in_which_ten_plates_were_read_prove_none()
    {
        Assert.Equal(1, SetupSteps.MostAlike([.. Enumerable.Range(0, 10).Select(number => Look($"沪AD1234{number}"))]));
        Assert.Equal(8, SetupSteps.MostAlike([.. Enumerable.Range(0, 10).Select(number => Look(number < 8 ? "沪AD12345" : "沪AD1234S"))]));
        Assert.Equal(0, SetupSteps.MostAlike([Look()]));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _service.StopAsync(CancellationToken.None);
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    private static CameraLook Look(params ImmutableArray<string> plates) =>
        new(default, 1280, 720, default, [.. plates.Select(text => new PlateLook(text, 0.9, [], 120))]);

    private async Task HoldAsync(int port, string bay)
    {
        using var answer = await _client.PostAsJsonAsync(new Uri("/api/setup/readers/reader-1/antennas", UriKind.Relative), new { port, bay }, Cancellation);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<(string? State, string? Says)> FinishAsync()
    {
        using var answer = await _client.PostAsync(new Uri("/api/setup/steps/readers", UriKind.Relative), null, Cancellation);
        var record = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!;
        var check = Assert.Single(record["checks"]!.AsArray());
        return ((string?)check!["state"], (string?)check["says"]!["text"]);
    }
}
