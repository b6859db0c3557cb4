using System.IO.Compression;
using BayEdge.Service.Access;
using BayEdge.Service.Configuring;
using BayEdge.Service.Tests.Hosting;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BayEdge.Service.Tests.Support;

public sealed class DiagnosticsBundleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task The_text_of_a_broken_file_does_not_leave_the_device_by_its_history_either()
    {
        await using var service = RunningService.Build(_folder, "{ \"password\": \"open sesame\"");
        await service.StartAsync(Cancellation);
        var keeper = service.Services.GetRequiredService<ConfigurationKeeper>();
        await keeper.ProposeAsync("""{ "site": "sh-01", "device": "pi-01", "bays": [{ "id": "bay-01" }] }""", "installer", "", null, Cancellation);
        Assert.Contains("open sesame", keeper.History()[1].Configuration, StringComparison.Ordinal);

        Assert.DoesNotContain("open sesame", await BundleAsync(service), StringComparison.Ordinal);
        await service.StopAsync(Cancellation);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_claim_code_that_a_device_makes_itself_is_printed_on_its_console_and_logged_nowhere()
    {
        await using var console = new StringWriter();
        await using var service = RunningService.Build(_folder, json: null, console: console);
        await service.StartAsync(Cancellation);
        var code = service.Services.GetRequiredService<ClaimCode>().Text;

        Assert.Contains(code, console.ToString(), StringComparison.Ordinal);
        var bundle = await BundleAsync(service);
        Assert.Contains("logs", bundle, StringComparison.Ordinal);
        Assert.DoesNotContain(code, bundle, StringComparison.Ordinal);
        await service.StopAsync(Cancellation);
    }

    private static async Task<string> BundleAsync(WebApplication service)
    {
        using var client = await service.LogInAsync(Cancellation);
        using var answer = await client.GetAsync(new Uri("/api/diagnostics", UriKind.Relative), Cancellation);
        await using var archive = new ZipArchive(await answer.Content.ReadAsStreamAsync(Cancellation));
        var texts = new List<string>();
        foreach (var entry in archive.Entries)
        {
            using var reader = new StreamReader(await entry.OpenAsync(Cancellation));
            texts.Add(await reader.ReadToEndAsync(Cancellation));
        }

        return string.Join('\n', texts);
    }
}
