using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Simulator.Readers;
using BayEdge.Simulator.Time;

namespace BayEdge.Drivers.Tests.Llrp;

public class LlrpFaultTests
{
    private const int Limit = 30_000;
    private const double Speed = 6;
    private const int DeleteRoSpec = 21;
    private const int CloseConnection = 14;
    private const string Tag = "E28068940000501234567890";

    private static readonly TimeProvider Time = TimeProvider.System;

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_keeps_alive_but_never_answers_is_given_up()
    {
        var time = new AcceleratedTimeProvider(TimeProvider.System, Speed);
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), time);
        reader.Ignore(DeleteRoSpec);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, keepAliveSeconds: 1, time: time);

        var fault = await source.FaultAsync();

        Assert.Equal(DeviceFaultKind.Lost, fault.Kind);
        Assert.Equal(
            $"The reader at {reader.Address} did not answer the order to drop earlier reading orders (DELETE_ROSPEC) within 10 s. "
            + "Restart it if this stays so.",
            fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task A_frame_that_trickles_in_byte_by_byte_is_not_waited_for_without_end()
    {
        var time = new AcceleratedTimeProvider(TimeProvider.System, Speed);
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, keepAliveSeconds: 5, time: time);
        await source.UntilReadyAsync();

        // An RO_ACCESS_REPORT of 1 MB, of which a byte comes every half second.
        reader.SendGarbage(Convert.FromHexString("043D00100000" + "00000000"));
        while (!source.Completion.IsCompleted)
        {
            reader.SendGarbage([0]);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        }

        Assert.StartsWith($"Nothing came from the reader at {reader.Address} for 12.5 s", (await source.FaultAsync()).Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_stops_reading_by_itself_is_lost()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await source.UntilReadyAsync();

        reader.EndReading();

        var fault = await source.FaultAsync();
        Assert.Equal(DeviceFaultKind.Lost, fault.Kind);
        Assert.Equal(
            $"The reader at {reader.Address} stopped reading by itself; it is ordered to read again. End any other program that uses it.",
            fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_complains_of_itself_is_lost()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await source.UntilReadyAsync();

        reader.RaiseException("PA over temperature");

        var fault = await source.FaultAsync();
        Assert.Equal(DeviceFaultKind.Lost, fault.Kind);
        Assert.Equal(
            $"The reader at {reader.Address} reports a fault of its own: \"PA over temperature\". It is connected anew; restart it if this repeats.",
            fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_whose_antenna_is_unplugged_is_lost_until_it_is_back()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using (var first = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, antennas: [1, 2]))
        {
            await first.UntilReadyAsync();
            reader.Plug(2, connected: false);
            await IsLostWithoutAntennaAsync(first);
        }

        await using (var second = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, antennas: [1, 2]))
            await IsLostWithoutAntennaAsync(second);

        reader.Plug(2, connected: true);
        await using var third = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, antennas: [1, 2]);
        await third.UntilReadyAsync();

        async Task IsLostWithoutAntennaAsync(RunningSource source)
        {
            var fault = await source.FaultAsync();
            Assert.Equal(DeviceFaultKind.Lost, fault.Kind);
            Assert.Equal($"The reader at {reader.Address} feels no antenna on port 2. Check the antenna cable and its plugs.", fault.Message);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task An_antenna_that_nobody_configured_may_come_and_go()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, antennas: [1, 2]);
        await source.UntilReadyAsync();

        reader.Plug(3, connected: false);
        reader.Plug(3, connected: true);
        reader.Report(1, Tag, -58, 1, Time.GetUtcNow());

        Assert.Equal(Tag, (await source.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_will_not_drop_the_reading_order_still_hears_the_farewell()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var relay = new RecordingRelay(reader.Port, TestContext.Current.CancellationToken);
        await using var source = RunningSource.Start(relay.Address, TestContext.Current.CancellationToken);
        await source.UntilReadyAsync();
        reader.Refuse(DeleteRoSpec, statusCode: 101, "Not now.");

        await source.EndAsync();

        Assert.Equal([DeleteRoSpec, CloseConnection], (await relay.ClientFramesAsync()).Select(RecordingRelay.TypeOf).TakeLast(2));
    }
}
