using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Service.Configuring;
using BayEdge.Service.Hosting;

namespace BayEdge.Service.Tests.Configuring;

/// <summary>What is refused before any device is asked.</summary>
public sealed class ConfigurationCheckTests : IDisposable
{
    private readonly DriverSet _drivers = new(TimeProvider.System);

    [Theory]
    [InlineData("llrp", "address", "192.0.2.5", "192.0.2.5:5084", "192.0.2.5:5084")]
    [InlineData("llrp", "address", "reader.local", "Reader.Local:5084", "Reader.Local:5084")]
    [InlineData("impinj-iot", "address", "192.0.2.5", "192.0.2.5:443", "192.0.2.5:443")]
    [InlineData("r200", "port", "/dev/ttyUSB0", "/dev/../dev/ttyUSB0", "/dev/ttyUSB0")]
    [InlineData("mercury", "port", "/dev/ttyUSB0", "/dev/ttyUSB0", "/dev/ttyUSB0")]
    [InlineData("chafon", "port", "/dev/ttyUSB0", "/dev/ttyUSB0", "/dev/ttyUSB0")]
    public void Two_readers_on_one_device_are_refused_by_name(string driver, string setting, string first, string second, string device) => Assert.Equal(
        [$"readers[1].{setting}: reader-1 and reader-2 both use {device}, which serves one of them at a time; put the antennas of both into one reader, or correct {setting}"],
        Problems(Readers(Reader("reader-1", driver, $"\"{setting}\": \"{first}\""), Reader("reader-2", driver, $"\"{setting}\": \"{second}\""))));

    [Fact]
    public void Modules_of_two_makes_on_one_serial_port_are_refused() => Assert.Equal(
        ["readers[1].port: reader-1 and reader-2 both use /dev/ttyUSB0, which serves one of them at a time; put the antennas of both into one reader, or correct port"],
        Problems(Readers(Reader("reader-1", "r200", "\"port\": \"/dev/ttyUSB0\""), Reader("reader-2", "chafon", "\"port\": \"/dev/ttyUSB0\""))));

