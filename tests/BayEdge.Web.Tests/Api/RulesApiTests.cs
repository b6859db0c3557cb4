using System.Net;
using BayEdge.Service.Access;
using BayEdge.TestKit;
using BayEdge.Web.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace BayEdge.Web.Tests.Api;

public sealed class RulesApiTests
{
    private const string Longer = """{"shortestStaySeconds":9}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData("PUT", "/api/rules", """{"rules":{"shortestStaySeconds":-1}}""")]
    [InlineData("PUT", "/api/rules", """{"rules":{"departures":"whenever"}}""")]
    [InlineData("POST", "/api/rules/replay", """{"rules":{"departures":"whenever"},"minutes":15}""")]
    [InlineData("POST", "/api/rules/replay", """{"rules":{},"minutes":0}""")]
    [InlineData("POST", "/api/rules/replay", """{"rules":{},"minutes":10081}""")]
    public async Task Rules_and_times_that_there_cannot_be_are_refused(string method, string path, string body)
    {
        await using var device = await Device.StartAsync(Device.EverythingBroken);
        using var client = await device.LogInAsync();

        using var answer = await SendAsync(client, method, path, body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_replay_of_more_than_a_week_is_refused_with_the_times_that_there_can_be()
    {
        await using var device = await Device.StartAsync(Device.EverythingBroken);
        using var client = await device.LogInAsync();

        using var answer = await SendAsync(client, "POST", "/api/rules/replay", """{"rules":{},"minutes":10081}""");

        Assert.Contains("expected a whole number from 1 to 10080, but found 10081", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_viewer_neither_sets_rules_nor_has_the_recording_decided_once_more()
    {
        await using var device = await Device.StartAsync(Device.EverythingBroken);
        device.Service.Services.GetRequiredService<AccessStore>().SetPassword(Roles.Viewer, "7391-look");
        using var client = new HttpClient { BaseAddress = device.Page };
        await PageLogin.LogInAsync(client, Roles.Viewer, "7391-look", Cancellation);

        using var saved = await SendAsync(client, "PUT", "/api/rules", $$"""{"rules":{{Longer}}}""");
        using var replayed = await SendAsync(client, "POST", "/api/rules/replay", $$"""{"rules":{{Longer}},"minutes":15}""");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (saved.StatusCode, replayed.StatusCode));
    }

    [Fact(Timeout = 120_000)]
    public async Task Rules_that_somebody_else_has_set_meanwhile_are_not_overwritten()
    {
        await using var device = await Device.StartAsync(Device.EverythingBroken);
        using var client = await device.LogInAsync();
        var told = System.Text.Json.Nodes.JsonNode.Parse(await client.GetStringAsync(new Uri("/api/rules", UriKind.Relative), Cancellation))!["rules"]!.ToJsonString();

        using var first = await SendAsync(client, "PUT", "/api/rules", $$"""{"rules":{{Longer}},"from":{{told}}}""");
        using var second = await SendAsync(client, "PUT", "/api/rules", $$"""{"rules":{"shortestStaySeconds":7},"from":{{told}}}""");

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.Conflict), (first.StatusCode, second.StatusCode));
        Assert.Contains("changed meanwhile", await second.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_replay_right_after_the_rules_were_saved_is_of_the_new_ones()
    {
        await using var device = await Device.StartAsync(Device.EverythingBroken);
        using var client = await device.LogInAsync();
        using var saved = await SendAsync(client, "PUT", "/api/rules", $$"""{"rules":{{Longer}}}""");

        using var step = await SendAsync(client, "POST", "/api/setup/steps/rules", "{}");

        Assert.DoesNotContain("nothing was recorded yet", await step.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path, string body) => client.SendAsync(
        new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") }, Cancellation);
}
