using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using BayEdge.Service.Configuring;
using BayEdge.Service.Tests.Hosting;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BayEdge.Service.Tests.Commissioning;

/// <summary>Two phones that began with the same: the slower one never undoes what the quicker one has saved.</summary>
public sealed class TwoPhonesTests : IAsyncLifetime
{
    private const string Configuration = """
        {
          "site": "sh-01", "device": "pi-01",
          "bays": [{ "id": "bay-01", "name": "1号工位" }, { "id": "bay-02", "name": "2号工位" }],
          "readers": [{ "id": "reader-1", "driver": "llrp", "address": "192.0.2.5", "antennas": [{ "port": 1, "bay": "bay-01" }] }],
          "cameras": [{ "id": "cam-1", "driver": "stream", "url": "rtsp://192.0.2.6/1", "zones": [{ "bay": "bay-01", "polygon": [[0.1,0.1],[0.9,0.1],[0.9,0.9],[0.1,0.9]] }] }]
        }
        """;

    private readonly TemporaryFolder _folder = new();
    private WebApplication _service = null!;
    private HttpClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Shown => _service.Services.GetRequiredService<ConfigurationKeeper>().Show();

    public async ValueTask InitializeAsync()
    {
        _service = RunningService.Build(_folder, Configuration);
        await _service.StartAsync(Cancellation);
        await _service.PartsAsync(Cancellation);
        _client = await _service.LogInAsync(Cancellation);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("POST", "bays", """{"bays":[{"id":"bay-01","name":"A"}],"from":BAYS}""", """{"bays":[{"id":"bay-01","name":"B"},{"id":"bay-02","name":"2号工位"}],"from":BAYS}""")]
    [InlineData("PUT", "readers", """{"id":"reader-2","driver":"llrp","address":"192.0.2.7","antennas":[{"port":1,"bay":"bay-01"}]}""", """{"id":"reader-2","driver":"llrp","address":"192.0.2.8","antennas":[{"port":1,"bay":"bay-01"}]}""")]
    [InlineData("POST", "readers/reader-1/antennas", """{"port":1,"bay":"bay-02","from":"bay-01"}""", """{"port":1,"bay":"bay-03","from":"bay-01"}""")]
    [InlineData("POST", "readers/reader-1/antennas", """{"port":2,"bay":"bay-02","from":""}""", """{"port":2,"bay":"bay-01","from":""}""")]
    [InlineData("PUT", "readers/reader-1/power", """{"dbm":20.5,"keep":true,"from":""}""", """{"dbm":25,"keep":true,"from":""}""")]
    [InlineData("PUT", "cameras/cam-1/zones", """{"bay":"bay-01","corners":[[0.2,0.2],[0.8,0.2],[0.8,0.8],[0.2,0.8]],"from":[[0.1,0.1],[0.9,0.1],[0.9,0.9],[0.1,0.9]]}""", """{"bay":"bay-01","corners":[[0.3,0.3],[0.7,0.3],[0.7,0.7],[0.3,0.7]],"from":[[0.1,0.1],[0.9,0.1],[0.9,0.9],[0.1,0.9]]}""")]
    [InlineData("PUT", "cameras/cam-1/zones", """{"bay":"bay-02","corners":[[0.2,0.2],[0.8,0.2],[0.8,0.8],[0.2,0.8]],"from":[]}""", """{"bay":"bay-02","corners":[[0.3,0.3],[0.7,0.3],[0.7,0.7],[0.3,0.7]],"from":[]}""")]
    public async Task What_another_phone_has_saved_since_is_not_undone_and_the_slower_one_is_told_in_words(string method, string path, string quicker, string slower)
    {
        using var first = await SendAsync(method, path, quicker);
        var saved = Shown;

        using var second = await SendAsync(method, path, slower);
        using var again = await SendAsync(method, path, quicker);

        Assert.True(first.IsSuccessStatusCode, await first.Content.ReadAsStringAsync(Cancellation));
        await AssertTooLateAsync(second);
        Assert.Equal(saved, Shown);

        // A phone that did not hear the answer sends the same once more.
        if (!path.EndsWith("power", StringComparison.Ordinal))
            Assert.True(again.IsSuccessStatusCode, await again.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal(saved, Shown);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_reader_whose_antennas_were_given_to_other_bays_meanwhile_is_not_removed()
    {
        var seen = JsonNode.Parse(Shown)!["readers"]![0]!.ToJsonString();
        using var mapped = await SendAsync("POST", "readers/reader-1/antennas", """{"port":1,"bay":"bay-02","from":"bay-01"}""");

        using var removed = await SendAsync("DELETE", "readers/reader-1", $$"""{"from":{{seen}}}""");

        await AssertTooLateAsync(removed);
        var now = JsonNode.Parse(Shown)!["readers"]![0]!.ToJsonString();
        using var known = await SendAsync("DELETE", "readers/reader-1", $$"""{"from":{{now}}}""");
        Assert.Equal(HttpStatusCode.NoContent, known.StatusCode);
    }

    [Fact(Timeout = 60_000)]
    public async Task Another_name_of_the_device_is_not_overwritten_by_whoever_saw_the_old_one_and_each_phone_may_correct_itself()
    {
        const string Old = """{"site":"sh-01","device":"pi-01"}""";
        await NameAsync("pi-02", $"[{Old}]");

        using var slower = await SendAsync("POST", "central", Request("pi-03", $"[{Old}]"));

        await AssertTooLateAsync(slower);
        Assert.Equal("pi-02", (string)JsonNode.Parse(Shown)!["device"]!);
        await NameAsync("pi-04", $$"""[{{Old}},{"site":"sh-01","device":"pi-02","url":null,"user":"","caFile":null}]""");
    }

    [Fact(Timeout = 60_000)]
    public async Task Changes_of_different_things_by_two_phones_at_once_both_hold()
    {
        var answers = await Task.WhenAll(Enumerable.Range(2, 6).Select(port => SendAsync("POST", "readers/reader-1/antennas", $$"""{"port":{{port}},"bay":"bay-02","from":""}""")));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode));
        Assert.Equal(7, JsonNode.Parse(Shown)!["readers"]![0]!["antennas"]!.AsArray().Count);
        foreach (var answer in answers)
            answer.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_sister_s_configuration_does_not_replace_what_was_changed_since_the_phone_looked()
    {
        var seen = _service.Services.GetRequiredService<ConfigurationKeeper>().Current.Revision;
        using var mapped = await SendAsync("POST", "readers/reader-1/antennas", """{"port":1,"bay":"bay-02"}""");

        using var adopted = await _client.PostAsJsonAsync(new Uri("/api/setup/adopt", UriKind.Relative), new { text = Configuration, revision = seen }, Cancellation);

        await AssertTooLateAsync(adopted);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_sister_s_backup_is_taken_over_without_the_passwords_within_her_addresses()
    {
        var sister = Configuration.Replace("pi-01", "pi-09", StringComparison.Ordinal).Replace("rtsp://", "rtsp://u:********@", StringComparison.Ordinal);

        using var adopted = await _client.PostAsJsonAsync(
            new Uri("/api/setup/adopt", UriKind.Relative), new { text = new JsonObject { ["product"] = "BayEdge", ["configuration"] = sister }.ToJsonString() }, Cancellation);

        Assert.True(adopted.IsSuccessStatusCode, await adopted.Content.ReadAsStringAsync(Cancellation));
        Assert.Contains("rtsp://u@192.0.2.6/1", Shown, StringComparison.Ordinal);
        Assert.Contains("cam-1.url", await _client.GetStringAsync(new Uri("/api/setup", UriKind.Relative), Cancellation), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _service.StopAsync(CancellationToken.None);
        await _service.DisposeAsync();
        _client.Dispose();
        _folder.Dispose();
    }

    private async Task NameAsync(string device, string from)
    {
        using var answer = await SendAsync("POST", "central", Request(device, from));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        while ((string?)JsonNode.Parse(Shown)!["device"] != device)
            await Task.Delay(TimeSpan.FromMilliseconds(50), Cancellation);
    }

    private static string Request(string device, string from) => $$"""{"site":"sh-01","device":"{{device}}","language":"en","anyway":true,"from":{{from}}}""";

    private static async Task AssertTooLateAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("setup.anotherFaster", (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!["says"]!["key"]!);
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string body)
    {
        var bays = """[{"id":"bay-01","name":"1号工位"},{"id":"bay-02","name":"2号工位"}]""";
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"/api/setup/{path}", UriKind.Relative));
        request.Content = new StringContent(body.Replace("BAYS", bays, StringComparison.Ordinal), System.Text.Encoding.UTF8, "application/json");
        return await _client.SendAsync(request, Cancellation);
    }
}
