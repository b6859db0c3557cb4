using System.Net;
using System.Net.Sockets;
using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Core.Commissioning;
using BayEdge.Core.Configuration;
using BayEdge.Messaging.Ladder;
using BayEdge.Messaging.Publishing;
using BayEdge.Messaging.Tests.Publishing;
using BayEdge.TestKit;

namespace BayEdge.Messaging.Tests.Ladder;

/// <summary>The way to a real broker, with each rung made to fail in turn.</summary>
public sealed class BrokerLadderTests : IDisposable
{
    private const int Limit = 60_000;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = Limit)]
    public async Task A_sound_way_over_tls_is_climbed_to_the_top_with_the_time_of_each_rung()
    {
        var authority = new WorkshopAuthority("workshop");
        await using var broker = await StartTlsAsync(authority);

        var rungs = await ClimbAsync($"mqtts://localhost:{broker.Port}", authority.Save(_folder));

        Assert.Equal(BrokerLadder.Rungs, rungs.Select(rung => rung.Id));
        Assert.All(rungs, rung => Assert.Equal(StepState.Ok, rung.State));
        Assert.All(rungs.Where(rung => rung.Id != BrokerLadder.Clock), rung => Assert.NotNull(rung.Milliseconds));
        Assert.Matches(@"^certificate for localhost, 127\.0\.0\.1 from workshop, valid until \d{4}-\d\d-\d\d$", rungs[2].Says.Text);
    }

    [Fact(Timeout = Limit)]
    public async Task A_way_without_tls_works_and_is_warned_of()
    {
        await using var broker = await Mosquitto.StartAsync(Cancelled);

        var rungs = await ClimbAsync(broker.Url);

        Assert.Equal([.. BrokerLadder.Rungs], rungs.Select(rung => rung.Id));
        Assert.Equal(StepState.Warning, rungs[2].State);
        Assert.DoesNotContain(rungs, rung => rung.State == StepState.Failed);
    }

    [Fact(Timeout = Limit)]
    public async Task An_unknown_name_ends_the_climb_at_the_first_rung() => AssertFails(
        await ClimbAsync("mqtt://broker.invalid:1883"), BrokerLadder.Dns, "the name broker.invalid is not known here");

    [Fact(Timeout = Limit)]
    public async Task A_port_on_which_nothing_listens_ends_it_at_the_connection()
    {
        var port = LoopbackPorts.Free();

        AssertFails(await ClimbAsync($"mqtt://127.0.0.1:{port}"), BrokerLadder.Tcp, $"127.0.0.1 is there, but nothing listens on port {port}");
    }

    [Fact(Timeout = Limit)]
    public async Task A_proxy_that_takes_the_connection_and_says_nothing_is_told()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        var proxy = new ProxyAddress("127.0.0.1", ((IPEndPoint)mute.LocalEndpoint).Port);

        AssertFails(
            await ClimbAsync("mqtt://broker.invalid:1883", limit: TimeSpan.FromSeconds(1), proxy: proxy),
            BrokerLadder.Tcp,
            $"what listens at {proxy} does not answer as an HTTP proxy");
    }

    [Fact(Timeout = Limit)]
    public async Task A_port_without_tls_shows_no_certificate()
    {
        await using var broker = await Mosquitto.StartAsync(Cancelled);

        AssertFails(await ClimbAsync($"mqtts://127.0.0.1:{broker.Port}"), BrokerLadder.Tls, $"what listens on port {broker.Port} shows no certificate");
    }

    [Fact(Timeout = Limit)]
    public async Task A_certificate_that_ran_out_is_told_from_a_clock_that_is_not_set()
    {
        var authority = new WorkshopAuthority("workshop");
        await using var broker = await StartTlsAsync(authority, fromDays: -20, toDays: -1);
        var (url, file) = ($"mqtts://localhost:{broker.Port}", authority.Save(_folder));

        AssertFails(await ClimbAsync(url, file), BrokerLadder.Tls, "the broker's certificate ran out on ");
        AssertFails(await ClimbAsync(url, file, clock: ClockState.Unsynced), BrokerLadder.Tls, "the certificate cannot be judged, because the device's clock is not set");
    }

    [Fact(Timeout = Limit)]
    public async Task A_certificate_of_the_future_says_that_one_of_the_two_clocks_is_wrong()
    {
        var authority = new WorkshopAuthority("workshop");
        await using var broker = await StartTlsAsync(authority, fromDays: 2, toDays: 9);

        AssertFails(await ClimbAsync($"mqtts://localhost:{broker.Port}", authority.Save(_folder)), BrokerLadder.Tls, "the broker's certificate is valid only from ");
    }

    [Fact(Timeout = Limit)]
    public async Task A_certificate_for_another_name_says_for_which()
    {
        var authority = new WorkshopAuthority("workshop");
        await using var broker = await StartTlsAsync(authority, name: "mqtt.example.com");

        AssertFails(
            await ClimbAsync($"mqtts://localhost:{broker.Port}", authority.Save(_folder)), BrokerLadder.Tls, "the certificate is for mqtt.example.com, not for localhost");
    }

    [Fact(Timeout = Limit)]
    public async Task An_authority_that_the_device_does_not_know_is_named()
    {
        await using var broker = await StartTlsAsync(new WorkshopAuthority("foreign"));

        AssertFails(
            await ClimbAsync($"mqtts://localhost:{broker.Port}", new WorkshopAuthority("workshop").Save(_folder)),
            BrokerLadder.Tls,
            "the certificate comes from foreign, whom this device does not know");
    }

    [Fact(Timeout = Limit)]
    public async Task A_file_without_an_authority_is_named()
    {
        var authority = new WorkshopAuthority("workshop");
        await using var broker = await StartTlsAsync(authority);

        AssertFails(await ClimbAsync($"mqtts://localhost:{broker.Port}", _folder.File("absent.pem")), BrokerLadder.Tls, $"the file {_folder.File("absent.pem")} gives no");
    }

    [Theory(Timeout = Limit)]
    [InlineData("device", "wrong", "the broker refuses the user device")]
    [InlineData(null, null, "the broker wants a user name and password")]
    public async Task A_refused_login_says_whether_the_account_is_wrong_or_missing(string? user, string? password, string sentence)
    {
        await using var broker = await StartWithAccountsAsync("topic readwrite bayedge/v1/sh-01/pi-01/#");

        AssertFails(await ClimbAsync(broker.Url, secrets: new Secrets { MqttUser = user, MqttPassword = password }), BrokerLadder.Login, sentence);
    }

    [Fact(Timeout = Limit)]
    public async Task What_does_not_speak_mqtt_is_found_at_the_login()
    {
        await using var web = new DatingWebServer(TimeSpan.Zero);

        AssertFails(await ClimbAsync($"mqtt://127.0.0.1:{web.Port}"), BrokerLadder.Login, $"what listens on port {web.Port} does not speak MQTT here");
    }

    [Fact(Timeout = Limit)]
    public async Task A_frozen_broker_is_given_up_at_the_login()
    {
        await using var broker = await Mosquitto.StartAsync(Cancelled);
        broker.Freeze();

        AssertFails(await ClimbAsync(broker.Url, limit: TimeSpan.FromSeconds(1)), BrokerLadder.Login, "the broker did not answer within 1 s");
    }

    [Fact(Timeout = Limit)]
    public async Task A_device_that_may_not_write_fails_at_the_publishing()
    {
        await using var broker = await StartWithAccountsAsync("topic read bayedge/v1/sh-01/pi-01/#");

        AssertFails(await ClimbAsync(broker.Url, secrets: Account), BrokerLadder.Publish, "the broker does not let this device write bayedge/v1/sh-01/pi-01/echo");
    }

    [Fact(Timeout = Limit)]
    public async Task A_device_that_may_not_hear_itself_fails_at_the_echo()
    {
        await using var broker = await StartWithAccountsAsync("topic write bayedge/v1/sh-01/pi-01/#");

        AssertFails(await ClimbAsync(broker.Url, secrets: Account, limit: TimeSpan.FromSeconds(1)), BrokerLadder.Echo, "the message did not come back");
    }

    [Theory(Timeout = Limit)]
    [InlineData(0, StepState.Ok, @"^the device's clock and the server's differ by \d+ ms$")]
    [InlineData(-90, StepState.Warning, @"^the device's clock and the server's differ by (89|90)(\.\d)? s: give both the same time server$")]
    public async Task The_clocks_are_compared_by_ntp(int aheadSeconds, StepState state, string sentence)
    {
        await using var broker = await Mosquitto.StartAsync(Cancelled);
        await using var server = new NtpServer(TimeSpan.FromSeconds(aheadSeconds));

        var rung = (await ClimbAsync(broker.Url, timePort: server.Port))[^1];

        Assert.Equal(state, rung.State);
        Assert.Matches(sentence, rung.Says.Text);
    }

    [Theory(Timeout = Limit)]
    [InlineData(0, StepState.Ok)]
    [InlineData(300, StepState.Warning)]
    public async Task Where_no_ntp_answers_the_web_servers_date_is_taken(int aheadSeconds, StepState state)
    {
        await using var broker = await Mosquitto.StartAsync(Cancelled);
        await using var web = new DatingWebServer(TimeSpan.FromSeconds(aheadSeconds));

        Assert.Equal(state, (await ClimbAsync(broker.Url, webPort: web.Port))[^1].State);
    }

    [Theory(Timeout = Limit)]
    [InlineData(ClockState.Synced, StepState.Ok)]
    [InlineData(ClockState.Unsynced, StepState.Warning)]
    public async Task A_server_that_tells_no_time_is_said_to(ClockState clock, StepState state)
    {
        await using var broker = await Mosquitto.StartAsync(Cancelled);

        var rung = (await ClimbAsync(broker.Url, clock: clock))[^1];

        Assert.Equal(state, rung.State);
        Assert.StartsWith("the server does not tell the time", rung.Says.Text, StringComparison.Ordinal);
    }

    private static Secrets Account => new() { MqttUser = "device", MqttPassword = "right" };

    private static void AssertFails(IReadOnlyList<Check> rungs, string at, string sentence)
    {
        Assert.Equal(BrokerLadder.Rungs.TakeWhile(rung => rung != at).Append(at), rungs.Select(rung => rung.Id));
        Assert.DoesNotContain(rungs.SkipLast(1), rung => rung.State == StepState.Failed);
        Assert.Equal(StepState.Failed, rungs[^1].State);
        Assert.StartsWith(sentence, rungs[^1].Says.Text, StringComparison.Ordinal);
    }

    private static async Task<List<Check>> ClimbAsync(
        string url, string? authority = null, Secrets? secrets = null, ClockState clock = ClockState.Synced, TimeSpan? limit = null, int? timePort = null, int? webPort = null, ProxyAddress? proxy = null)
    {
        Assert.True(BrokerAddress.TryParse(url, out var address, out var problem), problem);
        var options = new LadderOptions
        {
            Publisher = new MqttPublisherOptions
            {
                Site = "sh-01",
                Device = "pi-01",
                Broker = address!,
                BootId = "boot-1",
                CertificateAuthorityFile = authority,
                Secrets = secrets ?? Secrets.None,
                Proxy = proxy,
            },
            Clock = new ClockInfo(clock, null, "boot-1"),
            Limit = limit ?? TimeSpan.FromSeconds(5),
            TimePort = timePort ?? LoopbackPorts.Free(),
            WebPort = webPort ?? LoopbackPorts.Free(),
        };
        return await new BrokerLadder(options, TimeProvider.System).ClimbAsync(Cancelled).ToListAsync(Cancelled);
    }

    private Task<MosquittoBroker> StartTlsAsync(WorkshopAuthority authority, string? name = null, int fromDays = -1, int toDays = 90)
    {
        var (certificate, key) = authority.Issue(_folder, name, DateTimeOffset.UtcNow.AddDays(fromDays), DateTimeOffset.UtcNow.AddDays(toDays));
        return Mosquitto.StartAsync(Cancelled, $"certfile {certificate}\nkeyfile {key}");
    }

    private async Task<MosquittoBroker> StartWithAccountsAsync(string access)
    {
        var (passwords, acl) = (_folder.File("passwords"), _folder.File("acl"));
        var (exitCode, output) = await ToolProcess.RunAsync("mosquitto_passwd", ["-b", "-c", passwords, "device", "right"], Cancelled);
        Assert.True(exitCode == 0, output);
        await File.WriteAllTextAsync(acl, $"user device\n{access}\n", Cancelled);
        return await MosquittoBroker.StartAsync(
            (port, _) => Task.FromResult($"listener {port} 127.0.0.1\nallow_anonymous false\nuser root\npassword_file {passwords}\nacl_file {acl}\n"), Cancelled);
    }
}
