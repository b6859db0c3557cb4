using System.Net;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;
using BayEdge.Core.Timing;
using BayEdge.Service.Pictures;
using BayEdge.Service.Tests.Hosting;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BayEdge.Service.Tests.Pictures;

public sealed class PictureEndpointTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private HttpClient _client = new();
    private WebApplication? _service;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _service = RunningService.Build(_folder, TestConfiguration.JsonWithReader($"127.0.0.1:{LoopbackPorts.Free()}", "E28068940000501234567890"));
        await _service.StartAsync(Cancellation);
        await _service.PartsAsync(Cancellation);
        _client = await _service.LogInAsync(Cancellation);
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_is_logged_in_sees_a_picture_that_an_event_named_and_nobody_else_does()
    {
        var id = NameOne();

        HttpResponseMessage response;
        while ((response = await GetAsync(id)).StatusCode != HttpStatusCode.OK)
            await Task.Delay(20, Cancellation);

        Assert.Equal("image/jpeg", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal([1, 2, 3], await response.Content.ReadAsByteArrayAsync(Cancellation));
        using var stranger = new HttpClient { BaseAddress = _client.BaseAddress };
        using var refused = await stranger.GetAsync(new Uri($"/api/pictures/{id}", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Theory]
    [InlineData("cam-1-20260302T080000000-0000-plate")]
    [InlineData("..%2f..%2fsecrets.json")]
    [InlineData("%2e%2e%2fsecrets")]
    [InlineData("%2fetc%2fpasswd")]
    [InlineData("a%00b")]
    public async Task Any_other_id_is_not_found(string id)
    {
        using var response = await GetAsync(id);

        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest });
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.StopAsync(CancellationToken.None);
            await _service.DisposeAsync();
        }

        _client.Dispose();
        _folder.Dispose();
    }

    private string NameOne()
    {
        var at = TimeProvider.System.Observe();
        _service!.Services.GetRequiredService<PictureTray>().Lay(new ScenePicture("cam-1", ["bay-01"], at, new byte[] { 1, 2, 3 }));
        var told = _service.Services.GetRequiredService<EvidencePictures>().Name(
            new VehicleEntered("bay-01", "v-1", new Vehicle(), at, at, at, at, [new Evidence("reader-1", "tag", "tag read")]));
        return told.Evidence[0].Pictures![0];
    }

    private Task<HttpResponseMessage> GetAsync(string id) => _client.GetAsync(new Uri($"/api/pictures/{id}", UriKind.Relative), Cancellation);
}
