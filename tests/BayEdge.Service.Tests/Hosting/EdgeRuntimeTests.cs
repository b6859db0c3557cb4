using BayEdge.Contracts;
using BayEdge.Core.Bays;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Service.Bays;
using BayEdge.Service.Hosting;
using BayEdge.Service.Neighbours;
using BayEdge.Service.Sources;
using BayEdge.Storage;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BayEdge.Service.Tests.Hosting;

public sealed class EdgeRuntimeTests : IDisposable
{
    private const string Tag = "E28068940000501234567890";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_service_that_is_stopped_ends_well()
    {
        await using var service = Build();
        using var stop = new CancellationTokenSource();
        var run = PageHost.RunAsync(service, stop.Token);
        await HasStarted(service);

        await stop.CancelAsync();

        Assert.True(await run);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_service_that_stops_while_the_journal_is_locked_says_that_events_are_lost_and_keeps_to_its_five_seconds()
    {
        await using var service = Build();
        using var stop = new CancellationTokenSource();
        var run = PageHost.RunAsync(service, stop.Token);
        await HasStarted(service);
        var loop = (await service.PartsAsync(Cancellation)).GetRequiredService<BayLoop>();
        using var otherProgram = Lock();
        var first = TimeProvider.System.Observe() - TimeSpan.FromMinutes(1);
        for (var second = 0; second < 60; second++)
            await loop.SendAsync(new SightingInput(new TagSighting(first + TimeSpan.FromSeconds(second), "reader-1", 1, Tag, -55, 1)), Cancellation);
        using var client = new HttpClient { BaseAddress = new Uri(service.Urls.First()) };
        while (await HealthAsync(client) == "200 ok")
            await Task.Delay(50, Cancellation);

        await stop.CancelAsync();

        Assert.False(await run);
        var log = string.Concat(Directory.GetFiles(Path.Combine(_folder.Path, "logs")).Select(File.ReadAllText));
        Assert.Contains("The service stops and the disk still takes nothing: 1 events are lost", log, StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(ObjectDisposedException), log, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Health_fails_while_the_journal_is_locked()
    {
        await using var service = Build();
        await service.StartAsync(Cancellation);
        var loop = (await service.PartsAsync(Cancellation)).GetRequiredService<BayLoop>();
        using var client = new HttpClient { BaseAddress = new Uri(service.Urls.First()) };
        Assert.Equal("ok", await client.GetStringAsync(new Uri("/healthz", UriKind.Relative), Cancellation));
        using (Lock())
        {
            var first = TimeProvider.System.Observe() - TimeSpan.FromMinutes(1);
            for (var second = 0; second < 60; second++)
                await loop.SendAsync(new SightingInput(new TagSighting(first + TimeSpan.FromSeconds(second), "reader-1", 1, Tag, -55, 1)), Cancellation);

            string answer;
            do
            {
                answer = await HealthAsync(client);
            }
            while (answer == "200 ok");

            Assert.StartsWith("503 The journal", answer, StringComparison.Ordinal);
            Assert.Contains("another program has locked it", answer, StringComparison.Ordinal);
        }

        while (await client.GetAsync(new Uri("/healthz", UriKind.Relative), Cancellation) is { IsSuccessStatusCode: false })
            await Task.Delay(50, Cancellation);
        await service.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_service_that_is_gone_leaves_its_folder_to_the_next()
    {
        await using (Build())
        {
            Assert.Throws<DataFolderInUseException>(() => DataFolderLock.Take(_folder.Path));
        }

        DataFolderLock.Take(_folder.Path).Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_service_with_a_broker_tells_the_other_devices_of_its_site_that_it_lives()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var site = await TopicTap.ConnectAsync(broker, Topics.Neighbours("sh-01"), Cancellation);
        await using var service = Build($$"""{ "url": "{{broker.Url}}" }""");
        await service.StartAsync(Cancellation);

        while (site.Said.IsEmpty)
            await Task.Delay(50, Cancellation);

        Assert.Contains("\"device\":\"pi-01\"", site.Said.First(), StringComparison.Ordinal);
        await service.StopAsync(CancellationToken.None);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_service_that_is_told_to_keep_to_itself_has_no_neighbours()
    {
        await using var service = Build("""{ "url": "mqtt://127.0.0.1", "neighbours": false }""");
        await service.StartAsync(Cancellation);
        var parts = await service.PartsAsync(Cancellation);

        Assert.Null(parts.GetService<NeighbourBoard>());
        Assert.NotNull(parts.GetServices<IHostedService>().OfType<SourceSupervisor>().Single());
        await service.StopAsync(CancellationToken.None);
    }

    public void Dispose() => _folder.Dispose();

    private WebApplication Build(string mqtt = "null") =>
        RunningService.Build(_folder, TestConfiguration.JsonWithReader($"127.0.0.1:{LoopbackPorts.Free()}", Tag, mqtt));

    private static async Task<string> HealthAsync(HttpClient client)
    {
        using var response = await client.GetAsync(new Uri("/healthz", UriKind.Relative), Cancellation);
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Cancellation)}";
    }

    private static async Task HasStarted(WebApplication service)
    {
        var started = new TaskCompletionSource();
        await using var registration = service.Lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(Cancellation);
    }

    private SqliteConnection Lock()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, "journal.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        command.ExecuteNonQuery();
        return connection;
    }
}
