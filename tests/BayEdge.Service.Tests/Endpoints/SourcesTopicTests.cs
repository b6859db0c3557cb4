using System.Text.Json;
using System.Text.Json.Nodes;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Service.Sources;
using BayEdge.Service.Tests.Hosting;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BayEdge.Service.Tests.Endpoints;

public sealed class SourcesTopicTests : IAsyncLifetime
{
    private const string Tag = "E28068940000501234567890";

    private readonly TemporaryFolder _folder = new();
    private WebApplication _service = null!;
    private HttpClient _client = null!;
    private IServiceProvider _parts = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _service = RunningService.Build(_folder, TestConfiguration.JsonWithReader($"127.0.0.1:{LoopbackPorts.Free()}", Tag));
        await _service.StartAsync(Cancellation);
        _parts = await _service.PartsAsync(Cancellation);
        _client = await _service.LogInAsync(Cancellation);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_tag_that_is_heard_is_told_by_itself_with_the_instant_at_which_it_was_heard()
    {
        using var stream = await OpenAsync("sources");
        var first = await NextAsync(stream);
        Assert.True((bool)first["whole"]!);
        Assert.Equal("reader-1", (string)first["sources"]![0]!["id"]!);
        Assert.Null(first["tags"]);

        _parts.GetRequiredService<HeardTags>().Saw(new TagSighting(TimeProvider.System.Observe(), "reader-1", 1, Tag, -58.4, 1), counts: true);

        JsonNode told;
        do
            told = await NextAsync(stream);
        while (told["tags"] is null);
        Assert.False((bool)told["whole"]!);
        Assert.Equal((Tag, -58), ((string)told["tags"]![0]!["tag"]!, (int)told["tags"]![0]!["dbm"]!));
        Assert.InRange((long)told["tags"]![0]!["heard"]!, (long)first["now"]! - 100, (long)told["now"]!);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_plate_that_is_read_again_is_told_again_and_the_others_are_not()
    {
        var plates = _parts.GetRequiredService<ReadPlates>();
        foreach (var text in (string[])["沪A00001", "沪AD12345"])
            plates.Saw(new PlateSighting(TimeProvider.System.Observe(), "cam-1", "bay-01", text, 0.8));
        using var stream = await OpenAsync("plates");
        Assert.Equal(2, (await NextAsync(stream))["plates"]!.AsArray().Count);

        plates.Saw(new PlateSighting(TimeProvider.System.Observe(), "cam-1", "bay-01", "沪AD12345", 0.9));

        var told = await NextAsync(stream);
        var plate = Assert.Single(told["plates"]!.AsArray())!;
        Assert.Equal((false, "沪AD12345", 2), ((bool)told["whole"]!, (string)plate["text"]!, (int)plate["readings"]!));
    }

    public async ValueTask DisposeAsync()
    {
        await _service.StopAsync(CancellationToken.None);
        await _service.DisposeAsync();
        _client.Dispose();
        _folder.Dispose();
    }

    private async Task<StreamReader> OpenAsync(string topic) => new(await _client.GetStreamAsync(new Uri($"/api/events?topics={topic}", UriKind.Relative), Cancellation));

    private static async Task<JsonNode> NextAsync(StreamReader stream)
    {
        const string Data = "data: ";
        while (true)
        {
            var line = await stream.ReadLineAsync(Cancellation) ?? throw new EndOfStreamException();
            if (line.StartsWith(Data, StringComparison.Ordinal))
                return JsonNode.Parse(line[Data.Length..]) ?? throw new JsonException(line);
        }
    }
}
