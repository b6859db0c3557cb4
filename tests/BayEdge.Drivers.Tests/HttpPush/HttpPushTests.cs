using System.Net;
using System.Net.Sockets;
using System.Text;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Push;
using BayEdge.Drivers.Tests.Push;
using BayEdge.Drivers.Tests.Serial;
using BayEdge.Simulator.Readers.Push;
using BayEdge.TestKit;

namespace BayEdge.Drivers.Tests.HttpPush;

public class HttpPushTests
{
    private const int Limit = 30_000;
    private const string Tag = "E28068940000501234567890";
    private const string Token = "s3cret";
    private const string Needed = "expected the device's token as 'Authorization: Bearer TOKEN' or as the password of Basic authentication";
    private const string NoToken = ", but the header Authorization holds something else; set the token of cam-1 in the sender";
    private const string AnotherToken = "expected the token of cam-1, but found another one; correct it in the sender, or in secrets.json under cam-1";

    private static readonly TimeProvider Time = TimeProvider.System;

    private readonly DriverCatalogue _drivers = RunningPush.Drivers();
    private readonly int _port = LoopbackPorts.Free();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void The_settings_have_these_defaults_and_limits()
    {
        Assert.All(Enum.GetValues<SourceKind>(), kind => Assert.Contains("http", _drivers.Ids(kind)));
        Assert.Equal(
            [
                ("listen", FieldType.HostAndPort, false, "0.0.0.0:8090", null, null, null, false),
                ("token", FieldType.Text, true, null, null, null, null, true),
                ("silenceSeconds", FieldType.Integer, false, "30", 0, 3600, "s", false),
            ],
            _drivers.Find(SourceKind.Camera, "http")!.Descriptor.Fields.Select(field =>
                (field.Key, field.Type, field.Required, field.Default, field.Minimum, field.Maximum, field.Unit, field.Secret)));
    }

    [Fact(Timeout = Limit)]
    public async Task A_tag_a_plate_and_a_contact_arrive_through_one_port()
    {
        await using var reader = Run(PushSources.Reader(Settings()));
        await using var camera = Run(PushSources.Camera(Settings()));
        await using var contact = Run(PushSources.Contact(Settings()));

        using var tags = Pusher("reader-1", ahead: TimeSpan.FromDays(-900));
        using var plates = Pusher("cam-1", ahead: TimeSpan.FromHours(8));
        using var loop = Pusher("loop-1");
        await AcceptedAsync(tags, tags.Tag(Tag, antenna: 1, rssi: -58.5, age: TimeSpan.FromMinutes(5)));
        await AcceptedAsync(plates, plates.Plate("沪A·D12345", "bay-01", 0.93));
        await AcceptedAsync(loop, loop.Presence(true));

        var tag = await reader.Sink.NextAsync<TagSighting>();
        Assert.Equal((1, Tag, -58.5, 1), (tag.Antenna, tag.Tag, tag.RssiDbm, tag.Count));
        Assert.InRange((Time.Observe() - tag.At).TotalMinutes, 5, 6);
        Assert.Equal("沪AD12345", (await camera.Sink.NextAsync<PlateSighting>()).Text);
        Assert.True((await contact.Sink.NextAsync<PresenceSighting>()).Present);
    }

    [Fact(Timeout = Limit)]
    public async Task A_device_is_up_once_it_was_heard_and_lost_after_its_silence()
    {
        await using var camera = Run(PushSources.Camera(Settings(silenceSeconds: 1)));
        using var pusher = Pusher("cam-1");
        await AcceptedAsync(pusher);
        Assert.True(camera.Sink.ReadyAsync.IsCompleted);

        Assert.Equal(
            "No message for cam-1 came for 1 s. Check the sender, its network and its token, or let it send an empty message now and then.",
            (await camera.FaultAsync()).Message);
    }

    [Fact(Timeout = Limit)]
    public async Task A_device_that_sends_only_what_it_sees_is_up_at_once()
    {
        await using var camera = Run(PushSources.Camera(Settings(silenceSeconds: 0)));

        await camera.UntilReadyAsync();
    }

    [Fact(Timeout = Limit)]
    public async Task Messages_that_cannot_be_used_are_named_when_the_device_is_given_up()
    {
        await using var camera = Run(PushSources.Camera(Settings(silenceSeconds: 1)));
        using var pusher = Pusher("cam-1");

        var answer = await pusher.SendAsync("{\"plate\":\"ABC123\"}", Cancelled);

        Assert.Equal((400, "{\"error\":\"expected a JSON object such as {\\\"sightings\\\":[…]}, but found no list 'sightings' in it\"}"), answer);
        Assert.False(camera.Sink.ReadyAsync.IsCompleted);
        Assert.Equal(
            "No message for cam-1 could be used for 1 s. Refused: 1, the last one because: expected a JSON object such as {\"sightings\":[…]}, but found no list 'sightings' in it.",
            (await camera.FaultAsync()).Message);
    }

