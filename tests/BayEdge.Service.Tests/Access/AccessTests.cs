using System.Net;
using System.Net.Http.Json;
using BayEdge.Service.Access;
using BayEdge.Service.Tests.Hosting;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BayEdge.Service.Tests.Access;

public sealed class AccessTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();
    private WebApplication? _service;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private WebApplication Service => _service!;

    public async ValueTask InitializeAsync()
    {
        _service = RunningService.Build(_folder, json: null);
        await _service.StartAsync(Cancellation);
        _client.BaseAddress = new Uri(_service.Urls.First());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_device_that_belongs_to_nobody_serves_nothing_but_its_claim()
    {
        Assert.Equal(HttpStatusCode.OK, await StatusOf("/"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOf("/api/status"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOf("/api/configuration"));
        Assert.Equal(HttpStatusCode.Conflict, (await Post("/api/login", new { account = "installer", password = PageLogin.Pin })).StatusCode);

        await PageLogin.ClaimAsync(_client, Service.Services.GetRequiredService<ClaimCode>().Text.Replace("-", "", StringComparison.Ordinal), Cancellation);

        Assert.Equal(HttpStatusCode.OK, await StatusOf("/api/status"));
        Assert.Equal(HttpStatusCode.Conflict, (await Post("/api/claim", new { code = "0000000000", password = PageLogin.Pin })).StatusCode);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("111111")]
    [InlineData("123456")]
    [InlineData("87654321")]
    [InlineData("12345")]
    public async Task A_PIN_that_anybody_would_try_first_is_refused(string pin)
    {
        using var answer = await Post("/api/claim", new { code = Service.Services.GetRequiredService<ClaimCode>().Text, password = pin });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.False(Service.Services.GetRequiredService<AccessStore>().IsClaimed);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_change_without_the_token_of_the_session_is_refused()
    {
        using var client = await Service.LogInAsync(Cancellation);
        client.DefaultRequestHeaders.Remove("X-BayEdge-Token");

        using var answer = await client.PutAsJsonAsync(new Uri("/api/configuration", UriKind.Relative), new { text = "{}" }, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("tokenMissing", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_viewer_may_look_but_not_change()
    {
        using var client = await Service.LogInAsync(Cancellation);
        Service.Services.GetRequiredService<AccessStore>().SetPassword(Roles.Viewer, PageLogin.Pin);
        using var viewer = new HttpClient { BaseAddress = client.BaseAddress };
        using var login = await viewer.PostAsJsonAsync(new Uri("/api/login", UriKind.Relative), new { account = "viewer", password = PageLogin.Pin }, Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, login.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await viewer.GetAsync(new Uri("/api/status", UriKind.Relative), Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.GetAsync(new Uri("/api/configuration", UriKind.Relative), Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await viewer.GetAsync(new Uri("/api/events?topics=commissioning,tags", UriKind.Relative), Cancellation)).StatusCode);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("evil.example", 421)]
    [InlineData("192.0.2.77", 421)]
    [InlineData("localhost", 200)]
    public async Task A_name_that_is_not_the_devices_own_is_not_answered_to(string host, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/api/welcome", UriKind.Relative));
        request.Headers.Host = host;

        using var answer = await _client.SendAsync(request, Cancellation);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task Another_pages_request_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/login", UriKind.Relative)) { Content = JsonContent.Create(new { account = "installer", password = "x" }) };
        request.Headers.Add("Origin", "http://evil.example");

        using var answer = await _client.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_session_is_a_cookie_that_no_script_and_no_other_site_gets()
    {
        await Service.LogInAsync(Cancellation);
        using var answer = await Post("/api/login", new { account = "installer", password = "correct horse" });

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact(Timeout = 120_000)]
    public async Task Guesses_that_come_at_once_wait_as_those_that_come_one_by_one_do()
    {
        Service.Services.GetRequiredService<AccessStore>().Claim(PageLogin.Pin);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Post("/api/login", new { account = "installer", password = "no such PIN" })));

        // Three are free; a slow computer takes a few more between waits that double.
        Assert.InRange(answers.Count(answer => answer.StatusCode == HttpStatusCode.Forbidden), 3, 10);
        foreach (var answer in answers)
            answer.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_came_and_went_is_written_down_once_each_with_what_it_was_answered()
    {
        using var client = await Service.LogInAsync(Cancellation);
        using var wrong = await Post("/api/login", new { account = "installer", password = "no such PIN" });
        using var left = await client.PostAsync(new Uri("/api/logout", UriKind.Relative), null, Cancellation);

        var written = Service.Services.GetRequiredService<AuditLog>().Read(10).Select(entry => (entry.What, entry.Status));
        Assert.Equal([("logout", 204), ("wrong PIN", 403), ("login", 204)], written);
    }

    public async ValueTask DisposeAsync()
    {
        await Service.StopAsync(CancellationToken.None);
        await Service.DisposeAsync();
        _client.Dispose();
        _folder.Dispose();
    }

    private async Task<HttpStatusCode> StatusOf(string path)
    {
        using var answer = await _client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        return answer.StatusCode;
    }

    private Task<HttpResponseMessage> Post(string path, object body) => _client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body, Cancellation);
}
