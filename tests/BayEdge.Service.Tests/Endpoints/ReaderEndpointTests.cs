using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BayEdge.Core.Drivers;
using BayEdge.Service.Access;
using BayEdge.Service.Sources;
using BayEdge.Service.Tests.Hosting;
using BayEdge.Simulator.Readers.Selectable;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Endpoints;

public sealed class ReaderEndpointTests : IAsyncDisposable
{
    private const int Limit = 60_000;

    private readonly TemporaryFolder _folder = new();
    private WebApplication? _service;
    private HttpClient _client = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = Limit)]
    [InlineData("llrp", "address", "power region antennas ports memory", "China 920-925 MHz", 1)]
    [InlineData("impinj-iot", "address", "power region antennas ports memory", "China 920-925 MHz", 1)]
    [InlineData("mercury", "port", "power region antennas ports memory", "China 920-925 MHz", 3)]
    [InlineData("chafon", "port", "power region ports memory", "Europe 865-868 MHz", 1)]
    [InlineData("r200", "port", "power region antennas memory", "China 920-925 MHz", null)]
    public async Task Every_reader_tells_how_it_is_switches_its_outputs_and_reads_the_chips_number_of_a_tag(string driver, string place, string can, string region, int? output)
    {
        await StartAsync(driver, place);

        var view = await LookAsync(view => !view.GetProperty("region").TryGetProperty("says", out _));

        Assert.Equal(can, string.Join(' ', view.GetProperty("can").EnumerateArray()));
        Assert.Equal(region, view.GetProperty("region").GetProperty("value").GetProperty("description").GetString());
        Assert.Equal(output is not null, view.TryGetProperty("outputs", out _));
        foreach (var on in output is null ? [] : (bool[])[true, false])
        {
            using var switched = await PostAsync($"/api/readers/reader-1/outputs/{output}", new { on });
            Assert.Equal(on, (await JsonOfAsync(switched)).EnumerateArray().Single(one => one.GetProperty("port").GetInt32() == output).GetProperty("on").GetBoolean());
        }

        var tag = VisitingTags.At("reader-1", 1, TimeSpan.Zero)!;
        using var read = await PostAsync("/api/readers/reader-1/memory", new { tag, bank = "tid", firstWord = 0, words = 6 });
        Assert.Equal(VisitingTags.TidOf(tag), (await JsonOfAsync(read)).GetProperty("hex").GetString());
    }

    [Fact(Timeout = Limit)]
    public async Task What_cannot_be_done_is_answered_with_the_reason()
    {
        await StartAsync("r200", "port");
        await LookAsync(view => !view.GetProperty("region").TryGetProperty("says", out _));

        await AssertRefusedAsync("/api/readers/reader-1/outputs/1", new { on = true }, HttpStatusCode.Conflict, "The reader reader-1 cannot do this");
        await AssertRefusedAsync("/api/readers/reader-1/outputs/1", new { }, HttpStatusCode.UnprocessableEntity, "Say whether the output is to be on");
        await AssertRefusedAsync("/api/readers/reader-9/outputs/1", new { on = true }, HttpStatusCode.NotFound, "There is no reader reader-9 that runs");
        foreach (var (bank, firstWord, words) in new[] { ("reserved", 0, 4), ("tid", 0, 33), ("tid", 0, 0), ("tid", -1, 1), ("tid", 65_536, 1), (null, 0, 1) })
        {
            await AssertRefusedAsync("/api/readers/reader-1/memory", new { tag = "ABCD", bank, firstWord, words }, HttpStatusCode.UnprocessableEntity,
                "Ask for 1 to 32 words of the memory epc, tid or user, from a word between 0 and 65535 on");
        }

        await AssertRefusedAsync("/api/readers/reader-1/memory", new { tag = "a car", bank = "tid", firstWord = 0, words = 1 }, HttpStatusCode.Conflict,
            "'a car' is not the identity of a tag. Give its hex digits, four for each word.");
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_is_away_says_so_at_once()
    {
        var address = $"127.0.0.1:{LoopbackPorts.Free()}";
        await StartAsync("llrp", "address", address, simulated: false);
        var away = $"The reader at {address} is not connected at the moment. Wait until it is, or see why it is not.";

        var view = await LookAsync(_ => true);

        Assert.Equal("power region antennas ports memory", string.Join(' ', view.GetProperty("can").EnumerateArray()));
        foreach (var part in (string[])["power", "region", "antennas", "inputs", "outputs"])
            Assert.Equal(away, view.GetProperty(part).GetProperty("says").GetProperty("text").GetString());
        await AssertRefusedAsync("/api/readers/reader-1/outputs/1", new { on = true }, HttpStatusCode.Conflict, away);
    }

    [Fact(Timeout = Limit)]
    public async Task A_viewer_neither_asks_readers_nor_has_them_do_anything_and_what_an_installer_does_is_written_down()
    {
        await StartAsync("llrp", "address");
        using var switched = await PostAsync("/api/readers/reader-1/outputs/2", new { on = true });
        Assert.Contains("POST /api/readers/reader-1/outputs/2", await _client.GetStringAsync(new Uri("/api/access/audit", UriKind.Relative), Cancellation), StringComparison.Ordinal);

        _service!.Services.GetRequiredService<AccessStore>().SetPassword(Roles.Viewer, PageLogin.Pin);
        using var viewer = new HttpClient { BaseAddress = _client.BaseAddress };
        await PageLogin.LogInAsync(viewer, Roles.Viewer, PageLogin.Pin, Cancellation);

        foreach (var path in (string[])["/api/readers", "/api/readers/reader-1"])
            Assert.Equal(HttpStatusCode.Forbidden, (await viewer.GetAsync(new Uri(path, UriKind.Relative), Cancellation)).StatusCode);
        foreach (var path in (string[])["/api/readers/reader-1/outputs/1", "/api/readers/reader-1/memory"])
            Assert.Equal(HttpStatusCode.Forbidden, (await viewer.PostAsJsonAsync(new Uri(path, UriKind.Relative), new { on = true }, Cancellation)).StatusCode);

        _client.DefaultRequestHeaders.Remove(RequestGuard.TokenHeader);
        await AssertRefusedAsync("/api/readers/reader-1/outputs/1", new { on = true }, HttpStatusCode.Forbidden, "The request lacks the token of this session; reload the page");
    }

    [Fact(Timeout = Limit)]
    public async Task The_description_of_the_interface_knows_what_readers_can_be_asked()
    {
        await StartAsync("llrp", "address");

        var paths = (await JsonOfAsync(await _client.GetAsync(new Uri("/api/openapi.json", UriKind.Relative), Cancellation))).GetProperty("paths");

        Assert.Equal(
            ["/api/readers get", "/api/readers/{id} get", "/api/readers/{id}/memory post", "/api/readers/{id}/outputs/{port} post"],
            paths.EnumerateObject().Where(path => path.Name.StartsWith("/api/readers", StringComparison.Ordinal))
                .SelectMany(path => path.Value.EnumerateObject().Select(method => $"{path.Name} {method.Name}")).Order(StringComparer.Ordinal));
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_never_answers_is_given_up()
    {
        var time = new FakeTimeProvider();
        using var reader = new AskedReader("reader-1", new Mute(), time);

        var look = reader.LookAsync(Cancellation);
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(
            "The reader reader-1 did not answer within 10 s; try again, and look at its state if it goes on so", (await look).Region!.Says!.Text);
        Assert.Null((await look).Outputs);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_service is { } service)
        {
            await service.StopAsync(CancellationToken.None);
            await service.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task StartAsync(string driver, string place, string where = "none", bool simulated = true)
    {
        _service = RunningService.Build(_folder, $$"""
            {
              "site": "sh-01", "device": "pi-01", "bays": [{ "id": "bay-01", "name": "1号工位" }],
              "readers": [{ "id": "reader-1", "driver": "{{driver}}", "{{place}}": "{{where}}", "simulated": {{(simulated ? "true" : "false")}}, "antennas": [{ "port": 1, "bay": "bay-01" }] }]
            }
            """);
        await _service.StartAsync(Cancellation);
        await _service.PartsAsync(Cancellation);
        _client = await _service.LogInAsync(Cancellation);
    }

    /// <summary>A reader that is about to start has nothing to tell yet.</summary>
    private async Task<JsonElement> LookAsync(Func<JsonElement, bool> isReady)
    {
        while (true)
        {
            using var answer = await _client.GetAsync(new Uri("/api/readers/reader-1", UriKind.Relative), Cancellation);
            if (answer.IsSuccessStatusCode && await JsonOfAsync(answer) is var view && view.TryGetProperty("region", out _) && isReady(view))
                return view;
            await Task.Delay(TimeSpan.FromMilliseconds(50), Cancellation);
        }
    }

    private Task<HttpResponseMessage> PostAsync(string path, object body) => _client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, Cancellation);

    private async Task AssertRefusedAsync(string path, object body, HttpStatusCode status, string says)
    {
        using var answer = await PostAsync(path, body);
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(says, (await JsonOfAsync(answer)).GetProperty("says").GetProperty("text").GetString());
    }

    private static async Task<JsonElement> JsonOfAsync(HttpResponseMessage answer) =>
        JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation));

    private sealed class Mute : ISource, IRadioRegion
    {
        public Task RunAsync(ISightingSink sink, CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task<RadioRegion> GetRegionAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            throw new InvalidOperationException();
        }
    }
}
