using System.Net;
using BayEdge.Service.Access;
using BayEdge.Service.Hosting;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Builder;
using Serilog.Events;

namespace BayEdge.Service.Tests.Hosting;

public sealed class HttpsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whoever_comes_without_encryption_is_led_to_the_encrypted_page_of_the_same_name()
    {
        await using var service = await StartAsync();
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Host = "localhost";

        var answer = await client.GetAsync(new Uri(AddressOf(service, Uri.UriSchemeHttp), "/api/welcome?x=1"), Cancellation);

        Assert.Equal(HttpStatusCode.TemporaryRedirect, answer.StatusCode);
        Assert.Equal(new Uri($"https://localhost:{AddressOf(service, Uri.UriSchemeHttps).Port}/api/welcome?x=1"), answer.Headers.Location);
        await service.StopAsync(Cancellation);
    }

    [Fact]
    public async Task The_certificate_is_the_one_on_the_label_and_the_sessions_cookie_travels_encrypted_only()
    {
        await using var service = await StartAsync();
        string? shown = null;
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, certificate, _, _) =>
            {
                shown = DeviceCertificate.FingerprintOf(certificate!);
                return true;
            },
            UseCookies = false,
        };
        using var client = new HttpClient(handler) { BaseAddress = AddressOf(service, Uri.UriSchemeHttps) };

        using var answer = await client.PostAsync(
            new Uri("/api/claim", UriKind.Relative),
            new StringContent($$"""{ "code": "{{File.ReadAllText(_folder.File("claim-code")).Trim()}}", "password": "{{PageLogin.Pin}}" }""", System.Text.Encoding.UTF8, "application/json"),
            Cancellation);

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
        using var certificate = DeviceCertificate.Open(new DataFolder(_folder.Path));
        Assert.Equal(DeviceCertificate.FingerprintOf(certificate), shown);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        await service.StopAsync(Cancellation);
    }

    private async Task<WebApplication> StartAsync()
    {
        var service = PageHost.Build(new PageHostOptions
        {
            Configuration = new FileInfo(_folder.File("bayedge.json")),
            Folder = new DataFolder(_folder.Path),
            Pages = [new Uri("http://127.0.0.1:0"), new Uri("https://127.0.0.1:0")],
            BayClock = TimeProvider.System,
            NetworkClock = TimeProvider.System,
            ConsoleLevel = LogEventLevel.Fatal,
            Console = TextWriter.Null,
        });
        await service.StartAsync(Cancellation);
        return service;
    }

    private static Uri AddressOf(WebApplication service, string scheme) => service.Urls.Select(url => new Uri(url)).Single(url => url.Scheme == scheme);
}
