using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.State;
using BayEdge.Core.Commissioning;
using BayEdge.Core.Commissioning.Walk;
using BayEdge.Service.Commissioning;
using BayEdge.Service.Configuring;
using BayEdge.Service.Tests.Hosting;
using BayEdge.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace BayEdge.Service.Tests.Commissioning;

public sealed class HandoverTests : IDisposable
{
    private const string Json = """{ "site": "sh-01", "device": "pi-01", "bays": [{ "id": "bay-01", "name": "1号工位" }, { "id": "bay-02" }] }""";
    private static readonly Uri Handover = new("/api/setup/handover", UriKind.Relative);

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whoever_hands_over_what_nobody_has_walked_signs_that_it_is_not_verified()
    {
        await using (var service = RunningService.Build(_folder, Json))
        {
            await service.StartAsync(Cancellation);
            using var client = await service.LogInAsync(Cancellation);
            Assert.Equal(HttpStatusCode.NoContent, (await client.GetAsync(Handover, Cancellation)).StatusCode);

            using var answer = await client.PostAsJsonAsync(Handover, new { by = " 李工 " }, Cancellation);

            var content = await answer.Content.ReadAsByteArrayAsync(Cancellation);
            ContractSchemas.AssertValid("bayedge/v1/sh-01/pi-01/handover", content);
            var signed = JsonSerializer.Deserialize(content, ContractsJson.Wire.DeviceHandover)!;
            Assert.Equal(("李工", "sh-01", "pi-01"), (signed.By, signed.Site, signed.Device));
            Assert.Equal([("1号工位", HandoverState.Unknown), ("bay-02", HandoverState.Unknown)], signed.Bays.Select(bay => (bay.Name, bay.State)));
            await service.StopAsync(Cancellation);
        }

        await using var again = RunningService.Build(_folder, Json);
        await again.StartAsync(Cancellation);
        using var later = await PageClientAsync(again);
        Assert.Contains("李工", await later.GetStringAsync(Handover, Cancellation), StringComparison.Ordinal);
        await again.StopAsync(Cancellation);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_is_proved_while_somebody_signs_is_kept()
    {
        await using var service = RunningService.Build(_folder, Json);
        await service.StartAsync(Cancellation);
        var configurations = service.Services.GetRequiredService<ConfigurationKeeper>();
        var handovers = service.Services.GetRequiredService<Handovers>();
        var keeper = service.Services.GetRequiredService<CommissioningKeeper>();
        var signing = Task.Run(() =>
        {
            for (var times = 0; times < 20; times++)
                handovers.Sign(configurations.Current.Configuration!, "r", "李工");
        }, Cancellation);

        var held = 0;
        for (; !signing.IsCompleted || held == 0; held++)
        {
            var bay = $"bay-{held}";
            keeper.Update(progress => progress.With(bay, new HeldAntenna(bay, 1)));
        }

        await signing;
        Assert.Equal(held, keeper.Progress.Antennas.Count);
        Assert.NotNull(keeper.Progress.HandedOverAt);
        await service.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_bay_that_something_else_looks_at_since_its_walk_test_is_not_signed_as_verified()
    {
        await using var service = RunningService.Build(_folder, Json);
        await service.StartAsync(Cancellation);
        var configuration = service.Services.GetRequiredService<ConfigurationKeeper>().Current.Configuration!;
        var keeper = service.Services.GetRequiredService<CommissioningKeeper>();
        string[] bays = ["bay-01", "bay-02"];
        keeper.Update(progress => progress.With(Walked("bay-01", WatchedBy.Of(configuration, "bay-01")), bays).With(Walked("bay-02", "another antenna"), bays));

        var signed = service.Services.GetRequiredService<Handovers>().Sign(configuration, "r", "李工");

        Assert.Equal([HandoverState.Ok, HandoverState.Warning], signed.Bays.Select(bay => bay.State));
        Assert.Contains("walk it again", signed.Bays[1].Items[^1].Detail, StringComparison.Ordinal);
        Assert.Contains("1 of 2", signed.Steps.Single(step => step.Item == "handover").Detail, StringComparison.Ordinal);
        ContractSchemas.AssertValid("bayedge/v1/sh-01/pi-01/handover", JsonSerializer.SerializeToUtf8Bytes(signed, ContractsJson.Wire.DeviceHandover));
        await service.StopAsync(Cancellation);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task A_record_without_a_name_is_signed_by_nobody(string by)
    {
        await using var service = RunningService.Build(_folder, Json);
        await service.StartAsync(Cancellation);
        using var client = await service.LogInAsync(Cancellation);

        using var answer = await client.PostAsJsonAsync(Handover, new { by }, Cancellation);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.False(File.Exists(_folder.File("handover.json")));
        await service.StopAsync(Cancellation);
    }

    [Fact]
    public async Task A_device_without_a_configuration_is_not_handed_over()
    {
        await using var service = RunningService.Build(_folder, null);
        await service.StartAsync(Cancellation);
        using var client = await service.LogInAsync(Cancellation);

        using var answer = await client.PostAsJsonAsync(Handover, new { by = "Fitter" }, Cancellation);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        await service.StopAsync(Cancellation);
    }

    private static WalkResult Walked(string bay, string watched) =>
        new(bay, null, null, StepState.Ok, [], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch) { Watched = watched };

    private static async Task<HttpClient> PageClientAsync(Microsoft.AspNetCore.Builder.WebApplication service)
    {
        var client = new HttpClient { BaseAddress = new Uri(service.Urls.First()) };
        await PageLogin.LogInAsync(client, "correct horse", Cancellation);
        return client;
    }
}
