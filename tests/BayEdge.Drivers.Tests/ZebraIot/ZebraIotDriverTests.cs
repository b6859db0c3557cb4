using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Drivers.Tests.Push;
using BayEdge.Drivers.Tests.Serial;
using BayEdge.Simulator.Readers.Push;
using BayEdge.TestKit;

namespace BayEdge.Drivers.Tests.ZebraIot;

public class ZebraIotDriverTests
{
    private const int Limit = 30_000;
    private const string Tag = "E28068940000501234567890";
    private const string Token = "s3cret";

    private static readonly TimeProvider Time = TimeProvider.System;

    private readonly DriverCatalogue _drivers = RunningPush.Drivers();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_publishes_over_MQTT_is_heard_and_lives_by_its_heartbeat()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancelled);
        await using var source = Run(("url", broker.Url), ("topic", "zebra/tags"), ("heartbeatTopic", "zebra/mgmt"), ("silenceSeconds", "2"));
        await using var tags = await SimulatedMqttPusher.ConnectAsync("127.0.0.1", broker.Port, "zebra/tags", Time, Cancelled);
        await using var management = await SimulatedMqttPusher.ConnectAsync("127.0.0.1", broker.Port, "zebra/mgmt", Time, Cancelled);
        var reader = new SimulatedZebraReader(tags.SendAsync, Time) { ClockOffset = TimeSpan.FromDays(-2000) };
        var heart = new SimulatedZebraReader(management.SendAsync, Time);

        while (!source.Sink.ReadyAsync.IsCompleted)
        {
            await heart.SendAsync(Cancelled, heart.Heartbeat());
            await Task.Delay(50, Cancelled);
        }

        await reader.SendAsync(Cancelled, reader.Tag(Tag, 1, -58.5, reads: 3), reader.Tag("E280", 2, -70));

        var first = await source.Sink.NextAsync<TagSighting>();
        Assert.Equal((1, Tag, -58.5, 3), (first.Antenna, first.Tag, first.RssiDbm, first.Count));
        Assert.Equal(2, (await source.Sink.NextAsync<TagSighting>()).Antenna);
        Assert.Equal(DeviceFaultKind.Lost, (await source.FaultAsync()).Kind);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_posts_shares_the_port_of_other_devices()
    {
        var port = LoopbackPorts.Free();
        var listen = ("listen", $"127.0.0.1:{port}");
        await using var source = Run(listen, ("token", Token));
        await using var camera = new RunningPush(Create(PushSources.Camera(DriverSettings.Of(listen, ("token", Token), ("silenceSeconds", "30")))));
        using var pusher = new SimulatedHttpPusher(new Uri($"http://127.0.0.1:{port}/v1/sightings/reader-1"), $"Bearer {Token}", Time);
        var reader = new SimulatedZebraReader(async (body, cancelled) => Assert.Equal((204, ""), await pusher.SendAsync(body, cancelled)), Time);

        await Eventually.HoldsAsync(() => IsOpen(port));
        await reader.SendListAsync(Cancelled, reader.Tag(Tag, 2, -58));

        Assert.Equal((2, Tag), (await source.Sink.NextAsync<TagSighting>()) is var tag ? (tag.Antenna, tag.Tag) : default);
    }

    [Fact(Timeout = Limit)]
    public async Task What_another_device_posts_does_not_keep_the_reader_up()
    {
        var port = LoopbackPorts.Free();
        await using var source = Run(("listen", $"127.0.0.1:{port}"), ("token", Token), ("silenceSeconds", "2"));
        using var pusher = new SimulatedHttpPusher(new Uri($"http://127.0.0.1:{port}/v1/sightings/reader-1"), $"Bearer {Token}", Time);

        await Eventually.HoldsAsync(() => IsOpen(port));
        Assert.Equal(400, (await pusher.SendAsync("""{"sightings":[]}""", Cancelled)).Status);

        var fault = await source.FaultAsync();
        Assert.False(source.Sink.ReadyAsync.IsCompleted);
        Assert.Equal(DeviceFaultKind.Unreachable, fault.Kind);
        Assert.Contains("but found {\"sightings\":[]}; check what is set to send here", fault.Message, StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit)]
    [InlineData("", "set url and topic where the reader publishes over MQTT, or listen where it posts")]
    [InlineData("url=mqtt://127.0.0.1:1|listen=127.0.0.1:2", "url and listen exclude each other; leave out the one that the reader does not use")]
    [InlineData("url=mqtt://127.0.0.1:1", "url needs the topic of the reader's tag data events")]
    [InlineData("listen=127.0.0.1:2", "listen needs a token; put it into secrets.json under reader-1")]
    public async Task Settings_that_do_not_say_how_events_come_are_told(string settings, string problem)
    {
        var pairs = settings.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).Select(pair => (pair[0], pair[1])).ToArray();
        var sentence = $"The settings of reader-1 do not say how its events come: {problem}.";

        await using var source = Run(pairs);

        Assert.Equal(sentence, (await source.FaultAsync()).Message);
        var configuration = Configuration(pairs);
        Assert.Equal((false, sentence), await _drivers.DriverOf(configuration).ProbeAsync(configuration, Cancelled) is var report ? (report.Answered, report.Summary) : default);
    }

    private static bool IsOpen(int port)
    {
        using var client = new System.Net.Sockets.TcpClient();
        try
        {
            client.Connect(System.Net.IPAddress.Loopback, port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private static ReaderConfiguration Configuration(params (string Key, string Value)[] settings) =>
        PushSources.Reader(DriverSettings.Of([.. settings, .. settings.Any(setting => setting.Key == "silenceSeconds") ? [] : new[] { ("silenceSeconds", "30") }]), 1, 2) with
        {
            Driver = "zebra-iot",
        };

    private ISource Create(SourceConfiguration configuration) => _drivers.DriverOf(configuration).Create(configuration);

    private RunningPush Run(params (string Key, string Value)[] settings) => new(Create(Configuration(settings)));
}
