using System.Text.Json;
using BayEdge.Service.Tests.Hosting;
using BayEdge.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BayEdge.Service.Tests.Support;

public sealed class LogFilterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 60_000)]
    [InlineData("text=gate", "ERR the gate burns,WRN the gate sticks,INF the gate opens")]
    [InlineData("text=gate&level=WRN", "ERR the gate burns,WRN the gate sticks")]
    [InlineData("text=gate&level=ERR", "ERR the gate burns")]
    [InlineData("text=GATE%20STICKS", "WRN the gate sticks")]
    [InlineData("text=BayEdge.Workshop&level=ERR", "ERR the door is gone,ERR the gate burns")]
    [InlineData("text=no%20such%20thing", "")]
    public async Task Level_and_text_leave_what_was_asked_for_the_newest_first(string asked, string shown)
    {
        await using var service = RunningService.Build(_folder, json: null);
        await service.StartAsync(Cancellation);
        var logger = service.Services.GetRequiredService<ILoggerFactory>().CreateLogger("BayEdge.Workshop");
#pragma warning disable CA1848 // Written once.
        logger.LogInformation("the gate opens");
        logger.LogWarning("the gate sticks");
        logger.LogError("the gate burns");
        logger.LogError("the door is gone");
#pragma warning restore CA1848
        using var client = await service.LogInAsync(Cancellation);

        using var entries = JsonDocument.Parse(await client.GetStringAsync(new Uri($"/api/logs?{asked}", UriKind.Relative), Cancellation));

        Assert.Equal(shown, string.Join(',', entries.RootElement.EnumerateArray().Select(entry => $"{entry.GetProperty("level").GetString()} {entry.GetProperty("text").GetString()}")));
        await service.StopAsync(Cancellation);
    }

    public void Dispose() => _folder.Dispose();
}
