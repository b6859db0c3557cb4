using System.Net;
using BayEdge.Service.Hosting;
using BayEdge.Service.Tests.Hosting;
using BayEdge.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace BayEdge.Service.Tests.Support;

public sealed class RestartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_restart_has_the_bays_watched_anew_while_the_page_stays_and_whoever_asked_stays_logged_in()
    {
        await using var service = RunningService.Build(_folder, TestConfiguration.JsonWithReader($"127.0.0.1:{LoopbackPorts.Free()}", "E28068940000501234567890"));
        await service.StartAsync(Cancellation);
        await service.PartsAsync(Cancellation);
        var keeper = service.Services.GetRequiredService<RuntimeKeeper>();
        var before = keeper.Runtime;
        using var client = await service.LogInAsync(Cancellation);

        using var answer = await client.PostAsync(new Uri("/api/restart", UriKind.Relative), null, Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        while (keeper.Runtime is null || keeper.Runtime == before)
            await Task.Delay(50, Cancellation);
        using var status = await client.GetAsync(new Uri("/api/status", UriKind.Relative), Cancellation);
        Assert.Equal(HttpStatusCode.OK, status.StatusCode);
        await service.StopAsync(Cancellation);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_device_without_a_configuration_is_restarted_without_complaint()
    {
        await using var service = RunningService.Build(_folder, json: null);
        await service.StartAsync(Cancellation);
        using var client = await service.LogInAsync(Cancellation);

        using var answer = await client.PostAsync(new Uri("/api/restart", UriKind.Relative), null, Cancellation);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await service.StopAsync(Cancellation);
    }

    public void Dispose() => _folder.Dispose();
}
