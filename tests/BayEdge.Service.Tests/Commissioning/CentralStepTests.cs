using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using BayEdge.Service.Configuring;
using BayEdge.Service.Tests.Hosting;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BayEdge.Service.Tests.Commissioning;

public sealed class CentralStepTests : IDisposable
{
    private static readonly Uri Central = new("/api/setup/central", UriKind.Relative);
    private static readonly Uri Setup = new("/api/setup", UriKind.Relative);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_device_that_is_named_without_a_broker_goes_on_and_stays_amber()
    {
        await using var service = await StartAsync();
        using var client = await service.LogInAsync(Cancellation);

        var step = await TryAsync(client, url: null, anyway: false);

        Assert.Equal(("warning", "central.without"), (step["state"]!.ToString(), step["says"]!["key"]!.ToString()));
        Assert.Equal("sh-01", ConfigurationOf(service).Configuration!.Site);
        Assert.Null(ConfigurationOf(service).Configuration!.Mqtt);
        await service.StopAsync(Cancellation);
    }

    [Fact]
    public async Task The_way_that_ends_at_a_rung_is_kept_only_when_the_installer_wants_it_anyway()
    {
        await using var service = await StartAsync();
        using var client = await service.LogInAsync(Cancellation);
        var url = $"mqtt://127.0.0.1:{LoopbackPorts.Free()}";

        var step = await TryAsync(client, url, anyway: false);

        Assert.Equal(("failed", "central.failed"), (step["state"]!.ToString(), step["says"]!["key"]!.ToString()));
        Assert.Equal(["ok", "failed"], step["checks"]!.AsArray().Take(2).Select(rung => rung!["state"]!.ToString()));
        Assert.All(step["checks"]!.AsArray().Skip(2), rung => Assert.Equal("unknown", rung!["state"]!.ToString()));
        Assert.Null(ConfigurationOf(service).Configuration);

        step = await TryAsync(client, url, anyway: true);

        Assert.Equal("warning", step["state"]!.ToString());
        Assert.Equal(url, ConfigurationOf(service).Configuration!.Mqtt!.Url);
        await service.StopAsync(Cancellation);
    }

    [Theory]
    [InlineData("a b", "pi-01", null, "site")]
    [InlineData("sh-01", "", null, "device")]
    [InlineData("sh-01", "pi-01", "http://broker", "url")]
    [InlineData("sh-01", "pi-01", "mqtt://user:hunter2@broker", "url")]
    public async Task What_cannot_be_a_name_or_an_address_is_refused_at_its_place_and_no_password_comes_back(string site, string device, string? url, string where)
    {
        await using var service = await StartAsync();
        using var client = await service.LogInAsync(Cancellation);

        using var answer = await client.PostAsJsonAsync(Central, Request(site, device, url, anyway: false), Cancellation);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var said = await answer.Content.ReadAsStringAsync(Cancellation);
        Assert.Equal(where, JsonNode.Parse(said)!["problems"]![0]!["where"]!.ToString());
        Assert.DoesNotContain("hunter2", said, StringComparison.Ordinal);
        await service.StopAsync(Cancellation);
    }

    private async Task<WebApplication> StartAsync()
    {
        var service = RunningService.Build(_folder, null);
        await service.StartAsync(Cancellation);
        return service;
    }

    private static ConfigurationState ConfigurationOf(WebApplication service) => service.Services.GetRequiredService<ConfigurationKeeper>().Current;

    private static object Request(string site, string device, string? url, bool anyway) => new { site, device, language = "en", url, anyway };

    // The trial goes on by itself; a phone looks at what the device keeps of it.
    private static async Task<JsonNode> TryAsync(HttpClient client, string? url, bool anyway)
    {
        var before = (await StepAsync(client))["at"]?.ToString();
        using var answer = await client.PostAsJsonAsync(Central, Request("sh-01", "pi-01", url, anyway), Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        while (true)
        {
            var step = await StepAsync(client);
            if (step["state"]!.ToString() is not ("running" or "unknown") && step["at"]?.ToString() != before)
                return step;
            await Task.Delay(Look, Cancellation);
        }
    }

    private static async Task<JsonNode> StepAsync(HttpClient client) =>
        JsonNode.Parse(await client.GetStringAsync(Setup, Cancellation))!["steps"]!.AsArray().Single(step => step!["step"]!.ToString() == "central")!;
}
