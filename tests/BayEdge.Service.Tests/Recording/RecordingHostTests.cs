using BayEdge.Service.Recording;
using BayEdge.Service.Tests.Hosting;
using BayEdge.Storage.Recording;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BayEdge.Service.Tests.Recording;

/// <summary>The recorder as part of the whole service.</summary>
public sealed class RecordingHostTests : IDisposable
{
    private const string Password = "p1cture-s3cret";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task No_password_gets_into_the_recording()
    {
        await using (var service = Build(recorder: "{}"))
        {
            await service.StartAsync(Cancellation);
            await service.PartsAsync(Cancellation);
            await service.StopAsync(Cancellation);
        }

        var lines = string.Concat(RecordedSegment.In(_folder.Path).SelectMany(segment => segment.Lines.ToList()));
        Assert.Contains("rtsp://127.0.0.1", lines, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, lines, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_service_that_ends_ends_its_segment()
    {
        await using (var service = Build(recorder: "{}"))
        {
            await service.StartAsync(Cancellation);
            await service.PartsAsync(Cancellation);
            await service.StopAsync(Cancellation);
        }

        Assert.Matches("^00000001-[0-9]+s.jsonl.gz$", Assert.Single(RecordedSegment.In(_folder.Path)).Name);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_recorder_that_is_switched_off_writes_nothing()
    {
        await using (var service = Build(recorder: """{ "enabled": false }"""))
        {
            await service.StartAsync(Cancellation);
            Assert.Null((await service.PartsAsync(Cancellation)).GetService<FlightRecorder>());
            await service.StopAsync(Cancellation);
        }

        Assert.False(Directory.Exists(_folder.File("recording")));
    }

    public void Dispose() => _folder.Dispose();

    private WebApplication Build(string recorder) => RunningService.Build(
        _folder,
        $$"""
        {
          "site": "sh-01", "device": "pi-01", "recorder": {{recorder}}, "bays": [{ "id": "bay-01" }],
          "cameras": [{ "id": "cam-1", "driver": "stream", "url": "rtsp://127.0.0.1:{{LoopbackPorts.Free()}}/1", "zones": [{ "bay": "bay-01", "polygon": [[0,0],[1,0],[1,1]] }] }]
        }
        """,
        $$"""{ "sources": { "cam-1": { "password": "{{Password}}" } } }""");
}
