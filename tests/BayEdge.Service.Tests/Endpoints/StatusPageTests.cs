using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
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

    [Theory]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip;q=0, identity", null)]
    public async Task A_file_travels_compressed_as_the_browser_takes_it_and_only_when_it_has_changed(string accepted, string? encoding)
    {
        using var first = await AskAsync(accepted, null);

        Assert.Equal(encoding, first.Content.Headers.ContentEncoding.SingleOrDefault());
        var content = await first.Content.ReadAsStreamAsync(Cancellation);
        using var unpacked = new StreamReader(encoding switch { "gzip" => new GZipStream(content, CompressionMode.Decompress), "br" => new BrotliStream(content, CompressionMode.Decompress), _ => content });
        Assert.StartsWith("// Starts the page", await unpacked.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
        using var again = await AskAsync(accepted, first.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
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

    private async Task<HttpResponseMessage> AskAsync(string accepted, EntityTagHeaderValue? known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/app.js", UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        if (known is not null)
            request.Headers.IfNoneMatch.Add(known);
        return await _client.SendAsync(request, Cancellation);
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
