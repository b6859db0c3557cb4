using System.Globalization;
using System.Text.RegularExpressions;
using BayEdge.Core.Bays;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Service.Bays;
using BayEdge.Service.Status;
using BayEdge.Service.Tests.Hosting;
using BayEdge.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace BayEdge.Service.Tests.Endpoints;

public sealed partial class MetricsTests : IDisposable
{
    private const string Tag = "E28068940000501234567890";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Prometheus_reads_every_figure_with_its_type_and_no_vehicle_is_named()
    {
        await using var service = RunningService.Build(_folder, TestConfiguration.JsonWithReader($"127.0.0.1:{LoopbackPorts.Free()}", Tag));
        await service.StartAsync(Cancellation);
        await ParkAsync(await service.PartsAsync(Cancellation));
        using var client = new HttpClient { BaseAddress = new Uri(service.Urls.First()) };

        using var answer = await client.GetAsync(new Uri("/metrics", UriKind.Relative), Cancellation);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);

        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        var figures = Read(text);
        Assert.Equal(1, figures["bayedge_watching"]);
        Assert.InRange(figures["bayedge_bay_occupied{bay=\"bay-01\"}"], -1, 1);
        Assert.True(figures.ContainsKey("bayedge_source_up{source=\"reader-1\"}"), text);
        Assert.Equal(0, figures["bayedge_broker_connected"]);
        Assert.True(figures["process_resident_memory_bytes"] > 0);
        Assert.All((string[])[Tag, "WO-1001", "沪AD12345"], name => Assert.DoesNotContain(name, text, StringComparison.OrdinalIgnoreCase));
        await service.StopAsync(Cancellation);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_device_that_watches_nothing_still_says_so_in_figures()
    {
        await using var service = RunningService.Build(_folder, json: null);
        await service.StartAsync(Cancellation);
        using var client = new HttpClient { BaseAddress = new Uri(service.Urls.First()) };

        Assert.Equal(0, Read(await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Cancellation))["bayedge_watching"]);
        await service.StopAsync(Cancellation);
    }

    public void Dispose() => _folder.Dispose();

    // As the reader's driver would, if there were a reader.
    private static async Task ParkAsync(IServiceProvider parts)
    {
        var loop = parts.GetRequiredService<BayLoop>();
        var from = TimeProvider.System.Observe() - TimeSpan.FromSeconds(60);
        await loop.SendAsync(new SightingInput(new SourceSighting(from, "reader-1", SourceState.Up)), Cancellation);
        for (var second = 0; second < 60; second++)
            await loop.SendAsync(new SightingInput(new TagSighting(from + TimeSpan.FromSeconds(second), "reader-1", 1, Tag, -55, 1)), Cancellation);
        while (parts.GetRequiredService<StatusBoard>().Read().Bays is not [{ Vehicle: not null }])
            await Task.Delay(100, Cancellation);
    }

    // The text format 0.0.4: each name has its HELP and TYPE once, before its figures.
    private static Dictionary<string, double> Read(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var figures = new Dictionary<string, double>(StringComparer.Ordinal);
        var typed = new HashSet<string>(StringComparer.Ordinal);
        var helped = "";
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (Help().Match(line) is { Success: true } help)
            {
                helped = help.Groups["name"].Value;
            }
            else if (TypeOf().Match(line) is { Success: true } type)
            {
                Assert.Equal(helped, type.Groups["name"].Value);
                Assert.True(typed.Add(helped), line);
                Assert.Equal(type.Groups["type"].Value == "counter", helped.EndsWith("_total", StringComparison.Ordinal));
            }
            else
            {
                var figure = Figure().Match(line);
                Assert.True(figure.Success, line);
                Assert.Equal(helped, figure.Groups["name"].Value);
                Assert.True(typed.Contains(helped), line);
                figures.Add(figure.Groups["name"].Value + figure.Groups["label"].Value, double.Parse(figure.Groups["value"].Value, CultureInfo.InvariantCulture));
            }
        }

        return figures;
    }

    [GeneratedRegex(@"^# HELP (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) \S.*$")]
    private static partial Regex Help();

    [GeneratedRegex("^# TYPE (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<type>gauge|counter)$")]
    private static partial Regex TypeOf();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<label>\{[a-zA-Z_][a-zA-Z0-9_]*="[^"\\\n]*"\})? (?<value>-?[0-9.]+(?:E[+-]?[0-9]+)?)$""")]
    private static partial Regex Figure();
}