    [Fact]
    public void A_serial_port_and_the_lasting_name_of_its_adapter_are_one_device()
    {
        var folder = Directory.CreateTempSubdirectory("bayedge-ports-");
        try
        {
            var (port, name) = (Path.Combine(folder.FullName, "ttyUSB0"), Path.Combine(folder.FullName, "usb-adapter"));
            File.WriteAllBytes(port, []);
            File.CreateSymbolicLink(name, "ttyUSB0");

            Assert.Equal(
                [$"readers[1].port: reader-1 and reader-2 both use {port}, which serves one of them at a time; put the antennas of both into one reader, or correct port"],
                Problems(Readers(Reader("reader-1", "r200", $"\"port\": \"{port}\""), Reader("reader-2", "chafon", $"\"port\": \"{name}\""))));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("192.0.2.5:5084", "192.0.2.5", "192.0.2.5")]
    [InlineData("reader.local", "Reader.local:8443", "Reader.local")]
    [InlineData("192.0.2.5", "192.0.2.6", null)]
    [InlineData("127.0.0.1:5084", "127.0.0.1:8443", null)]
    public void One_reader_is_not_used_over_two_protocols(string llrp, string rest, string? host) => Assert.Equal(
        host is null ? [] : [$"readers[1].address: reader-1 and reader-2 both use {host}, which serves one of them at a time; put the antennas of both into one reader, or correct address"],
        Problems(Readers(Reader("reader-1", "llrp", $"\"address\": \"{llrp}\""), Reader("reader-2", "impinj-iot", $"\"address\": \"{rest}\""))));

    [Fact]
    public void Two_contacts_on_one_pin_are_refused() => Assert.Equal(
        ["presence[1].pin: loop-1 and loop-2 both use GPIO 17, which serves one of them at a time; correct pin, or remove one of them"],
        Problems("""
            "presence": [{ "id": "loop-1", "driver": "gpio", "pin": 17, "bay": "bay-01" }, { "id": "loop-2", "driver": "gpio", "pin": 17, "bay": "bay-01" }]
            """));

    [Fact]
    public void Readers_that_share_nothing_or_are_simulated_are_taken()
    {
        Assert.Empty(Problems(Readers(Reader("reader-1", "llrp", "\"address\": \"192.0.2.5\""), Reader("reader-2", "llrp", "\"address\": \"192.0.2.6\""))));
        Assert.Empty(Problems(Readers(
            Reader("reader-1", "llrp", "\"address\": \"192.0.2.5\", \"simulated\": true"), Reader("reader-2", "llrp", "\"address\": \"192.0.2.5\", \"simulated\": true"),
            Reader("reader-3", "r200", "\"port\": \"none\", \"simulated\": true"), Reader("reader-4", "r200", "\"port\": \"none\", \"simulated\": true"))));
        Assert.Empty(Problems(Readers(Reader("reader-1", "http", "\"listen\": \"127.0.0.1:8090\""), Reader("reader-2", "http", "\"listen\": \"127.0.0.1:8090\""))));
    }

    [Fact]
    public void Ids_that_differ_in_capitals_alone_are_refused()
    {
        Assert.Equal(
            ["readers[1].id: 'Reader-1' differs from 'reader-1' in capital letters alone; give each an id that nobody takes for the other"],
            Problems(Readers(Reader("reader-1", "llrp", "\"address\": \"192.0.2.5\""), Reader("Reader-1", "llrp", "\"address\": \"192.0.2.6\""))));
        Assert.Equal(
            ["bays[1].id: 'BAY-01' differs from 'bay-01' in capital letters alone; give each an id that nobody takes for the other"],
            Problems(null, """{ "id": "bay-01" }, { "id": "BAY-01" }"""));
    }

    [Theory]
    [InlineData("llrp", "\"address\": \"192.0.2.5\", \"region\": \"us\", \"powerDbm\": 33", "33 dBm is wanted of the reader at 192.0.2.5:5084, but America 902-928 MHz allows 30 dBm. Lower powerDbm.")]
    [InlineData("impinj-iot", "\"address\": \"192.0.2.5\", \"region\": \"cn900\", \"antennaGainDbi\": 9, \"powerDbm\": 30", "30 dBm is wanted of the reader at 192.0.2.5:443, but China 920-925 MHz allows 26.15 dBm with an antenna of 9 dBi. Lower powerDbm.")]
    [InlineData("r200", "\"port\": \"/dev/ttyUSB0\", \"region\": \"us\", \"powerDbm\": 33", "33 dBm is wanted of the module at /dev/ttyUSB0, but America 902-928 MHz allows 30 dBm. Lower powerDbm.")]
    [InlineData("mercury", "\"port\": \"/dev/ttyUSB0\", \"region\": \"us\", \"powerDbm\": 31.5", "31.5 dBm is wanted of the module at /dev/ttyUSB0, but America 902-928 MHz allows 30 dBm. Lower powerDbm.")]
    [InlineData("chafon", "\"port\": \"/dev/ttyUSB0\", \"region\": \"us\", \"powerDbm\": 31", "31 dBm is wanted of the reader at /dev/ttyUSB0, but America 902-928 MHz allows 30 dBm. Lower powerDbm.")]
    [InlineData("zebra-iot", "\"listen\": \"127.0.0.1:8090\", \"readerAddress\": \"192.0.2.5\", \"region\": \"us\", \"powerDbm\": 31", "31 dBm is wanted of the reader at 192.0.2.5:443, but America 902-928 MHz allows 30 dBm. Lower powerDbm.")]
    [InlineData("zebra-iot", "\"listen\": \"127.0.0.1:8090\", \"powerDbm\": 31", "The settings of reader-1 name a region or power to compare, but not where the reader can be asked: set readerAddress, or leave them out.")]
    [InlineData("zebra-iot", "\"url\": \"mqtt://192.0.2.9\"", "The settings of reader-1 do not say how its events come: url needs the topic of the reader's tag data events.")]
    [InlineData("mqtt", "\"url\": \"mqtt://192.0.2.9\", \"topic\": \"tags/#\"", "Expected a topic without wildcards for reader-1, but found 'tags/#'. Each device needs its own.")]
    [InlineData("http", "\"listen\": \"gateway:8090\"", "Expected an IP address of this computer to listen at, such as 0.0.0.0:8090, but found gateway:8090. Correct the setting listen.")]
    [InlineData("r200", "\"port\": \"COM3\"", "Expected the path of a serial port such as /dev/serial/by-id/usb-… or /dev/ttyUSB0, but found 'COM3'. Correct the setting port; 'bayedge discover' tells which there are.")]
    public void What_a_reader_would_be_refused_for_in_any_case_is_refused_at_once(string driver, string settings, string sentence) =>
        Assert.Equal([$"readers[0]: {sentence}"], Problems(Readers(Reader("reader-1", driver, settings))));

    [Theory]
    [InlineData("r200", 2, "The module at /dev/ttyUSB0 has one antenna, port 1, but the configuration names port 2. Remove that antenna.")]
    [InlineData("chafon", 9, "The reader at /dev/ttyUSB0 has at most 8 antenna ports, but the configuration names port 9. Correct the antennas or the setting model.")]
    [InlineData("mercury", 17, "The module at /dev/ttyUSB0 has at most 16 antenna ports, but the configuration names port 17. Correct the antennas.")]
    public void An_antenna_that_no_such_reader_has_is_refused_at_once(string driver, int port, string sentence) =>
        Assert.Equal([$"readers[0]: {sentence}"], Problems(Readers(Reader("reader-1", driver, "\"port\": \"/dev/ttyUSB0\"", port))));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void An_empty_secret_is_none(string token)
    {
        var json = $$"""{ "site": "s", "device": "d", "bays": [{ "id": "bay-01" }], {{Readers(Reader("reader-1", "http", "\"listen\": \"127.0.0.1:8090\""))}} }""";
        var secrets = Secrets.None with { Sources = Secrets.None.Sources.Add("reader-1", ImmutableDictionary.Create<string, string>(StringComparer.Ordinal).Add("token", token)) };

        Assert.StartsWith("readers[0].token: expected a secret, but there is none; ", ConfigurationCheck.Read(json, _drivers.Catalogue, secrets).Problems.Single().ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _drivers.Dispose();

    private static string Readers(params string[] readers) => $"\"readers\": [{string.Join(", ", readers)}]";

    private static string Reader(string id, string driver, string settings, int antenna = 1) =>
        $$"""{ "id": "{{id}}", "driver": "{{driver}}", {{settings}}, "antennas": [{ "port": {{antenna}}, "bay": "bay-01" }] }""";

    private IEnumerable<string> Problems(string? sections, string bays = """{ "id": "bay-01" }""")
    {
        var token = ImmutableDictionary.Create<string, string>(StringComparer.Ordinal).Add("token", "t");
        var secrets = new Secrets { Sources = Secrets.None.Sources };
        if (sections?.Contains("listen", StringComparison.Ordinal) == true)
        {
            foreach (var id in new[] { "reader-1", "reader-2" }.Where(id => sections.Contains(id, StringComparison.Ordinal)))
                secrets = secrets with { Sources = secrets.Sources.Add(id, token) };
        }

        var json = $$"""{ "site": "s", "device": "d", "bays": [{{bays}}]{{(sections is null ? "" : $", {sections}")}} }""";
        return ConfigurationCheck.Read(json, _drivers.Catalogue, secrets).Problems.Select(problem => problem.ToString());
    }
}
