using System.Net;
using BayEdge.Service.Configuring;
using BayEdge.Service.Hosting;
using BayEdge.Service.Tests.Hosting;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BayEdge.Service.Tests.Endpoints;

public sealed class ReadinessTests : IDisposable
{
    private const string Simulated = """
        {
          "site": "sh-01", "device": "pi-01", "bays": [{ "id": "bay-01" }],
          "readers": [{ "id": "reader-1", "driver": "llrp", "simulated": true, "antennas": [{ "port": 1, "bay": "bay-01" }] }]
        }
        """;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_device_without_a_configuration_is_not_ready_and_says_why_until_it_has_one()
    {
        await using var service = RunningService.Build(_folder, json: null);
        await service.StartAsync(Cancellation);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, PageTexts.ConfigurationMissing.With().Text), await ReadyAsync(service));

        await service.Services.GetRequiredService<ConfigurationKeeper>().ProposeAsync(Simulated, "installer", "", null, Cancellation);
        await service.PartsAsync(Cancellation);
        (HttpStatusCode Status, string Says) ready;
        while ((ready = await ReadyAsync(service)).Status != HttpStatusCode.OK)
            await Task.Delay(100, Cancellation);
        Assert.Equal("ok", ready.Says);
        await service.StopAsync(Cancellation);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_device_whose_reader_is_away_is_alive_but_not_ready_and_names_the_reader()
    {
        await using var service = RunningService.Build(_folder, TestConfiguration.JsonWithReader($"127.0.0.1:{LoopbackPorts.Free()}", "E28068940000501234567890"));
        await service.StartAsync(Cancellation);
        await service.PartsAsync(Cancellation);

        (HttpStatusCode Status, string Says) ready;
        while ((ready = await ReadyAsync(service)).Status == HttpStatusCode.OK)
            await Task.Delay(100, Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
        Assert.Contains("reader-1", ready.Says, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, "ok"), await AskAsync(service, "/healthz"));
        await service.StopAsync(Cancellation);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<(HttpStatusCode Status, string Says)> ReadyAsync(WebApplication service) => AskAsync(service, "/readyz");

    private static async Task<(HttpStatusCode Status, string Says)> AskAsync(WebApplication service, string path)
    {
        using var client = new HttpClient { BaseAddress = new Uri(service.Urls.First()) };
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
