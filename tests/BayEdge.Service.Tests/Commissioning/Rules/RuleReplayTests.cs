using BayEdge.Core.Configuration;
using BayEdge.Service.Commissioning.Rules;
using BayEdge.Service.Configuring;
using BayEdge.Service.Hosting;
using BayEdge.Service.Tests.Hosting;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Commissioning.Rules;

/// <summary>On a device that is about to start, whose replays wait for it.</summary>
public sealed class RuleReplayTests : IAsyncDisposable
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(15);
    private static readonly RulesConfiguration Other = new() { ShortestStaySeconds = 9 };

    private readonly TemporaryFolder _folder = new();
    private readonly WebApplication _service;

    public RuleReplayTests() => _service = RunningService.Build(_folder, TestConfiguration.JsonWithReader($"127.0.0.1:{LoopbackPorts.Free()}", "E28068940000501234567890"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task While_three_wait_for_the_recording_the_next_is_told_that_it_is_busy_and_afterwards_is_served()
    {
        var replay = _service.Services.GetRequiredService<RuleReplay>();
        var waiting = Enumerable.Range(0, 3).Select(_ => replay.CompareAsync(Other, Length, Cancellation)).ToList();

        var busy = await replay.CompareAsync(Other, Length, Cancellation);

        Assert.Equal("rules.replayBusy", busy.Missing?.Key);
        Assert.All(waiting, one => Assert.False(one.IsCompleted));
        await _service.StartAsync(Cancellation);
        Assert.All(await Task.WhenAll(waiting), served => Assert.NotEqual("rules.replayBusy", served.Missing?.Key));
        Assert.NotEqual("rules.replayBusy", (await replay.CompareAsync(Other, Length, Cancellation)).Missing?.Key);
        await _service.StopAsync(Cancellation);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_replay_that_takes_too_long_is_given_up_and_says_what_to_do()
    {
        var time = new FakeTimeProvider();
        using var replay = new RuleReplay(
            _service.Services.GetRequiredService<RuntimeKeeper>(),
            _service.Services.GetRequiredService<ConfigurationKeeper>(),
            _service.Services.GetRequiredService<PageHostOptions>() with { NetworkClock = time });
        var asked = replay.CompareAsync(Other, Length, Cancellation);

        time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal("the recording is too long for this device: it was given up after 2 min; take a shorter time", (await asked).Missing?.Text);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }
}
