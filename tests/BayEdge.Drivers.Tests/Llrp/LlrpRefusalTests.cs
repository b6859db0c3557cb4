using System.Net;
using System.Net.Sockets;
using BayEdge.Core.Drivers;
using BayEdge.Simulator.Readers;
using BayEdge.TestKit;

namespace BayEdge.Drivers.Tests.Llrp;

/// <summary>What cannot be is said in words of the workshop.</summary>
public class LlrpRefusalTests
{
    private const int Limit = 30_000;

    private static readonly TimeProvider Time = TimeProvider.System;

    [Fact(Timeout = Limit)]
    public async Task A_refusal_is_quoted_with_its_code_and_text()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        reader.Refuse(messageType: 20, statusCode: 101, "The region is not set.");
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);

        var fault = await source.FaultAsync();

        Assert.Equal(DeviceFaultKind.Refused, fault.Kind);
        Assert.Equal(
            $"The reader at {reader.Address} refused the reading order (ADD_ROSPEC: M_FieldError (101) \"The region is not set.\"). "
            + "Check its region and power settings, or restart it.",
            fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task Garbage_ends_the_connection_with_a_sentence()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await source.UntilReadyAsync();

        reader.SendGarbage("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());

        var fault = await source.FaultAsync();
        Assert.Equal(DeviceFaultKind.Protocol, fault.Kind);
        Assert.Equal(
            $"The reader at {reader.Address} sent a damaged message: An LLRP frame of version 1 or 2 was expected, but these bytes came: "
            + "485454502F312E312034. It is connected anew; restart it if this repeats.",
            fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task A_report_cut_short_ends_the_connection_with_a_sentence()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await source.UntilReadyAsync();

        // An RO_ACCESS_REPORT whose only TagReportData claims more bytes than there are.
        reader.SendGarbage(Convert.FromHexString("043D0000001000000000" + "00F000208D30"));

        var fault = await source.FaultAsync();
        Assert.Equal(DeviceFaultKind.Protocol, fault.Kind);
        Assert.Contains("LLRP type 61 ends too early: 28 more bytes were expected, 2 are left.", fault.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Something_else_at_the_address_is_said_to_be_no_reader()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        await using var source = RunningSource.Start(address, TestContext.Current.CancellationToken);
        using var server = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await server.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);

        var fault = await source.FaultAsync();

        Assert.Equal(DeviceFaultKind.Protocol, fault.Kind);
        Assert.Equal(
            $"What came from {address} is not LLRP: An LLRP frame of version 1 or 2 was expected, but these bytes came: 485454502F312E312034. "
            + "Check that the address and port are those of an LLRP reader.",
            fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task Nobody_at_the_address_is_said_in_words_of_the_workshop()
    {
        var port = LoopbackPorts.Free();
        await using var source = RunningSource.Start($"127.0.0.1:{port}", TestContext.Current.CancellationToken);

        var fault = await source.FaultAsync();

        Assert.Equal(DeviceFaultKind.Unreachable, fault.Kind);
        Assert.Equal($"No reader answers at 127.0.0.1:{port}. Check its power, the network cable and the address.", fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task A_name_that_the_network_does_not_know_is_told_from_a_reader_that_does_not_answer()
    {
        await using var source = RunningSource.Start("reader.invalid", TestContext.Current.CancellationToken);

        Assert.Equal(
            "The name 'reader.invalid' is not known here. Check its spelling and the network's name server, or enter the address in numbers.",
            (await source.FaultAsync()).Message);
    }

    [Fact(Timeout = Limit)]
    public async Task An_antenna_port_that_the_reader_does_not_have_is_refused()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { AntennaPorts = 2 }, Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, antennas: [1, 4]);

        var fault = await source.FaultAsync();

        Assert.Equal(
            $"Antenna port 4 is configured, but the reader at {reader.Address} has ports 1 to 2. Correct the antennas of the reader.",
            fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task A_power_below_the_readers_weakest_is_refused()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, settings: ("powerDbm", "5.5"));

        var fault = await source.FaultAsync();

        Assert.Equal(
            $"5.5 dBm is wanted, but the weakest level of the reader at {reader.Address} is 10 dBm. Set powerDbm higher, or leave it out.",
            fault.Message);
    }
}
