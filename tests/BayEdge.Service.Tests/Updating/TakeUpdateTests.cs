using System.Net;
using System.Text.Json;
using BayEdge.Service.Tests.Hosting;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Builder;

namespace BayEdge.Service.Tests.Updating;

/// <summary>An installer gives the page a file.</summary>
public sealed class TakeUpdateTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly SignedUpdate _updates = new();
    private HttpClient _client = new();
    private WebApplication? _service;

    private string Program => Directory.CreateDirectory(_folder.File("program")).FullName;

    private string Wanted => Path.Combine(_folder.Path, "update", "wanted.update");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(Program, "update-key.pem"), _updates.PublicPem, Cancellation);
        _service = RunningService.Build(_folder, json: null, program: new DirectoryInfo(Program));
        await _service.StartAsync(Cancellation);
        _client = await _service.LogInAsync(Cancellation);
    }

    [Fact]
    public async Task A_newer_version_is_laid_down_for_its_installer_with_what_did_not_work_before()
    {
        var update = _updates.Make("77.1.0");

        var (status, answer) = await GiveAsync(update);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(answer.GetProperty("underWay").GetBoolean());
        Assert.Equal("update.waiting", answer.GetProperty("last").GetProperty("key").GetString());
        Assert.Equal(update, await File.ReadAllBytesAsync(Wanted, Cancellation));
        Assert.Contains("configurationMissing", await File.ReadAllTextAsync(Path.Combine(_folder.Path, "update", "faults.json"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_one_is_under_way_no_other_is_taken()
    {
        await GiveAsync(_updates.Make("77.1.0"));

        await AssertRefusedAsync("update.underWay", _updates.Make("78.0.0"));
        Assert.Equal(_updates.Make("77.1.0").Length, new FileInfo(Wanted).Length);
    }

    [Fact]
    public async Task A_file_that_nobody_fetches_is_said_to_lie_there_and_another_may_take_its_place()
    {
        await GiveAsync(_updates.Make("77.1.0"));
        File.SetLastWriteTimeUtc(Wanted, DateTime.UnixEpoch);

        var shown = await ShowAsync();
        Assert.Equal("update.notFetched", shown.GetProperty("last").GetProperty("key").GetString());
        Assert.False(shown.GetProperty("underWay").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, (await GiveAsync(_updates.Make("78.0.0"))).Status);
    }

    [Fact]
    public async Task What_should_not_be_installed_is_refused_in_words_and_leaves_nothing()
    {
        using var stranger = new SignedUpdate();
        var cut = _updates.Make("77.1.0")[..2000];

        await AssertRefusedAsync("update.signature", stranger.Make("77.1.0"));
        await AssertRefusedAsync("update.computer", _updates.Make("77.1.0", runtime: "linux-s390x"));
        await AssertRefusedAsync("update.older", _updates.Make("0.0.1"));
        await AssertRefusedAsync("update.damaged", _updates.Make("77.1.0", spoil: true));
        await AssertRefusedAsync("update.unreadable", _updates.Make("later"));
        await AssertRefusedAsync("update.unreadable", cut);
        await AssertRefusedAsync("update.unreadable", []);
        await AssertRefusedAsync("update.unreadable", [.. Enumerable.Repeat((byte)'{', 5000)]);

        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder.Path, "update")));
    }

    [Fact]
    public async Task A_file_larger_than_other_requests_may_be_is_taken()
    {
        var large = _updates.Make("77.1.0", program: new Dictionary<string, string> { ["bayedge"] = Noise(5_000_000) });
        Assert.InRange(large.Length, 2_000_000, 10_000_000);

        Assert.Equal(HttpStatusCode.OK, (await GiveAsync(large)).Status);
    }

    [Fact]
    public async Task A_device_without_a_key_takes_none_and_says_so()
    {
        File.Delete(Path.Combine(Program, "update-key.pem"));

        await AssertRefusedAsync("update.off", _updates.Make("77.1.0"));
        Assert.False((await ShowAsync()).GetProperty("allowed").GetBoolean());
    }

    [Theory]
    [InlineData("waiting", "", true, "update.waiting")]
    [InlineData("trial", "", true, "update.trial")]
    [InlineData("done", "", false, "update.done")]
    [InlineData("reverted", "start", false, "update.start")]
    [InlineData("reverted", "work", false, "update.work")]
    [InlineData("refused", "disk", false, "update.disk")]
    public async Task What_became_of_the_last_one_is_told(string phase, string reason, bool underWay, string key)
    {
        await File.WriteAllTextAsync(Path.Combine(Program, "update.json"), $$"""{"phase":"{{phase}}","from":"1.0.0","to":"1.1.0","reason":"{{reason}}","at":"2026-03-01T10:00:00Z"}""", Cancellation);

        var shown = await ShowAsync();

        Assert.Equal(key, shown.GetProperty("last").GetProperty("key").GetString());
        Assert.Equal(underWay, shown.GetProperty("underWay").GetBoolean());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _service!.StopAsync(CancellationToken.None);
        await _service.DisposeAsync();
        _updates.Dispose();
        _folder.Dispose();
    }

    private static string Noise(int length)
    {
        var bytes = new byte[length];
        new Random(1).NextBytes(bytes);
        return Convert.ToBase64String(bytes);
    }

    private async Task AssertRefusedAsync(string key, byte[] file)
    {
        var (status, answer) = await GiveAsync(file);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(key, answer.GetProperty("says").GetProperty("key").GetString());
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> GiveAsync(byte[] file)
    {
        using var content = new ByteArrayContent(file);
        using var answer = await _client.PostAsync(new Uri("/api/update", UriKind.Relative), content, Cancellation);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation)));
    }

    private async Task<JsonElement> ShowAsync() => JsonElement.Parse(await _client.GetStringAsync(new Uri("/api/update", UriKind.Relative), Cancellation));
}