    [Fact(Timeout = Limit)]
    public async Task A_wrong_token_is_named_when_the_device_is_given_up()
    {
        await using var camera = Run(PushSources.Camera(Settings(silenceSeconds: 2)));
        using var pusher = Pusher("cam-1", "Bearer wrong");

        await ConnectableAsync();
        await pusher.SendAsync(Cancelled);
        await pusher.SendAsync(Cancelled);

        Assert.Equal($"No message for cam-1 could be used for 2 s. Refused: 2, the last one because: {AnotherToken}.", (await camera.FaultAsync()).Message);
    }

    [Fact(Timeout = Limit)]
    public async Task Refusals_are_logged_once_for_each_device_and_for_what_is_for_none()
    {
        using var lines = new LoggedLines();
        var drivers = new DriverCatalogue(PushDrivers.Create(Time, lines));
        var configuration = PushSources.Camera(Settings());
        await using var camera = new RunningPush(drivers.DriverOf(configuration).Create(configuration));
        using var pusher = Pusher("cam-1");
        using var wrong = Pusher("cam-1", "Bearer wrong");
        using var stray = Pusher("cam-9");

        await ConnectableAsync();
        for (var round = 0; round < 3; round++)
        {
            await pusher.SendAsync(new string(' ', 300_000), Cancelled);
            await pusher.SendAsync("no JSON", Cancelled);
            await wrong.SendAsync(Cancelled);
            await stray.SendAsync(Cancelled);
            await AcceptedAsync(pusher);
        }

        Assert.Equal(
            [
                "Warning: A message for cam-1 was refused: expected at most 256 KiB; send the sightings in several messages",
                $"Warning: A message for port {_port} was refused: expected the path /v1/sightings/ID with the id of a device whose driver is http and that listens at this port",
            ],
            lines.All);
    }

