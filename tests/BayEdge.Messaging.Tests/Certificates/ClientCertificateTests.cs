using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BayEdge.Core.Configuration;
using BayEdge.Messaging.Publishing;
using BayEdge.Messaging.Tests.Publishing;
using BayEdge.TestKit;

namespace BayEdge.Messaging.Tests.Certificates;

/// <summary>A broker that lets nobody in without a certificate of the workshop's authority.</summary>
public sealed class ClientCertificateTests : IDisposable
{
    private const int Limit = 60_000;

    private readonly TemporaryFolder _folder = new();
    private readonly WorkshopAuthority _authority = new("workshop");
    private readonly string _authorityFile;

    public ClientCertificateTests() => _authorityFile = _authority.Save(_folder);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Limit)]
    public async Task Certificate_and_key_let_the_device_in()
    {
        await using var broker = await StartAsync();
        var (certificate, key) = Issue("first");

        await using var device = new Device(UrlOf(broker), options => With(options, certificate, key));
        await device.UntilAsync(() => device.Heard.Connections == 1, Cancelled);

        Assert.Contains("u'first'", broker.Log, StringComparison.Ordinal);
        Assert.Empty(device.Heard.Disconnections);
    }

    [Theory(Timeout = Limit)]
    [InlineData(null)]
    [InlineData("opens")]
    public async Task A_pfx_file_lets_the_device_in(string? password)
    {
        await using var broker = await StartAsync();
        var (certificate, key) = Issue("first");
        using var pair = X509Certificate2.CreateFromPemFile(certificate, key);
        var file = Private("device.pfx", pair.Export(X509ContentType.Pkcs12, password));

        Assert.Null(await ProbeAsync(broker, options => With(options, file, null) with { Secrets = new Secrets { MqttKeyPassword = password } }));
    }

    [Fact(Timeout = Limit)]
    public async Task A_locked_key_opens_with_its_password_only()
    {
        await using var broker = await StartAsync();
        var (certificate, key) = Issue("first");
        using var plain = ECDsa.Create();
        plain.ImportFromPem(await File.ReadAllTextAsync(key, Cancelled));
        await File.WriteAllTextAsync(
            key, plain.ExportEncryptedPkcs8PrivateKeyPem("opens", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)), Cancelled);

        Assert.Null(await ProbeAsync(broker, options => With(options, certificate, key) with { Secrets = new Secrets { MqttKeyPassword = "opens" } }));
        foreach (var wrong in (string?[])[null, "wrong"])
        {
            Assert.Equal(
                $"The private key in {key} is locked: put its password into the secrets file as mqttKeyPassword, and check it where it is there.",
                await ProbeAsync(broker, options => With(options, certificate, key) with { Secrets = new Secrets { MqttKeyPassword = wrong } }));
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Without_a_certificate_the_device_says_that_the_broker_wants_one()
    {
        await using var broker = await StartAsync();

        Assert.StartsWith("The broker wants a certificate of this device", await ProbeAsync(broker, options => options with { CertificateAuthorityFile = _authorityFile }), StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit)]
    [InlineData(-9, -2, "which ran out on ")]
    [InlineData(2, 9, "which is valid only from ")]
    public async Task A_certificate_out_of_its_time_is_named_as_that(int fromDays, int toDays, string says)
    {
        await using var broker = await StartAsync();
        var (certificate, key) = Issue("first", fromDays, toDays);

        Assert.StartsWith($"The broker did not accept our certificate {certificate}, {says}", await ProbeAsync(broker, options => With(options, certificate, key)), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_certificate_of_another_authority_is_not_accepted_and_the_sentence_names_the_authority()
    {
        await using var broker = await StartAsync();
        var (certificate, key) = new WorkshopAuthority("foreign").Issue(_folder, "first", DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(90), "device");

        Assert.StartsWith($"The broker did not accept our certificate {certificate}, issued by foreign", await ProbeAsync(broker, options => With(options, certificate, key)), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Files_that_are_of_no_use_are_named()
    {
        await using var broker = await StartAsync();
        var (certificate, key) = Issue("first");
        var (other, otherKey) = _authority.Issue(_folder, "other", DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(9), "other");
        var rsaKey = Private("rsa.key", System.Text.Encoding.ASCII.GetBytes(RSA.Create().ExportPkcs8PrivateKeyPem()));

        await AssertFaultAsync(broker, _folder.File("absent.pem"), key, $"The file {_folder.File("absent.pem")} of mqtt.certFile cannot be read");
        await AssertFaultAsync(broker, certificate, _folder.File("absent.key"), $"The file {_folder.File("absent.key")} of mqtt.keyFile cannot be read");
        await AssertFaultAsync(broker, key, key, $"The file {key} of mqtt.certFile holds no certificate");
        await AssertFaultAsync(broker, certificate, null, $"The file {certificate} holds no private key", mode: UnixFileMode.UserRead);
        await AssertFaultAsync(broker, other, key, $"The private key in {key} does not fit the certificate in {other}");
        await AssertFaultAsync(broker, other, rsaKey, $"The private key in {rsaKey} does not fit the certificate in {other}");
        await AssertFaultAsync(broker, Private("no.pfx", "no"u8), null, $"The file {_folder.File("no.pfx")} of mqtt.certFile does not open as PFX");
        File.SetUnixFileMode(otherKey, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        await AssertFaultAsync(broker, other, otherKey, $"Others than its owner may read the device's private key in {otherKey}");
    }

    [Fact(Timeout = Limit)]
    public async Task A_renewed_certificate_is_taken_while_the_device_runs()
    {
        await using var broker = await StartAsync();
        var (certificate, key) = Issue("first", toDays: 3);
        await using var device = new Device(UrlOf(broker), options => With(options, certificate, key));
        await device.UntilAsync(() => device.Heard.Connections == 1 && device.Heard.Dangers.Count == 1, Cancelled);
        Assert.StartsWith($"Our certificate '{certificate}' for the broker runs out on ", device.Heard.Dangers[0], StringComparison.Ordinal);

        Issue("second");
        await device.UntilAsync(() => device.Heard.Connections == 2 && device.Heard.Dangers.Count == 0, Cancelled);

        Assert.Contains("u'second'", broker.Log, StringComparison.Ordinal);
        Assert.Equal(1, device.Log.Count(4017));
        Assert.Empty(device.Heard.Disconnections);
    }

    [Fact(Timeout = Limit)]
    public async Task A_certificate_whose_key_has_not_come_yet_or_that_the_broker_refuses_leaves_the_connection_alone()
    {
        await using var broker = await StartAsync();
        var (certificate, key) = Issue("first");
        await using var device = new Device(UrlOf(broker), options => With(options, certificate, key));
        await device.UntilAsync(() => device.Heard.Connections == 1, Cancelled);

        var (next, nextKey) = _authority.Issue(_folder, "second", DateTimeOffset.UtcNow.AddDays(-9), DateTimeOffset.UtcNow.AddDays(-2), "next");
        File.Move(next, certificate, overwrite: true);
        await device.UntilAsync(() => device.Log.Count(4018) == 1, Cancelled);
        Assert.Contains("does not fit the certificate", device.Log.ToString(), StringComparison.Ordinal);

        File.Move(nextKey, key, overwrite: true);
        await device.UntilAsync(() => device.Log.Count(4018) == 2, Cancelled);
        Assert.Contains("which ran out on", device.Log.ToString(), StringComparison.Ordinal);
        device.Store(1);
        await using var central = await CentralSystem.StartAsync(PlainPort, Cancelled);
        await device.UntilEmptyAsync(Cancelled);

        Assert.Equal(1, device.Heard.Connections);
    }

    private int PlainPort { get; } = LoopbackPorts.Free();

    private static string UrlOf(MosquittoBroker broker) => $"mqtts://localhost:{broker.Port}";

    private MqttPublisherOptions With(MqttPublisherOptions options, string certificate, string? key) => options with
    {
        CertificateAuthorityFile = _authorityFile,
        ClientCertificateFile = certificate,
        ClientKeyFile = key,
        CertificateInterval = TimeSpan.FromMilliseconds(200),
    };

    private (string Certificate, string Key) Issue(string name, int fromDays = -1, int toDays = 90) =>
        _authority.Issue(_folder, name, DateTimeOffset.UtcNow.AddDays(fromDays), DateTimeOffset.UtcNow.AddDays(toDays), "device");

    private string Private(string name, ReadOnlySpan<byte> content)
    {
        File.WriteAllBytes(_folder.File(name), content);
        File.SetUnixFileMode(_folder.File(name), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return _folder.File(name);
    }

    private Task<MosquittoBroker> StartAsync()
    {
        var (certificate, key) = _authority.Issue(_folder, null, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(90));
        return MosquittoBroker.StartAsync(
            (port, _) => Task.FromResult(
                $"""
                 per_listener_settings true
                 user root
                 listener {PlainPort} 127.0.0.1
                 allow_anonymous true
                 listener {port} 127.0.0.1
                 cafile {_authorityFile}
                 certfile {certificate}
                 keyfile {key}
                 require_certificate true
                 use_identity_as_username true

                 """),
            Cancelled);
    }

    private async Task AssertFaultAsync(MosquittoBroker broker, string certificate, string? key, string sentence, UnixFileMode? mode = null)
    {
        if (mode is { } wanted)
            File.SetUnixFileMode(certificate, wanted);
        Assert.StartsWith(sentence, await ProbeAsync(broker, options => With(options, certificate, key)), StringComparison.Ordinal);
    }

    private static Task<string?> ProbeAsync(MosquittoBroker broker, Func<MqttPublisherOptions, MqttPublisherOptions> adjust)
    {
        Assert.True(Contracts.BrokerAddress.TryParse(UrlOf(broker), out var address, out _));
        return BrokerProbe.FindFaultAsync(
            adjust(new MqttPublisherOptions { Site = Device.Site, Device = Device.Name, Broker = address!, BootId = "boot-1" }), TimeProvider.System, Cancelled);
    }
}
