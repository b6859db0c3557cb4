using System.Net;
using System.Net.Sockets;
using BayEdge.Drivers.Discovery;
using BayEdge.Drivers.Serial;
using BayEdge.Drivers.Tests.Serial;
using BayEdge.Simulator.Readers;
using BayEdge.Simulator.Readers.Serial;

namespace BayEdge.Drivers.Tests.Discovery;

public class DiscoveryTests
{
    private const int Limit = 60_000;

    private static readonly TimeProvider Time = TimeProvider.System;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task A_reader_among_many_addresses_is_found_and_left_free()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { Manufacturer = 25882 }, Time);

        // The whole of 127.0.0.0/8 is this computer; the reader listens at one of its addresses.
        var found = Assert.Single(await new NetworkReaders(Time).FindAsync(new LocalSubnet(IPAddress.Parse("127.0.0.9"), 24).Others(), Cancelled, reader.Port));

        Assert.Equal(("llrp", $"address=127.0.0.1:{reader.Port}"), (found.Driver, string.Join(' ', found.Settings.Select(setting => $"{setting.Key}={setting.Value}"))));
        Assert.Equal("Impinj reader, model 1, firmware 1.0.0, 4 antenna ports.", found.Report.Summary);
        Assert.False(reader.IsReading);
    }

    [Fact(Timeout = Limit)]
    public async Task Another_program_at_the_port_is_said_to_be_none()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var found = Assert.Single(await new NetworkReaders(Time).FindAsync([IPAddress.Loopback], Cancelled, ((IPEndPoint)other.LocalEndpoint).Port));

        Assert.False(found.Report.Answered);
    }

    [Theory]
    [InlineData("192.0.2.5", 24, 253, "192.0.2.1", "192.0.2.254")]
    [InlineData("192.0.2.5", 30, 1, "192.0.2.6", "192.0.2.6")]
    [InlineData("10.1.2.3", 22, 1021, "10.1.0.1", "10.1.3.254")]
    [InlineData("192.0.2.5", 31, 0, null, null)]
    public void The_addresses_of_a_network_are_all_but_three(string own, int prefix, int count, string? first, string? last)
    {
        var others = new LocalSubnet(IPAddress.Parse(own), prefix).Others().ToList();

        Assert.Equal((count, first, last), (others.Count, others.FirstOrDefault()?.ToString(), others.LastOrDefault()?.ToString()));
        Assert.DoesNotContain(IPAddress.Parse(own), others);
    }

    [Fact]
    public void No_network_is_looked_through_beyond_a_thousand_addresses() =>
        Assert.All(LocalSubnet.All(), subnet => Assert.InRange(subnet.Others().Count(), 0, 1021));

    [Theory(Timeout = Limit)]
    [InlineData("r200")]
    [InlineData("mercury")]
    [InlineData("chafon")]
    public async Task A_module_on_a_serial_adapter_is_found_by_its_protocol(string driver)
    {
        await using SimulatedSerialModule module = driver switch
        {
            "r200" => SimulatedR200.Start(new SimulatedR200Options(), TimeProvider.System),
            "mercury" => SimulatedMercury.Start(new SimulatedMercuryOptions(), Time),
            _ => SimulatedChafon.Start(new SimulatedChafonOptions(), Time),
        };
        await using var cable = await SerialCable.PlugInAsync(module);
        var readers = new SerialReaders(Time, new SerialPorts(Time), Path.GetDirectoryName(cable.Path)!);

        Assert.Equal([cable.Path], readers.Ports());
        var found = await readers.FindAsync(cable.Path, Cancelled);

        Assert.Equal((driver, ("port", cable.Path)), (found?.Driver, found?.Settings.Single()));
    }

    [Fact(Timeout = Limit)]
    public async Task A_port_where_nobody_answers_is_no_reader()
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options(), TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(module);
        module.FallSilent();

        Assert.Null(await new SerialReaders(Time).FindAsync(cable.Path, Cancelled));
    }
}
