using BayEdge.Service.Endpoints;
using BayEdge.Service.Hosting;
using BayEdge.Service.Status;
using BayEdge.Service.Tests.Hosting;
using BayEdge.Service.Updating;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Service.Tests.Updating;

/// <summary>A new version finds out whether it works as well as the one before.</summary>
public sealed class UpdateTrialTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication? _service;

    private string Good => Path.Combine(_folder.Path, "update", "good");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // Nobody has configured this device: that is its fault, before and after.
        var program = Directory.CreateDirectory(_folder.File("program"));
        var runs = HealthReporter.Version.Split('-')[0];
        await File.WriteAllTextAsync(_folder.File("program/update.json"), $$"""{"phase":"trial","from":"0.0.1","to":"{{runs}}","reason":"","at":"2026-03-01T10:00:00Z"}""", Cancellation);
        Directory.CreateDirectory(_folder.File("update"));
        _service = RunningService.Build(_folder, json: null, program: program);
        await _service.StartAsync(Cancellation);
        await _service.Services.GetRequiredService<RuntimeKeeper>().SettledAsync(Cancellation);
    }

    [Fact]
    public async Task What_did_not_work_before_does_not_speak_against_it()
    {
        await File.WriteAllTextAsync(_folder.File("update/faults.json"), """["work","configurationMissing"]""", Cancellation);

        await TryForAsync(TimeSpan.FromSeconds(70));

        Assert.Equal(HealthReporter.Version.Split('-')[0], await File.ReadAllTextAsync(Good, Cancellation));
    }

    [Fact]
    public async Task It_is_not_called_good_before_it_has_worked_for_a_minute()
    {
        await File.WriteAllTextAsync(_folder.File("update/faults.json"), """["work","configurationMissing"]""", Cancellation);

        await TryForAsync(TimeSpan.FromSeconds(50));

        Assert.False(File.Exists(Good));
    }

    [Fact]
    public async Task What_had_worked_before_and_does_not_now_speaks_against_it()
    {
        await File.WriteAllTextAsync(_folder.File("update/faults.json"), """["brokerAway"]""", Cancellation);

        await TryForAsync(TimeSpan.FromMinutes(5));

        Assert.False(File.Exists(Good));
    }

    public async ValueTask DisposeAsync()
    {
        await _service!.StopAsync(CancellationToken.None);
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    private async Task TryForAsync(TimeSpan time)
    {
        var clock = new FakeTimeProvider();
        using var trial = new UpdateTrial(
            _service!.Services.GetRequiredService<UpdateFolders>(), _service.Services.GetRequiredService<DeviceStatus>(), clock, NullLogger<UpdateTrial>.Instance);
        await trial.StartAsync(Cancellation);
        for (var passed = TimeSpan.Zero; passed < time && !trial.ExecuteTask!.IsCompleted; passed += TimeSpan.FromSeconds(1))
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(2, Cancellation);
        }

        await trial.StopAsync(Cancellation);
    }
}
