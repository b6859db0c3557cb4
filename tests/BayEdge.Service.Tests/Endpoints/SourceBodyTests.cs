using System.Net;
using System.Text;
using BayEdge.Service.Commissioning;
using BayEdge.Service.Tests.Hosting;
using BayEdge.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace BayEdge.Service.Tests.Endpoints;

public sealed class SourceBodyTests : IDisposable
{
    private const string Json = """{ "site": "sh-01", "device": "pi-01", "bays": [{ "id": "bay-01" }] }""";

    private static readonly string[] Bodies =
    [
        """{"id":"a","id":"b"}""", """{"id":"a","antennas":[{"port":1,"port":2}]}""", """{"id":"\ud800"}""", """{"\ud800":1}""", "null", "[]", "5", "",
    ];

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task A_picture_of_a_camera_that_does_not_exist_is_not_waited_for()
    {
        await using var service = RunningService.Build(_folder, Json);
        await service.StartAsync(Cancellation);
        using var client = await service.LogInAsync(Cancellation);

        using var answer = await client.GetAsync(new Uri("/api/setup/cameras/nobody/still", UriKind.Relative), Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("noSuchSource", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.False(service.Services.GetRequiredService<CameraLooks>().IsWatched("nobody"));
        await service.StopAsync(Cancellation);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("PUT", "readers")]
    [InlineData("PUT", "cameras")]
    [InlineData("POST", "readers/probe")]
    [InlineData("POST", "cameras/probe")]
    public async Task What_is_no_reader_or_camera_is_refused_with_a_sentence(string method, string path)
    {
        await using var service = RunningService.Build(_folder, Json);
        await service.StartAsync(Cancellation);
        using var client = await service.LogInAsync(Cancellation);

        foreach (var body in Bodies)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"/api/setup/{path}", UriKind.Relative));
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await client.SendAsync(request, Cancellation);
            Assert.True((int)answer.StatusCode is 400 or 422, $"{body}: {answer.StatusCode}");
            Assert.Contains("\"says\"", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }

        await service.StopAsync(Cancellation);
    }
}
