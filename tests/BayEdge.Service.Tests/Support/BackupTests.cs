using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using BayEdge.Service.Configuring;
using BayEdge.Service.Hosting;
using BayEdge.Service.Support;
using BayEdge.Service.Tests.Hosting;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BayEdge.Service.Tests.Support;

public sealed class BackupTests : IDisposable
{
    private const string Password = "a word that only I know";

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _other = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(Password)]
    public async Task No_secret_can_be_read_in_a_backup_whatever_its_password(string? password)
    {
        var backup = (await BackUpAsync(password)).ToJsonString();

        Assert.Contains("reader-1", backup, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", backup, StringComparison.Ordinal);
        Assert.Equal(password == Password, JsonNode.Parse(backup)!["secrets"] is not null);
    }

    [Fact(Timeout = 120_000)]
    public async Task With_its_password_a_backup_makes_another_device_what_the_first_was_with_every_secret()
    {
        var backup = await BackUpAsync(Password);
        await using var another = await StartAsync(_other, json: null);
        using var client = await another.LogInAsync(Cancellation);

        using var answer = await RestoreAsync(client, backup, Password);

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        var current = another.Services.GetRequiredService<ConfigurationKeeper>().Current;
        Assert.Equal(SecretiveDevice.OfBroker, current.Secrets.MqttPassword);
        Assert.Equal(SecretiveDevice.OfReader, current.Secrets.Find("reader-1", "password"));
        Assert.Contains(SecretiveDevice.OfCamera, await File.ReadAllTextAsync(_other.File("bayedge.json"), Cancellation), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_other.File("secrets.json")));
        Assert.DoesNotContain("hunter2", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        await another.StopAsync(Cancellation);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_backup_of_a_version_that_sealed_the_secrets_alone_is_still_restored()
    {
        await using var service = await StartAsync(_folder, SecretiveDevice.Configuration, SecretiveDevice.Secrets);
        using var client = await service.LogInAsync(Cancellation);
        var backup = await BackUpAsync(client, password: null);
        backup["secrets"] = JsonSerializer.SerializeToNode(SealedSecrets.Seal(SecretiveDevice.Secrets.Replace(SecretiveDevice.OfBroker, "of then", StringComparison.Ordinal), Password), JsonSerializerOptions.Web);

        using var answer = await RestoreAsync(client, backup, Password);

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("of then", service.Services.GetRequiredService<ConfigurationKeeper>().Current.Secrets.MqttPassword);
        await service.StopAsync(Cancellation);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("another word")]
    [InlineData("")]
    [InlineData(null)]
    public async Task With_another_password_nothing_is_restored_and_the_device_says_why(string? password)
    {
        var backup = await BackUpAsync(Password);
        await using var another = await StartAsync(_other, json: null);
        using var client = await another.LogInAsync(Cancellation);

        using var answer = await RestoreAsync(client, backup, password);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(PageTexts.WrongBackupPassword.With().Text, await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Null(another.Services.GetRequiredService<ConfigurationKeeper>().Current.Configuration);
        await another.StopAsync(Cancellation);
    }

    [Fact(Timeout = 120_000)]
    public async Task On_the_device_that_made_it_a_backup_without_secrets_takes_a_change_back_and_leaves_the_secrets()
    {
        await using var service = await StartAsync(_folder, SecretiveDevice.Configuration, SecretiveDevice.Secrets);
        using var client = await service.LogInAsync(Cancellation);
        var backup = await BackUpAsync(client, password: null);
        var keeper = service.Services.GetRequiredService<ConfigurationKeeper>();
        var changed = await keeper.ProposeAsync(keeper.Show().Replace("1号工位", "门口", StringComparison.Ordinal), "installer", "", null, Cancellation);
        Assert.True(changed.Applied);

        using var answer = await RestoreAsync(client, backup, password: null);

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        Assert.Equal("1号工位", keeper.Current.Configuration!.Bays[0].Name);
        Assert.Equal(SecretiveDevice.OfBroker, keeper.Current.Secrets.MqttPassword);
        Assert.Equal(SecretiveDevice.OfReader, keeper.Current.Secrets.Find("reader-1", "password"));
        await service.StopAsync(Cancellation);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_device_without_a_configuration_has_nothing_to_back_up_and_takes_no_other_file_for_a_backup()
    {
        await using var service = await StartAsync(_folder, json: null);
        using var client = await service.LogInAsync(Cancellation);

        using var backup = await client.PostAsJsonAsync(new Uri("/api/backup", UriKind.Relative), new { password = Password }, Cancellation);
        using var restore = await RestoreAsync(client, new JsonObject { ["product"] = "Another", ["configuration"] = "{}" }, password: null);

        Assert.Equal(HttpStatusCode.Conflict, backup.StatusCode);
        Assert.Contains(PageTexts.NothingToBackUp.With().Text, await backup.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, restore.StatusCode);
        Assert.Contains(PageTexts.NoBackup.With().Text, await restore.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        await service.StopAsync(Cancellation);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _other.Dispose();
    }

    private static async Task<WebApplication> StartAsync(TemporaryFolder folder, string? json, string? secrets = null)
    {
        var service = RunningService.Build(folder, json, secrets);
        await service.StartAsync(Cancellation);
        return service;
    }

    private async Task<JsonObject> BackUpAsync(string? password)
    {
        await using var service = await StartAsync(_folder, SecretiveDevice.Configuration, SecretiveDevice.Secrets);
        using var client = await service.LogInAsync(Cancellation);
        var backup = await BackUpAsync(client, password);
        await service.StopAsync(Cancellation);
        return backup;
    }

    private static async Task<JsonObject> BackUpAsync(HttpClient client, string? password)
    {
        using var answer = await client.PostAsJsonAsync(new Uri("/api/backup", UriKind.Relative), new { password }, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
    }

    private static Task<HttpResponseMessage> RestoreAsync(HttpClient client, JsonObject backup, string? password) =>
        client.PostAsJsonAsync(new Uri("/api/restore", UriKind.Relative), new { backup, password }, Cancellation);
}
