using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Drivers.Tests.Push;
using BayEdge.Drivers.Tests.Serial;
using BayEdge.Simulator.Readers.Push;
using BayEdge.TestKit;

namespace BayEdge.Drivers.Tests.MqttPush;

public class MqttPushTests
{
    private const int Limit = 30_000;
    private const string Tag = "E28068940000501234567890";
    private const string Topic = "workshop/gate-1";

    private static readonly TimeProvider Time = TimeProvider.System;

    private readonly DriverCatalogue _drivers = RunningPush.Drivers();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void The_settings_have_these_defaults_and_limits()
    {
        Assert.All(Enum.GetValues<SourceKind>(), kind => Assert.Contains("mqtt", _drivers.Ids(kind)));
        Assert.Equal(
            [
                ("url", FieldType.Location, true, null, false), ("caFile", FieldType.Location, false, null, false), ("user", FieldType.Text, false, null, true), ("password", FieldType.Text, false, null, true),
                ("clientId", FieldType.Text, false, null, false), ("topic", FieldType.Text, true, null, false), ("silenceSeconds", FieldType.Integer, false, "30", false),
            ],
            _drivers.Find(SourceKind.Camera, "mqtt")!.Descriptor.Fields.Select(field => (field.Key, field.Type, field.Required, field.Default, field.Secret)));
    }

