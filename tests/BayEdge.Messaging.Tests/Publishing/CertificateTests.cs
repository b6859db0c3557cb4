using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Messaging.Publishing;
using BayEdge.TestKit;

namespace BayEdge.Messaging.Tests.Publishing;

/// <summary>A broker whose certificate comes from the workshop's own authority.</summary>
public sealed class CertificateTests : IDisposable
{
    private const int Limit = 60_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Limit)]
    public async Task The_authority_of_the_workshop_lets_the_device_trust_its_broker()
    {
        var cancelled = TestContext.Current.CancellationToken;
        var authority = await MakeAuthorityAsync("workshop", cancelled);
        await using var broker = await StartAsync("workshop", cancelled);

        await using var device = new Device(UrlOf(broker), options => options with { CertificateAuthorityFile = authority });
        await device.UntilAsync(() => device.Heard.Connections == 1, cancelled);

        Assert.Empty(device.Heard.Disconnections);
    }

    [Fact(Timeout = Limit)]
    public async Task Another_authority_does_not_and_the_sentence_names_the_setting()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await MakeAuthorityAsync("workshop", cancelled);
        var foreign = await MakeAuthorityAsync("foreign", cancelled);
        await using var broker = await StartAsync("workshop", cancelled);

        Assert.Matches($"^The broker {UrlOf(broker)} could not prove who it is: .*mqtt.caFile", await ProbeAsync(broker, foreign, cancelled));
        Assert.Matches($"^The broker {UrlOf(broker)} could not prove who it is: .*mqtt.caFile", await ProbeAsync(broker, null, cancelled));
    }

    [Theory(Timeout = Limit)]
    [InlineData(null)]
    [InlineData("no certificate")]
    public async Task A_file_without_an_authority_is_named(string? content)
    {
        var cancelled = TestContext.Current.CancellationToken;
        var file = _folder.File("absent.pem");
        if (content is not null)
            await File.WriteAllTextAsync(file, content, cancelled);
        await using var broker = await Mosquitto.StartAsync(cancelled);

        Assert.StartsWith($"The file '{file}' of mqtt.caFile gives no certificate authority", await ProbeAsync(broker, file, cancelled), StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit)]
    [InlineData(ClockState.Unsynced, "the certificate cannot be judged, because the device's clock is not set")]
    [InlineData(ClockState.Synced, "the broker's certificate is valid only from ")]
    public async Task A_certificate_of_the_future_is_told_as_the_clock_that_is_not_set(ClockState clock, string says)
    {
        var cancelled = TestContext.Current.CancellationToken;
        var authority = new WorkshopAuthority("workshop");
        var (certificate, key) = authority.Issue(_folder, null, DateTimeOffset.UtcNow.AddDays(400), DateTimeOffset.UtcNow.AddDays(500));
        await using var broker = await Mosquitto.StartAsync(cancelled, $"certfile {certificate}\nkeyfile {key}");
        await using var device = new Device(
            UrlOf(broker), options => options with { CertificateAuthorityFile = authority.Save(_folder), Clock = () => clock });

        await device.UntilAsync(() => !device.Heard.Disconnections.IsEmpty, cancelled);

        Assert.StartsWith($"The broker {UrlOf(broker)} could not prove who it is: {says}", device.Heard.Disconnections.First(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task An_authority_between_the_broker_and_that_of_the_workshop_is_passed()
    {
        var cancelled = TestContext.Current.CancellationToken;
        var root = new WorkshopAuthority("workshop");
        var between = new WorkshopAuthority("between", under: root);
        var (certificate, key) = between.Issue(_folder, null, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(90));
        await File.AppendAllTextAsync(certificate, $"\n{between.Pem}\n", cancelled);
        await using var broker = await Mosquitto.StartAsync(cancelled, $"certfile {certificate}\nkeyfile {key}");

        Assert.Null(await ProbeAsync(broker, root.Save(_folder), cancelled));
    }

    private static string UrlOf(MosquittoBroker broker) => $"mqtts://127.0.0.1:{broker.Port}";

    private static async Task<string?> ProbeAsync(MosquittoBroker broker, string? authority, CancellationToken cancellationToken)
    {
        Assert.True(BrokerAddress.TryParse(UrlOf(broker), out var address, out _));
        var options = new MqttPublisherOptions
        {
            Site = Device.Site,
            Device = Device.Name,
            Broker = address!,
            BootId = "boot-1",
            CertificateAuthorityFile = authority,
        };
        return await BrokerProbe.FindFaultAsync(options, TimeProvider.System, cancellationToken);
    }

    /// <summary>Mosquitto with a certificate for 127.0.0.1 from an authority that was made before.</summary>
    private async Task<MosquittoBroker> StartAsync(string authority, CancellationToken cancellationToken)
    {
        await OpenSslAsync(cancellationToken, "req", "-newkey", "rsa:2048", "-nodes", "-keyout", "broker.key", "-out", "broker.csr", "-subj", "/CN=broker");
        await File.WriteAllTextAsync(_folder.File("broker.ext"), "subjectAltName=IP:127.0.0.1\n", cancellationToken);
        await OpenSslAsync(
            cancellationToken, "x509", "-req", "-in", "broker.csr", "-CA", $"{authority}.pem", "-CAkey", $"{authority}.key", "-CAcreateserial",
            "-days", "2", "-extfile", "broker.ext", "-out", "broker.pem");
        return await Mosquitto.StartAsync(cancellationToken, $"certfile {_folder.File("broker.pem")}\nkeyfile {_folder.File("broker.key")}");
    }

    private async Task<string> MakeAuthorityAsync(string name, CancellationToken cancellationToken)
    {
        await OpenSslAsync(
            cancellationToken, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", $"{name}.key", "-out", $"{name}.pem", "-subj", $"/CN={name}");
        return _folder.File($"{name}.pem");
    }

    private async Task OpenSslAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/openssl"), "openssl is not installed; install Debian's package openssl.");
        var inFolder = arguments.Select(argument => argument.Contains('.', StringComparison.Ordinal) ? _folder.File(argument) : argument);
        var (exitCode, output) = await ToolProcess.RunAsync("openssl", inFolder, cancellationToken);
        Assert.True(exitCode == 0, output);
    }
}
