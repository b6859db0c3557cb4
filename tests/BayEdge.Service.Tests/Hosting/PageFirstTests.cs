using System.Net;
using BayEdge.Service.Hosting;
using BayEdge.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace BayEdge.Service.Tests.Hosting;

public sealed class PageFirstTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_reader_that_wants_to_listen_where_the_page_is_goes_without_and_the_page_says_so()
    {
        using var folder = new TemporaryFolder();
        var port = LoopbackPorts.Free();
        await using var service = RunningService.Build(
            folder,
            $$"""
            { "site": "sh-01", "device": "pi-01", "bays": [{ "id": "bay-01" }],
              "readers": [{ "id": "gate", "driver": "http", "listen": "127.0.0.1:{{port}}", "antennas": [{ "port": 1, "bay": "bay-01" }] }] }
            """,
            """{ "sources": { "gate": { "token": "t" } } }""",
            pagePort: port);
        await service.StartAsync(Cancellation);
        await service.PartsAsync(Cancellation);
        using var client = await service.LogInAsync(Cancellation);
        var board = service.Services.GetRequiredService<RuntimeKeeper>().Runtime!.Board;
        while (board.ReasonOf("gate") is null)
            await Task.Delay(50, Cancellation);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/api/status", UriKind.Relative), Cancellation)).StatusCode);
        Assert.Contains($"{port} is in use", board.ReasonOf("gate")!.Text, StringComparison.Ordinal);
        await service.StopAsync(Cancellation);
    }
}
