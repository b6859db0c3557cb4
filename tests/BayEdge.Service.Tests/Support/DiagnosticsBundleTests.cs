using System.IO.Compression;
using System.Text.Json;
using BayEdge.Service.Access;
using BayEdge.Service.Configuring;
using BayEdge.Service.Hosting;
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

    [Fact(Timeout = 120_000)]
    public async Task What_is_listed_before_is_what_is_in_the_file_and_what_a_person_leaves_out_is_not()
    {
        await using var service = await StartSecretiveAsync();
        using var client = await service.LogInAsync(Cancellation);
        using var listed = JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/diagnostics/contents", UriKind.Relative), Cancellation));
        var names = listed.RootElement.EnumerateArray().Select(part => part.GetProperty("name").GetString()!).ToList();
        Assert.Contains("recording.zip", names);
        Assert.Contains(names, name => name.StartsWith("logs/", StringComparison.Ordinal));

        var whole = await EntriesAsync(client, "");
        var parted = await EntriesAsync(client, $"?without={Uri.EscapeDataString("recording.zip,events.json,audit.jsonl")}");

        Assert.Equal([.. names, "CONTENTS.txt"], whole.Select(entry => entry.Name));
        Assert.Equal([.. names.Except(["recording.zip", "events.json", "audit.jsonl"]), "CONTENTS.txt"], parted.Select(entry => entry.Name));
        Assert.EndsWith($"\n{string.Join('\n', parted.SkipLast(1).Select(entry => entry.Name))}\n", parted[^1].Text, StringComparison.Ordinal);
        await service.StopAsync(Cancellation);
    }

    [Fact(Timeout = 120_000)]
    public async Task No_password_of_reader_camera_or_broker_is_in_the_file_whatever_was_changed_and_logged()
    {
        await using var service = await StartSecretiveAsync();
        using var client = await service.LogInAsync(Cancellation);
        var keeper = service.Services.GetRequiredService<ConfigurationKeeper>();
        await keeper.ProposeAsync(keeper.Show().Replace("1号工位", "门口", StringComparison.Ordinal), "installer", "", null, Cancellation);
        await service.PartsAsync(Cancellation);
        // Each source has failed once and said so in the log.
        while (service.Services.GetRequiredService<RuntimeKeeper>().Runtime?.Board.Sources().All(source => source.Since is not null && !source.Up) != true)
            await Task.Delay(100, Cancellation);

        var bundle = await EntriesAsync(client, "");

        Assert.True(bundle.Count > 6);
        Assert.Equal([], bundle.Where(entry => entry.Text.Contains("hunter2", StringComparison.OrdinalIgnoreCase)).Select(entry => entry.Name));
        await service.StopAsync(Cancellation);
    }

    private async Task<WebApplication> StartSecretiveAsync()
    {
        var service = RunningService.Build(_folder, SecretiveDevice.Configuration, SecretiveDevice.Secrets);
        await service.StartAsync(Cancellation);
        await service.PartsAsync(Cancellation);
        return service;
    }

    private static async Task<string> BundleAsync(WebApplication service)
    {
        using var client = await service.LogInAsync(Cancellation);
        return string.Join('\n', (await EntriesAsync(client, "")).Select(entry => entry.Text));
    }

    // A file that is packed once more is unpacked too: its bytes alone would hide what stands in it.
    private static async Task<IReadOnlyList<(string Name, string Text)>> EntriesAsync(HttpClient client, string query)
    {
        using var answer = await client.GetAsync(new Uri($"/api/diagnostics{query}", UriKind.Relative), Cancellation);
        return await EntriesAsync(await answer.Content.ReadAsStreamAsync(Cancellation));
    }

    private static async Task<IReadOnlyList<(string Name, string Text)>> EntriesAsync(Stream zip)
    {
        await using var archive = new ZipArchive(zip);
        var entries = new List<(string, string)>();
        foreach (var entry in archive.Entries)
        {
            using var content = new MemoryStream();
            await using (var opened = await entry.OpenAsync(Cancellation))
                await opened.CopyToAsync(content, Cancellation);
            content.Position = 0;
            entries.Add((entry.FullName, entry.Name.EndsWith(".zip", StringComparison.Ordinal)
                ? string.Join('\n', (await EntriesAsync(content)).Select(inner => inner.Text))
                : await TextOfAsync(entry.Name, content)));
        }

        return entries;
    }

    private static async Task<string> TextOfAsync(string name, Stream content)
    {
        await using var plain = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(content, CompressionMode.Decompress) : content;
        using var reader = new StreamReader(plain);
        return await reader.ReadToEndAsync(Cancellation);
    }
}
