using System.Net;
using System.Text;
using System.Text.Json;
using BayEdge.Service.Hosting;
using BayEdge.TestKit;
using BayEdge.Web.Tests.Running;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BayEdge.Web.Tests.Api;

/// <summary>Whatever comes in is answered with a sentence, and never breaks anything.</summary>
public sealed class HostileRequestTests
{
    private static readonly string[] Bodies =
    [
        "", "{", "[]", "null", "0", "\"text\"", "{}", "{\"text\":5}", "{\"text\":{\"a\":[]}}", "{\"code\":7,\"password\":[]}", "{\"account\":null,\"password\":null}",
        "{\"text\":\"{\",\"confirmSeconds\":-1}", "{\"text\":\"{}\",\"confirmSeconds\":99999999999999}", "{\"backup\":{\"product\":\"BayEdge\",\"configuration\":\"{\"}}",
        "{\"backup\":{\"product\":\"BayEdge\",\"configuration\":\"{}\",\"secrets\":{\"salt\":\"?\",\"nonce\":\"\",\"tag\":\"\",\"content\":\"\",\"iterations\":1}},\"password\":\"x\"}",
        "{\"id\":\"a\",\"id\":\"b\"}", "{\"id\":\"a\",\"antennas\":[{\"port\":1,\"port\":2}]}", "{\"text\":\"{}\",\"text\":\"{}\"}", "{\"rules\":{\"arrivals\":\"prompt\",\"arrivals\":\"careful\"}}",
        "{\"id\":\"\\ud800\"}", "{\"\\ud800\":1}", "{\"text\":\"{\\\"site\\\":\\\"\\\\ud800\\\"}\"}", new('[', 10_000), "\u0000\u0001", "{\"text\":\"" + new string('x', 100_000) + "\"}",
    ];

    private static readonly string[] Paths =
    [
        "/api", "/api/", "/api/nothing", "/api/bays/%2e%2e%2f/why", "/api/bays/../../etc/passwd", "/api/bays/%00/why", "/api/configuration/history/99999999999999999999/revert",
        "/api/configuration/history/-1/revert", "/..%2f..%2fbayedge.json", "/%2e%2e/access.json", "/vendor/%2e%2e/%2e%2e/bayedge.json", "/api/events?topics=,,,%00", "/api/logs?level=%00&text=%ff",
        "/api/diagnostics?without=../../x", "//evil.example/%2f", "/i18n/../../bayedge.dll", "/api/" + new string('a', 6_000),
    ];

