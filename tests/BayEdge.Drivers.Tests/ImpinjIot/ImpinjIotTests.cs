using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Drivers.ImpinjIot;
using BayEdge.Drivers.Rest;
using BayEdge.Drivers.Tests.Serial;
using BayEdge.TestKit;
using Microsoft.Extensions.Time.Testing;
using static BayEdge.Drivers.Tests.ImpinjIot.ImpinjReaders;

namespace BayEdge.Drivers.Tests.ImpinjIot;

public class ImpinjIotTests
{
    private const int Limit = 30_000;
    private const string Tag = "E28068940000501234567890";

    private static readonly TimeProvider Time = TimeProvider.System;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory(Timeout = Limit)]
    [InlineData(0)]
    [InlineData(-3 * 365 * 24)]
    public async Task A_tag_at_the_reader_becomes_a_sighting_at_its_own_time(int hoursAhead)
    {
        await using var reader = Reader();
        reader.ClockOffset = TimeSpan.FromHours(hoursAhead);
        await using var source = Run(reader);
        await source.UntilReadyAsync();
        await Eventually.HoldsAsync(() => reader.Report(2, Tag, -5234));
        await source.Sink.NextAsync<TagSighting>();

        Assert.False(reader.Report(3, Tag, -5234));
        reader.Report(1, Tag, -6100);

        var tag = await source.Sink.NextAsync<TagSighting>();
        Assert.Equal(("reader-1", 1, Tag, -61.0, 1), (tag.Source, tag.Antenna, tag.Tag, tag.RssiDbm, tag.Count));
        Assert.InRange((Time.Observe() - tag.At).TotalSeconds, 0, 5);
    }

    [Fact(Timeout = Limit)]
    public async Task The_reader_is_told_to_keep_a_parked_tag_answering_and_to_stop_at_the_end()
    {
        await using var reader = Reader();
        await using (var source = Run(reader, ("powerDbm", "23.5"), ("session", "S0"), ("rfMode", "100")))
        {
            await source.UntilReadyAsync();

            var antennas = reader.Preset!["antennaConfigs"]!.AsArray();
            Assert.Equal([1, 2], antennas.Select(antenna => (int)antenna!["antennaPort"]!));
            Assert.All(antennas, antenna => Assert.Equal(
                ("dual-target", 0, 100, 2350),
                ((string)antenna!["inventorySearchMode"]!, (int)antenna["inventorySession"]!, (int)antenna["rfMode"]!, (int)antenna["transmitPowerCdbm"]!)));
        }

        Assert.Null(reader.Preset);
    }

    [Theory(Timeout = Limit)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reader_that_stopped_by_itself_is_noticed_whether_it_says_so_or_not(bool saysSo)
    {
        await using var reader = Reader();
        await using var source = Run(reader);
        await source.UntilReadyAsync();
        await Eventually.HoldsAsync(() => reader.Report(1, Tag, -5000));

        reader.StopReading(saysSo);

        Assert.Equal(
            (DeviceFaultKind.Lost, $"The reader at {reader.Address} stopped reading by itself; it is ordered to read again. End any other program that uses it."),
            await source.FaultAsync() is var fault ? (fault.Kind, fault.Message) : default);
    }

    [Fact(Timeout = Limit)]
    public async Task A_stream_that_ends_is_a_lost_connection()
    {
        await using var reader = Reader();
        await using var source = Run(reader);
        await source.UntilReadyAsync();
        await Eventually.HoldsAsync(() => reader.Report(1, Tag, -5000));

        reader.DropStreams();

        Assert.Equal($"The connection to the reader at {reader.Address} broke. Check its power and the network cable.", (await source.FaultAsync()).Message);
    }

    [Theory(Timeout = Limit)]
    [InlineData("reader was restarted", "an event in JSON was expected")]
    [InlineData("[]", "an event in JSON was expected")]
    [InlineData("""{"tagInventoryEvent":{"epcHex":"E28","antennaPort":1}}""", "expected 'epcHex' to be an even number of hex digits, but found \"E28\"")]
    [InlineData("""{"tagInventoryEvent":{"antennaPort":1}}""", "expected 'epcHex' to be a text, but found nothing")]
    [InlineData("""{"tagInventoryEvent":{"epcHex":"\ud800"}}""", "an event in JSON was expected")]
    [InlineData("""{"tagInventoryEvent":{"epcHex":"E280","antennaPort":"one"}}""", "expected 'antennaPort' to be a whole number from 1 to 65535, but found \"one\"")]
    public async Task A_line_that_is_no_event_ends_the_connection_with_a_sentence(string line, string sentence)
    {
        await using var reader = Reader();
        await using var source = Run(reader);
        await source.UntilReadyAsync();
        await Eventually.HoldsAsync(() => reader.Report(1, Tag, -5000));

        reader.SendLine(line);

        Assert.Equal(
            $"The reader at {reader.Address} sent a line that is no event: {sentence}. It is connected anew; restart it if this repeats.", (await source.FaultAsync()).Message);
    }

    [Fact(Timeout = Limit)]
    public async Task A_line_without_end_is_refused()
    {
        await using var reader = Reader();
        await using var source = Run(reader);
        await source.UntilReadyAsync();
        await Eventually.HoldsAsync(() => reader.Report(1, Tag, -5000));

        reader.SendLine(new string('x', LineStream.LongestLineBytes + 1));

        Assert.Contains("a line of at most 65536 bytes was expected", (await source.FaultAsync()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"eventType":"tagInventory","timestamp":"2026-04-02T12:00:00Z","tagInventoryEvent":{"epcHex":"300833B2DDD9014000000000","antennaPort":1,"peakRssiCdbm":-5234,"lastSeenTime":"2026-04-02T12:00:01Z","phaseAngle":32.5,"transmitPowerCdbm":2350}}""", "300833B2DDD9014000000000", 1, -52.34, 23.5, 1)]
    [InlineData("""{"eventType":"tagInventory","timestamp":"2026-04-02T12:00:00Z","tagInventoryEvent":{"epc":"MAgzst3ZAUAAAAAA"}}""", "300833B2DDD9014000000000", null, null, null, 0)]
    public void A_published_line_is_read(string line, string epc, int? antenna, double? rssi, double? power, int second)
    {
        var found = ImpinjEvent.Read(System.Text.Encoding.UTF8.GetBytes(line));

        Assert.Equal(new ImpinjEvent(epc, antenna, rssi, power, new DateTimeOffset(2026, 4, 2, 12, 0, second, TimeSpan.Zero), null), found);
    }

    [Theory]
    [InlineData("""[{"memoryBank":"epc","wordOffset":2,"tagDataHex":"E280"},{"memoryBank":"tid","wordOffset":0,"tagDataHex":"1111"},{"memoryBank":"tid","wordOffset":2,"tagDataHex":"abcd"}]""", "ABCD")]
    [InlineData("""[{"memoryBank":"tid","wordOffset":0,"tagDataHex":"1111"},{"memoryBank":"user","wordOffset":2,"tagDataHex":"2222"}]""", null)]
    [InlineData("""[{"memoryBank":"tid","wordOffset":2,"tagDataHex":null}]""", null)]
    [InlineData("""[{"memoryBank":"tid","wordOffset":2,"tagDataHex":"ABC"}]""", null)]
    [InlineData("""[{"memoryBank":"tid","wordOffset":2,"tagDataHex":""}]""", "")]
    [InlineData("""[7]""", null)]
    public async Task Of_what_a_reader_tells_of_a_tags_memory_only_the_words_that_were_asked_for_are_taken(string told, string? expected)
    {
        var time = new FakeTimeProvider();
        var memory = new ImpinjMemory(Tag, TagMemoryBank.Tid, FirstWord: 2, Words: 1);

        memory.Offer(ImpinjEvent.Read(System.Text.Encoding.UTF8.GetBytes(
            $$$"""{"eventType":"tagInventory","tagInventoryEvent":{"epcHex":"{{{Tag}}}","tagMemoryData":{{{told}}} }}""")));

        var found = memory.WithinAsync(TimeSpan.FromSeconds(1), time, Cancelled);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(expected, await found);
    }

    [Fact]
    public void Another_event_says_nothing_of_tags() => Assert.Equal(default, ImpinjEvent.Read("""{"eventType":"antennaConnected","antennaConnectedEvent":{"antennaPort":1}}"""u8.ToArray()));

    [Fact(Timeout = Limit)]
    public async Task A_refusal_is_quoted_by_a_check_as_by_the_source()
    {
        await using var reader = Reader();
        reader.Interface = "rest";
        reader.Refusal = "rfMode 9999 is not supported";
        var sentence = $"The reader at {reader.Address} refused to start reading: \"rfMode 9999 is not supported\". Check antennas, powerDbm and rfMode against what its region allows. (profiles/inventory/start: 400)";

        Assert.Equal((false, sentence), await ProbeAsync(Configuration(reader.Address, ("rfMode", "9999"))));
        await using var source = Run(reader, ("rfMode", "9999"));
        Assert.Equal(sentence, (await source.FaultAsync()).Message);
    }

    [Fact(Timeout = Limit)]
    public async Task A_wrong_password_is_told()
    {
        await using var reader = Reader();
        reader.Credentials = "root:changed";

        Assert.Equal(
            (false, $"The reader at {reader.Address} does not know this user name and password. Correct user, and password in secrets.json."), await ProbeAsync(Configuration(reader.Address)));
        Assert.True((await ProbeAsync(Configuration(reader.Address, ("password", "changed")))).Answered);
    }

    [Fact(Timeout = Limit)]
    public async Task Nobody_and_somebody_else_at_the_address_are_told_apart()
    {
        var port = LoopbackPorts.Free();
        Assert.Equal((false, $"No reader answers at 127.0.0.1:{port}. Check its power, the network cable and the address."), await ProbeAsync(Configuration($"127.0.0.1:{port}")));

        using var page = new HttpListener();
        page.Prefixes.Add($"http://127.0.0.1:{port}/");
        page.Start();
        foreach (var answer in (string[])["<html>", """{"status":"\ud800"}"""])
        {
            var probing = ProbeAsync(Configuration($"127.0.0.1:{port}"));
            var context = await page.GetContextAsync();
            await context.Response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(answer), Cancelled);
            context.Response.Close();

            Assert.Equal((false, $"What answers at 127.0.0.1:{port} is not an Impinj reader with the IoT device interface. Check the address."), await probing);
        }
    }

    [Theory(Timeout = Limit)]
    [InlineData(301, "What answers at ADDRESS is not an Impinj reader with the IoT device interface: it refused to say whether it reads. Check the address. (status: 301)")]
    [InlineData(404, "What answers at ADDRESS does not know how to say whether it reads. Check that it is an Impinj reader and that its IoT device interface is switched on. (status: 404)")]
    [InlineData(503, "The reader at ADDRESS refused to say whether it reads and does not say why. Look at the reader's own page, or restart it. (status: 503)")]
    public async Task A_page_of_another_device_is_not_taken_for_a_reader_with_wrong_settings(int status, string expected)
    {
        var (address, told) = await ProbeWhoAnswersAsync(status, "");

        Assert.Equal((false, expected.Replace("ADDRESS", address, StringComparison.Ordinal)), told);
    }

    [Fact(Timeout = Limit)]
    public async Task Whoever_mistakes_HTTP_for_HTTPS_or_the_name_is_told_so()
    {
        await using var reader = Reader();
        using var certificate = OwnCertificate();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ = RelayAllAsync(listener, certificate, reader.Port);
        var secure = $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

        Assert.Equal(
            (false, $"What answers at {reader.Address} does not speak HTTPS. Check the address, or set tls to false where the reader speaks HTTP."),
            await ProbeAsync(Configuration(reader.Address, ("tls", "true"))));
        Assert.Equal(
            (false, $"What is at {secure} hung up without an answer; it may be starting. If this stays so, check the address and the setting tls."),
            await ProbeAsync(Configuration(secure)));
        using var mail = new TcpListener(IPAddress.Loopback, 0);
        mail.Start();
        var probing = ProbeAsync(Configuration($"{mail.LocalEndpoint}"));
        using (var other = await mail.AcceptSocketAsync(Cancelled))
        {
            await other.ReceiveAsync(new byte[4096], Cancelled);
            await other.SendAsync("220 mail.example.com ready\r\n"u8.ToArray(), Cancelled);
        }

        Assert.Equal(
            (false, $"What answers at {mail.LocalEndpoint} does not speak HTTP. Check the address, or set tls to true where the reader speaks HTTPS."),
            await probing);
        Assert.Equal(
            (false, "The name 'reader.invalid' is not known here. Check its spelling and the network's name server, or enter the address in numbers."),
            await ProbeAsync(Configuration("reader.invalid")));
    }

    [Theory(Timeout = Limit)]
    [InlineData("false", false)]
    [InlineData("false", true)]
    [InlineData("true", false)]
    [InlineData("true", true)]
    public async Task A_reader_that_hangs_up_as_it_is_starting_is_not_said_to_speak_another_tongue(string tls, bool resets)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ = Hanging.UpOnAllAsync(listener, resets);
        await using var source = Run(Configuration($"{listener.LocalEndpoint}", ("tls", tls)));

        Assert.Equal(
            (DeviceFaultKind.Unreachable, $"What is at {listener.LocalEndpoint} hung up without an answer; it may be starting. If this stays so, check the address and the setting tls."),
            await source.FaultAsync() is var fault ? (fault.Kind, fault.Message) : default);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_whose_TLS_fails_after_it_has_answered_is_lost()
    {
        await using var reader = Reader();
        using var certificate = OwnCertificate();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var access = ImpinjIotSettings.From(Configuration($"{listener.LocalEndpoint}", ("tls", "true"))).Rest;
        using var client = new RestClient(access, Time);
        using (var once = new CancellationTokenSource())
        {
            var answering = client.GetAsync("system", "say what it is", Cancelled);
            var relaying = RelayAsync(await listener.AcceptTcpClientAsync(Cancelled), certificate, reader.Port, once.Token);
            await answering;
            await once.CancelAsync();
            await relaying;
        }

        var asking = client.TryGetAsync("system/region", Cancelled);
        using var plain = await listener.AcceptSocketAsync(Cancelled);
        await plain.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), Cancelled);

        Assert.Equal(DeviceFaultKind.Lost, (await Assert.ThrowsAsync<DeviceFaultException>(() => asking)).Kind);
    }

    [Theory(Timeout = Limit)]
    [InlineData(400)]
    [InlineData(409)]
    public async Task A_reader_that_refuses_the_very_first_request_in_its_own_words_is_not_taken_for_another_device(int status)
    {
        var (address, told) = await ProbeWhoAnswersAsync(status, """{"message":"Not now."}""");

        Assert.Equal((false, $"The reader at {address} refused to say whether it reads: \"Not now.\". Look at the reader's own page, or restart it. (status: {status})"), told);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_behind_its_own_certificate_is_believed_unless_another_one_is_expected()
    {
        await using var reader = Reader();
        using var certificate = OwnCertificate();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ = RelayAllAsync(listener, certificate, reader.Port);
        var address = $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

        Assert.True((await ProbeAsync(Configuration(address, ("tls", "true")))).Answered);
        Assert.True((await ProbeAsync(Configuration(address, ("tls", "true"), ("certificateSha256", certificate.GetCertHashString(HashAlgorithmName.SHA256))))).Answered);
        Assert.Equal(
            (false, $"What answers at {address} shows another certificate than the expected one. Check the address, or correct certificateSha256."),
            await ProbeAsync(Configuration(address, ("tls", "true"), ("certificateSha256", new string('0', 64)))));
    }

    // A web server that is no reader, or one that refuses.
    private static async Task<(string Address, (bool Answered, string Summary) Told)> ProbeWhoAnswersAsync(int status, string body)
    {
        var address = $"127.0.0.1:{LoopbackPorts.Free()}";
        using var page = new HttpListener();
        page.Prefixes.Add($"http://{address}/");
        page.Start();
        var probing = ProbeAsync(Configuration(address));
        var context = await page.GetContextAsync();
        context.Response.StatusCode = status;
        await context.Response.OutputStream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(body), Cancelled);
        context.Response.Close();
        return (address, await probing);
    }

    private static X509Certificate2 OwnCertificate()
    {
        using var key = RSA.Create(2048);
        return new CertificateRequest("CN=reader", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(Time.GetUtcNow().AddDays(-1), Time.GetUtcNow().AddDays(1));
    }

    private static async Task RelayAllAsync(TcpListener listener, X509Certificate2 certificate, int port)
    {
        try
        {
            while (true)
                _ = RelayAsync(await listener.AcceptTcpClientAsync(Cancelled), certificate, port, Cancelled);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The test is over.
        }
    }

    private static async Task RelayAsync(TcpClient accepted, X509Certificate2 certificate, int port, CancellationToken end)
    {
        using var client = accepted;
        using var reader = new TcpClient();
        try
        {
            await using var secure = new SslStream(client.GetStream());
            await secure.AuthenticateAsServerAsync(certificate);
            await reader.ConnectAsync(IPAddress.Loopback, port, Cancelled);
            await Task.WhenAny(secure.CopyToAsync(reader.GetStream(), end), reader.GetStream().CopyToAsync(secure, end));
        }
        catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client did not like the certificate.
        }
    }
}