    [Fact(Timeout = Limit)]
    public async Task The_first_message_after_a_silence_is_not_lost()
    {
        var source = Create(PushSources.Reader(Settings(silenceSeconds: 1)));
        await using (var first = new RunningPush(source))
            Assert.Equal(DeviceFaultKind.Unreachable, (await first.FaultAsync()).Kind);
        using var pusher = Pusher("reader-1");

        var sending = AcceptedAsync(pusher, pusher.Tag(Tag));
        await using var second = new RunningPush(source);

        await sending;
        Assert.Equal(Tag, (await second.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task A_probe_and_a_new_source_take_over_a_place_that_only_waits()
    {
        var waiting = Create(PushSources.Reader(Settings(silenceSeconds: 1)));
        await using (var first = new RunningPush(waiting))
            await first.FaultAsync();

        Assert.True((await ProbeAsync(PushSources.Reader(Settings()))).Answered);
        using var pusher = Pusher("reader-1");
        await using (var again = new RunningPush(waiting))
        {
            await AcceptedAsync(pusher, pusher.Tag(Tag));
            Assert.Equal(
                (false, $"Messages for reader-1 are awaited at 127.0.0.1:{_port} already. If that is the BayEdge service, all is well."), await ProbeAsync(PushSources.Reader(Settings())));
        }

        await using var other = Run(PushSources.Reader(Settings()));
        await AcceptedAsync(pusher, pusher.Tag(Tag));
        Assert.Equal(Tag, (await other.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task A_source_that_ends_for_good_closes_its_port()
    {
        await using (Run(PushSources.Reader(Settings())))
        {
        }

        using var pusher = Pusher("reader-1");
        await Assert.ThrowsAsync<HttpRequestException>(() => pusher.SendAsync(Cancelled));
        await using var again = Run(PushSources.Reader(Settings()));
        await AcceptedAsync(pusher);
    }

    [Theory(Timeout = Limit)]
    [InlineData(null, Needed + ", but the message has none; set the token of cam-1 in the sender")]
    [InlineData("Bearer", Needed + NoToken)]
    [InlineData("Basic s3cret", Needed + NoToken)]
    [InlineData("Digest s3cret", Needed + NoToken)]
    [InlineData("Bearer wrong", AnotherToken)]
    [InlineData("Basic YWRtaW46d3Jvbmc=", AnotherToken)]
    public async Task Without_the_token_nothing_counts_and_one_that_is_missing_is_told_from_a_wrong_one(string? authorization, string sentence)
    {
        await using var camera = Run(PushSources.Camera(Settings()));
        using var pusher = Pusher("cam-1", authorization);

        Assert.Equal(
            (401, $"{{\"error\":\"{sentence}\"}}"),
            await pusher.SendAsync(Cancelled, pusher.Plate("ABC123")));
        Assert.True(camera.Sink.IsEmpty);
    }

    [Fact(Timeout = Limit)]
    public async Task The_token_may_be_the_password_of_any_user()
    {
        await using var camera = Run(PushSources.Camera(Settings()));
        using var pusher = Pusher("cam-1", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"admin:{Token}"))}");

        await AcceptedAsync(pusher, pusher.Plate("ABC123"));
    }

    [Fact(Timeout = Limit)]
    public async Task A_wrong_path_a_wrong_method_and_too_long_a_body_are_told_apart()
    {
        await using var camera = Run(PushSources.Camera(Settings()));
        using var pusher = Pusher("cam-1");
        using var elsewhere = Pusher("cam-2");
        using var client = new HttpClient();

        Assert.Equal(
            (404, "{\"error\":\"expected the path /v1/sightings/ID with the id of a device whose driver is http and that listens at this port\"}"),
            await elsewhere.SendAsync(Cancelled));
        Assert.Equal((413, "{\"error\":\"expected at most 256 KiB; send the sightings in several messages\"}"), await pusher.SendAsync(new string(' ', 300_000), Cancelled));
        using var get = await client.GetAsync(new Uri($"http://127.0.0.1:{_port}/v1/sightings/cam-1"), Cancelled);
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "{\"error\":\"expected POST, but found GET\"}"), (get.StatusCode, await get.Content.ReadAsStringAsync(Cancelled)));
    }

    [Fact(Timeout = Limit)]
    public async Task A_port_that_another_program_has_is_told()
    {
        using var other = new TcpListener(IPAddress.Loopback, _port);
        other.Start();
        await using var camera = Run(PushSources.Camera(Settings()));

        var fault = await camera.FaultAsync();

        Assert.Equal((DeviceFaultKind.Busy, $"Port {_port} is in use by another program. Set listen to another port."), (fault.Kind, fault.Message));
        Assert.Equal(
            $"Port {_port} is in use by another program. Set listen to another port. If that is the BayEdge service, all is well.",
            (await ProbeAsync(PushSources.Camera(Settings()))).Summary);
    }

    [Fact(Timeout = Limit)]
    public async Task An_address_that_this_computer_does_not_have_is_told()
    {
        await using var camera = Run(PushSources.Camera(Settings(host: "192.0.2.77")));

        Assert.Equal(
            $"This computer cannot listen at 192.0.2.77:{_port}. Set listen to one of its own addresses and a port from 1024 on.", (await camera.FaultAsync()).Message);
    }

    [Fact(Timeout = Limit)]
    public async Task A_probe_tells_where_to_post_and_leaves_the_port_free()
    {
        for (var time = 1; time <= 2; time++)
        {
            Assert.Equal(
                (true, $"Waits for POST to http://127.0.0.1:{_port}/v1/sightings/cam-1 with the token; whether the device sends shows when it does."),
                await ProbeAsync(PushSources.Camera(Settings())));
        }
    }

    private DriverSettings Settings(int silenceSeconds = 30, string host = "127.0.0.1") =>
        DriverSettings.Of(("listen", $"{host}:{_port}"), ("token", Token), ("silenceSeconds", $"{silenceSeconds}"));

    private ISource Create(SourceConfiguration configuration) => _drivers.DriverOf(configuration).Create(configuration);

    private RunningPush Run(SourceConfiguration configuration) => new(Create(configuration));

    private SimulatedHttpPusher Pusher(string id, string? authorization = $"Bearer {Token}", TimeSpan ahead = default) =>
        new(new Uri($"http://127.0.0.1:{_port}/v1/sightings/{id}"), authorization, Time) { ClockOffset = ahead };

    private async Task<(bool Answered, string Summary)> ProbeAsync(SourceConfiguration configuration)
    {
        var report = await _drivers.DriverOf(configuration).ProbeAsync(configuration, Cancelled);
        return (report.Answered, report.Summary);
    }

    /// <summary>Sends once the port is open, which is a moment after the source began.</summary>
    private async Task AcceptedAsync(SimulatedHttpPusher pusher, params System.Text.Json.Nodes.JsonObject[] sightings)
    {
        await ConnectableAsync();
        Assert.Equal((204, ""), await pusher.SendAsync(Cancelled, sightings));
    }

    private Task ConnectableAsync() => Eventually.HoldsAsync(() =>
    {
        using var client = new TcpClient();
        try
        {
            client.Connect(IPAddress.Loopback, _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    });
}