    // A reader that runs, and a camera that is known but away.
    private static string ReaderAndCamera => $$"""
        {
          "site": "sh-01", "device": "pi-01", "language": "en", "bays": [{ "id": "bay-01", "name": "1号工位" }],
          "readers": [{ "id": "reader-1", "driver": "llrp", "simulated": true, "antennas": [{ "port": 1, "bay": "bay-01" }] }],
          "cameras": [{ "id": "cam-1", "driver": "stream", "url": "rtsp://127.0.0.1:{{LoopbackPorts.Free()}}/1", "zones": [{ "bay": "bay-01", "polygon": [[0,0],[1,0],[1,1]] }] }]
        }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task No_body_and_no_path_makes_the_device_fail()
    {
        await using var device = await Device.StartAsync(ReaderAndCamera);
        using var client = await device.LogInAsync();
        // What takes reader and camera away comes last: the others are to meet them.
        var routes = RoutesOf(device).OrderBy(route => route.method == "DELETE").ToList();
        Assert.True(routes.Count >= 8, "The route table is empty.");
        Assert.All(routes, route => Assert.DoesNotContain("{", Fill(route.path, "viewer"), StringComparison.Ordinal));

        foreach (var (method, path) in routes)
        {
            await SettledAsync(device);
            foreach (var body in method == "GET" ? (string?[])[null] : Bodies)
                await AssertSaidAsync(client, method, Fill(path, account: "viewer"), body, "application/json");
            if (method != "GET")
                await AssertSaidAsync(client, method, Fill(path, account: "nobody"), "a=b", "application/x-www-form-urlencoded");
        }

        await SettledAsync(device);
        foreach (var path in Paths)
        {
            foreach (var method in new[] { "GET", "POST", "PUT", "DELETE", "PATCH", "TRACE" })
                await AssertSaidAsync(client, method, path, method == "GET" ? null : "{}", "application/json");
        }

        using var alive = await client.GetAsync(new Uri("/api/status", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_body_beyond_a_megabyte_is_refused_with_the_limit_wherever_one_is_read()
    {
        await using var device = await Device.StartAsync(Device.Simulated);
        // What is refused unread is not sent, however long the device takes to say so.
        using var handler = new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(30) };
        using var client = new HttpClient(handler) { BaseAddress = device.Page };
        await PageLogin.LogInAsync(client, PageLogin.Pin, Cancellation);
        var huge = "{\"text\":\"" + new string('x', 2_000_000) + "\"}";
        var reading = RoutesOf(device, route => route.Metadata.GetMetadata<IAcceptsMetadata>() is not null).ToList();
        Assert.True(reading.Count >= 10, string.Join('\n', reading));

        foreach (var (method, path) in reading)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Fill(path, "viewer"), UriKind.Relative));
            request.Content = new StringContent(huge, Encoding.UTF8, "application/json");
            request.Headers.ExpectContinue = true;
            using var answer = await AnswerAsync(client, request, $"{method} {path} with a huge body");
            Assert.True(answer.StatusCode == HttpStatusCode.RequestEntityTooLarge, $"{method} {path}: {answer.StatusCode}");
            Assert.Contains("1024 kB", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }
    }

    // These look around in the network of whoever runs the tests, whatever their body says.
    private static bool AsksTheNetwork(string path) => path is "/api/setup/readers/scan" or "/api/setup/network/check";

    // Whoever logs out is answered nothing more, and a device whose camera is away is rightly not ready.
    private static IEnumerable<(string method, string path)> RoutesOf(Device device, Func<RouteEndpoint, bool>? only = null) =>
        ((IEndpointRouteBuilder)device.Service).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Where(only ?? (_ => true))
        .SelectMany(route => (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(method => (method, path: route.RoutePattern.RawText!)))
        .SelectMany(route => route.path.Contains("{section}", StringComparison.Ordinal)
            ? ((string[])["readers", "cameras"]).Select(section => (route.method, path: route.path.Replace("{section}", section, StringComparison.Ordinal)))
            : [route])
        .Where(route => route.path is not ("/api/logout" or "/readyz") && !AsksTheNetwork(route.path));

    private static string Fill(string path, string account) => path
        .Replace("{version:int}", "7", StringComparison.Ordinal).Replace("{account}", account, StringComparison.Ordinal).Replace("{step}", "bays", StringComparison.Ordinal)
        .Replace("{bay}", "bay-01", StringComparison.Ordinal).Replace("pictures/{id}", "pictures/none", StringComparison.Ordinal)
        .Replace("readers/{id}", "readers/reader-1", StringComparison.Ordinal).Replace("cameras/{id}", "cameras/cam-1", StringComparison.Ordinal)
        .Replace("{port:int}", "1", StringComparison.Ordinal);

    // Some requests have the bays watched anew; until they are, a bay rightly answers 503.
    private static async Task SettledAsync(Device device) => await device.Service.Services.GetRequiredService<RuntimeKeeper>().SettledAsync(Cancellation);

    private static async Task AssertSaidAsync(HttpClient client, string method, string path, string? body, string contentType)
    {
        // As it stands: .NET would tidy the path up.
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(client.BaseAddress!.AbsoluteUri.TrimEnd('/') + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, contentType);
        using var answer = await AnswerAsync(client, request, $"{method} {path} with {body?[..Math.Min(80, body.Length)]}");
        var status = (int)answer.StatusCode;
        Assert.True(status < 500, $"{method} {path} with {body?[..Math.Min(80, body.Length)]}: {status}");
        // A path with a zero in it is no request to the server, which hangs up before the device could say anything.
        if (status >= 400 && path.StartsWith("/api", StringComparison.Ordinal) && !path.Split('?')[0].Contains("%00", StringComparison.Ordinal))
            Assert.True(SaysWhy(await answer.Content.ReadAsStringAsync(Cancellation)), $"{method} {path} with {body?[..Math.Min(80, body.Length)]}: {status} without a sentence");
    }

    private static bool SaysWhy(string answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return !string.IsNullOrWhiteSpace(json.RootElement.GetProperty("says").GetProperty("text").GetString());
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }

    private static async Task<HttpResponseMessage> AnswerAsync(HttpClient client, HttpRequestMessage request, string what)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{what}: no answer.");
        }
    }
}