    [Fact(Timeout = Limit)]
    public async Task What_a_device_publishes_becomes_sightings()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancelled);
        await using var reader = Run(PushSources.Reader(Settings(broker, silenceSeconds: 0)));
        await using var pusher = await PusherAsync(broker);
        await reader.UntilReadyAsync();

        await pusher.SendAsync(Cancelled, pusher.Tag(Tag, antenna: 1, rssi: -58.5));

        var tag = await reader.Sink.NextAsync<TagSighting>();
        Assert.Equal(("reader-1", 1, Tag, -58.5), (tag.Source, tag.Antenna, tag.Tag, tag.RssiDbm));
    }

    [Fact(Timeout = Limit)]
    public async Task Why_a_message_was_refused_is_published_below_its_topic()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancelled);
        await using var reader = Run(PushSources.Reader(Settings(broker, silenceSeconds: 0)));
        await using var pusher = await PusherAsync(broker);
        await reader.UntilReadyAsync();

        await pusher.SendAsync("{}", Cancelled);
        await pusher.SendAsync(Cancelled, pusher.Tag(Tag));

        Assert.Equal(Tag, (await reader.Sink.NextAsync<TagSighting>()).Tag);
        await Eventually.HoldsAsync(() => pusher.Problems.Count > 0);
        Assert.Equal(["{\"error\":\"expected a JSON object such as {\\\"sightings\\\":[…]}, but found no list 'sightings' in it\"}"], pusher.Problems);
    }

    [Fact(Timeout = Limit)]
    public async Task What_was_published_while_nobody_listened_comes_later()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancelled);
        var configuration = PushSources.Reader(Settings(broker, silenceSeconds: 0));
        var source = _drivers.DriverOf(configuration).Create(configuration);
        await using (var first = new RunningPush(source))
            await first.UntilReadyAsync();
        await using var pusher = await PusherAsync(broker);

        for (var read = 0; read < 20; read++)
            await pusher.SendAsync(Cancelled, pusher.Tag($"E280{read:X4}"));

        await using var second = new RunningPush(source);
        for (var read = 0; read < 20; read++)
            Assert.Equal($"E280{read:X4}", (await second.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task A_message_that_was_not_taken_is_sent_again()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancelled);
        var configuration = PushSources.Reader(Settings(broker, silenceSeconds: 0));
        var source = _drivers.DriverOf(configuration).Create(configuration);
        await using var pusher = await PusherAsync(broker);
        using (var end = CancellationTokenSource.CreateLinkedTokenSource(Cancelled))
        {
            var stuck = new StuckSink();
            var running = source.RunAsync(stuck, end.Token);
            await await Task.WhenAny(stuck.ReadyAsync, running);
            await pusher.SendAsync(Cancelled, pusher.Tag(Tag));
            await await Task.WhenAny(stuck.OfferedAsync, running);
            await end.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        }

        await using var second = new RunningPush(source);
        Assert.Equal(Tag, (await second.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task A_source_has_not_ended_while_a_sighting_of_it_is_still_handed_over()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancelled);
        var configuration = PushSources.Reader(Settings(broker, silenceSeconds: 0));
        await using var pusher = await PusherAsync(broker);
        var busy = new BusySink();
        var running = _drivers.DriverOf(configuration).Create(configuration).RunAsync(busy, Cancelled);
        await await Task.WhenAny(busy.ReadyAsync, running);
        await pusher.SendAsync(Cancelled, pusher.Tag(Tag));
        await await Task.WhenAny(busy.OfferedAsync, running);

        await broker.KillAsync();
        await busy.GivenUpAsync;
        await Task.WhenAny(running, Task.Delay(300, Cancelled));
        Assert.False(running.IsCompleted);

        busy.Finish();
        Assert.Equal(DeviceFaultKind.Lost, (await Assert.ThrowsAsync<DeviceFaultException>(() => running)).Kind);
    }

    [Fact(Timeout = Limit)]
    public async Task A_broker_that_falls_silent_is_given_up()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancelled);
        await using var reader = Run(PushSources.Reader(Settings(broker, silenceSeconds: 0)));
        await reader.UntilReadyAsync();

        broker.Freeze();
        var fault = await reader.FaultAsync();
        broker.Thaw();

        Assert.Equal(
            (DeviceFaultKind.Lost, $"The broker at {broker.Url} ended the connection or does not answer any more. Check the broker and the network."), (fault.Kind, fault.Message));
    }

    [Fact(Timeout = Limit)]
    public async Task A_broker_that_is_killed_is_noticed_at_once()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancelled);
        await using var reader = Run(PushSources.Reader(Settings(broker, silenceSeconds: 0)));
        await reader.UntilReadyAsync();

        await broker.KillAsync();

        Assert.Equal(DeviceFaultKind.Lost, (await reader.FaultAsync()).Kind);
    }

    [Fact(Timeout = Limit)]
    public async Task Nobody_at_the_address_is_told()
    {
        var port = LoopbackPorts.Free();
        await using var reader = Run(PushSources.Reader(Settings($"mqtt://127.0.0.1:{port}")));

        var fault = await reader.FaultAsync();

        Assert.Equal(DeviceFaultKind.Unreachable, fault.Kind);
        Assert.Equal($"No broker answers at mqtt://127.0.0.1:{port}. Check that it runs, the network and the setting url.", fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task A_broker_that_wants_another_password_is_told()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancelled, "password_file /dev/null\nallow_anonymous false");
        await using var reader = Run(PushSources.Reader(Settings(broker)));

        var fault = await reader.FaultAsync();

        Assert.Equal(
            (DeviceFaultKind.Refused, $"The broker at {broker.Url} does not know this user name and password. Correct user and password in secrets.json."), (fault.Kind, fault.Message));
    }

    [Theory(Timeout = Limit)]
    [InlineData("url", "http://broker", "The setting url of reader-1 is wrong: expected a broker URL such as mqtt://192.0.2.1:1883 or mqtts://broker:8883, but found 'http://broker'.")]
    [InlineData("topic", "workshop/#", "Expected a topic without wildcards for reader-1, but found 'workshop/#'. Each device needs its own.")]
    public async Task A_setting_that_cannot_be_is_told(string key, string value, string sentence)
    {
        var settings = Settings("mqtt://127.0.0.1:1883");
        await using var reader = Run(PushSources.Reader(settings with { Values = settings.Values.SetItem(key, value) }));

        Assert.Equal(sentence, (await reader.FaultAsync()).Message);
    }

    [Fact(Timeout = Limit)]
    public async Task A_probe_lets_a_running_service_keep_its_connection()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancelled);
        var configuration = PushSources.Reader(Settings(broker, silenceSeconds: 0));
        await using var reader = Run(configuration);
        await reader.UntilReadyAsync();

        var report = await _drivers.DriverOf(configuration).ProbeAsync(configuration, Cancelled);

        Assert.Equal(
            (true, $"The broker at {broker.Url} lets this computer read {Topic}; whether the device sends shows when it does."), (report.Answered, report.Summary));
        await using var pusher = await PusherAsync(broker);
        await pusher.SendAsync(Cancelled, pusher.Tag(Tag));
        Assert.Equal(Tag, (await reader.Sink.NextAsync<TagSighting>()).Tag);
    }

    private static DriverSettings Settings(MosquittoBroker broker, int silenceSeconds = 30) => Settings(broker.Url, silenceSeconds);

    private static DriverSettings Settings(string url, int silenceSeconds = 30) =>
        DriverSettings.Of(("url", url), ("topic", Topic), ("silenceSeconds", $"{silenceSeconds}"));

    private static Task<SimulatedMqttPusher> PusherAsync(MosquittoBroker broker) =>
        SimulatedMqttPusher.ConnectAsync("127.0.0.1", broker.Port, Topic, Time, Cancelled);

    private RunningPush Run(SourceConfiguration configuration) => new(_drivers.DriverOf(configuration).Create(configuration));

    /// <summary>A bay loop that is behind and takes nothing.</summary>
    /// <summary>Takes its time even once it is told to give up.</summary>
    private sealed class BusySink : ISightingSink
    {
        private readonly TaskCompletionSource _ready = new(), _offered = new(), _givenUp = new(), _finished = new();

        public Task ReadyAsync => _ready.Task;

        public Task OfferedAsync => _offered.Task;

        public Task GivenUpAsync => _givenUp.Task;

        public void Ready() => _ready.TrySetResult();

        public void Finish() => _finished.TrySetResult();

        public async ValueTask PublishAsync(Sighting sighting, CancellationToken cancellationToken)
        {
            await using var told = cancellationToken.Register(() => _givenUp.TrySetResult());
            _offered.TrySetResult();
            await _finished.Task;
        }
    }

    private sealed class StuckSink : ISightingSink
    {
        private readonly TaskCompletionSource _ready = new(), _offered = new();

        public Task ReadyAsync => _ready.Task;

        public Task OfferedAsync => _offered.Task;

        public void Ready() => _ready.TrySetResult();

        public async ValueTask PublishAsync(Sighting sighting, CancellationToken cancellationToken)
        {
            _offered.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }
}
