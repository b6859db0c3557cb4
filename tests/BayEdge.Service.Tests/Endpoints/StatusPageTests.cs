using System.Net;
using System.Text.Json;
using BayEdge.Service.Tests.Hosting;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Builder;

namespace BayEdge.Service.Tests.Endpoints;

public sealed class StatusPageTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private HttpClient _client = new();
    private WebApplication? _service;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // A reader that is not there: the page must open all the same.
        _service = RunningService.Build(_folder, TestConfiguration.JsonWithReader($"127.0.0.1:{LoopbackPorts.Free()}", "E28068940000501234567890"));
        await _service.StartAsync(Cancellation);
        await _service.PartsAsync(Cancellation);
        _client = await _service.LogInAsync(Cancellation);
    }

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/app.js", "text/javascript")]
    [InlineData("/style.css", "text/css")]
    [InlineData("/i18n/zh-CN.json", "application/json")]
    public async Task The_page_and_its_parts_are_served(string path, string contentType)
    {
        using var response = await _client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType?.MediaType);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_reader_that_does_not_answer_is_shown_as_down_with_the_reason()
    {
        JsonElement source;
        do
        {
            var status = JsonDocument.Parse(await _client.GetStringAsync(new Uri("/api/status", UriKind.Relative), Cancellation)).RootElement;
            Assert.Equal("bay-01", status.GetProperty("bays")[0].GetProperty("id").GetString());
            source = status.GetProperty("sources")[0];
        }
        while (!source.TryGetProperty("detail", out _));

        Assert.False(source.GetProperty("up").GetBoolean());
        Assert.Contains("127.0.0.1", source.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_stream_begins_with_the_present_status()
    {
        using var stream = new StreamReader(await _client.GetStreamAsync(new Uri("/api/events", UriKind.Relative), Cancellation));

        Assert.Equal("event: status", await stream.ReadLineAsync(Cancellation));
        Assert.StartsWith("data: {\"site\":\"sh-01\"", await stream.ReadLineAsync(Cancellation), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            // Else the bay loop would still write while its journal closes.
            await _service.StopAsync(CancellationToken.None);
            await _service.DisposeAsync();
        }

        _client.Dispose();
        _folder.Dispose();
    }
}
