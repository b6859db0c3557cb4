using System.Net;
using System.Net.Sockets;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Llrp;
using BayEdge.Simulator.Readers;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Drivers.Tests.Llrp;

/// <summary>How a connection holds, breaks and is made anew.</summary>
public class LlrpConnectionTests
{
    private const int Limit = 30_000;
    private const string Tag = "E28068940000501234567890";

    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeProvider Time = TimeProvider.System;

    [Fact(Timeout = Limit)]
    public async Task After_the_cable_was_pulled_a_new_connection_reads_again()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using (var first = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken))
        {
            await first.UntilReadyAsync();
            reader.DropConnection();
            Assert.Equal(DeviceFaultKind.Lost, (await first.FaultAsync()).Kind);
        }

        await using var second = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await second.UntilReadyAsync();
        reader.Report(1, Tag, -58, 1, Time.GetUtcNow());
        Assert.Equal(Tag, (await second.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task A_connection_that_breaks_says_what_to_look_at()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Assert.True(HostAndPort.TryParse($"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}", 5084, out var address, out _));
        using var connection = await LlrpConnection.OpenAsync(address!, Time, TestContext.Current.CancellationToken);
        using (var reader = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken))
            reader.LingerState = new LingerOption(enable: true, seconds: 0);

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(async () => await connection.ReceiveAsync(new Deadline(TimeSpan.FromSeconds(5), Time), TestContext.Current.CancellationToken));

        Assert.Equal($"The connection to the reader at {address} broke. Check its power and the network cable.", fault.Message);
    }

    [Theory(Timeout = Limit)]
    [InlineData(0)]
    [InlineData(-5000)]
    public async Task What_the_reader_kept_while_the_cable_was_out_keeps_its_own_times(int hoursAhead)
    {
        var time = new FakeTimeProvider(Morning);
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { KeepsReports = true, ClockOffset = TimeSpan.FromHours(hoursAhead) }, time);
        await using (var first = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, time: time))
        {
            await first.UntilReadyAsync();
            reader.DropConnection();
            await first.FaultAsync();
        }

        TimeSpan[] ages = [TimeSpan.FromHours(2), TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1)];
        foreach (var age in ages)
            Assert.False(reader.Report(1, Tag, -58, 1, time.GetUtcNow() - age));

        await using var second = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, time: time);
        foreach (var age in ages)
            Assert.Equal(time.Observe() - age, (await second.Sink.NextAsync<TagSighting>()).At);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_falls_silent_is_given_up()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, keepAliveSeconds: 1);
        await source.UntilReadyAsync();

        reader.FallSilent();

        var fault = await source.FaultAsync();
        Assert.Equal(DeviceFaultKind.Lost, fault.Kind);
        Assert.Equal(
            $"Nothing came from the reader at {reader.Address} for 2.5 s, not even a keep-alive. Check its power and the network cable.",
            fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task Keep_alives_alone_hold_the_connection_and_are_acknowledged()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, keepAliveSeconds: 1);
        await source.UntilReadyAsync();

        // The reader drops a client that leaves three keep-alives unanswered, the source a reader silent for 2.5 s.
        await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        Assert.True(reader.Report(1, Tag, -58, 1, Time.GetUtcNow()));
        Assert.Equal(Tag, (await source.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_serves_another_program_is_said_to_be_busy()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var holder = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await holder.UntilReadyAsync();

        await using var late = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);

        var fault = await late.FaultAsync();
        Assert.Equal(DeviceFaultKind.Busy, fault.Kind);
        Assert.Equal(
            $"Another program holds the reader at {reader.Address} (connection status 2). End that program, or restart the reader if its connection is a left-over.",
            fault.Message);
        Assert.True(reader.Report(1, Tag, -58, 1, Time.GetUtcNow()));
        Assert.Equal(Tag, (await holder.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task Ending_the_source_frees_the_reader_at_once()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var first = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await first.UntilReadyAsync();

        await first.EndAsync();

        Assert.False(reader.IsReading);
        await using var second = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await second.UntilReadyAsync();
    }
}
