using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Mercury;
using BayEdge.Drivers.Tests.Serial;
using BayEdge.Simulator.Readers.Serial;

namespace BayEdge.Drivers.Tests.Mercury;

public class MercurySourceTests
{
    private const int Limit = 30_000;
    private const string Tag = "E28068940000501234567890";

    private readonly MercuryDriver _driver = new(TimeProvider.System);

    [Fact(Timeout = Limit)]
    public async Task A_tag_at_the_module_becomes_a_sighting()
    {
        await using var module = Module();
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, cable.Path);
        await reader.UntilReadyAsync();
        var before = TimeProvider.System.Observe();

        Assert.True(module.Report(Tag, -58));

        var sighting = await reader.Sink.NextAsync<TagSighting>();
        Assert.Equal(("reader-1", 1, Tag, -58.0, 1), (sighting.Source, sighting.Antenna, sighting.Tag, sighting.RssiDbm, sighting.Count));
        // The module counts in whole milliseconds.
        Assert.InRange(sighting.At.Monotonic, before.Monotonic - TimeSpan.FromMilliseconds(250), TimeProvider.System.Observe().Monotonic);
    }

    [Fact(Timeout = Limit)]
    public async Task Each_antenna_of_a_module_with_several_looks_at_its_own_bay()
    {
        await using var module = Module(new SimulatedMercuryOptions { Hardware = 0x18, Antennas = [1, 2, 3, 4] });
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, WithAntennas(cable.Path, 1, 3));
        await reader.UntilReadyAsync();

        Assert.False(module.Report(Tag, -58, antenna: 2));
        Assert.True(module.Report(Tag, -58, antenna: 3));

        Assert.Equal(3, (await reader.Sink.NextAsync<TagSighting>()).Antenna);
    }

    [Theory(Timeout = Limit)]
    [InlineData("ABCD")]
    [InlineData("3674257BF7194E4000001A8533221100AABB")]
    public async Task A_tag_with_an_identity_of_another_length_keeps_all_of_it(string tag)
    {
        await using var module = Module();
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, cable.Path);
        await reader.UntilReadyAsync();

        module.Report(tag, -70);

        Assert.Equal(tag, (await reader.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task A_module_in_its_boot_loader_is_booted()
    {
        await using var module = Module(new SimulatedMercuryOptions { WaitsInBootLoader = true });
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, cable.Path);

        await reader.UntilReadyAsync();

        Assert.True(module.IsReading);
    }

    [Fact(Timeout = Limit)]
    public async Task Keep_alives_hold_the_connection_of_an_empty_bay()
    {
        await using var module = Module();
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, cable.Path);
        await reader.UntilReadyAsync();

        await Task.Delay(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken);

        Assert.Equal(1, module.Starts);
        Assert.False(reader.Completion.IsCompleted);
    }

    [Fact(Timeout = Limit)]
    public async Task A_module_that_stopped_by_itself_is_started_again()
    {
        await using var module = Module();
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, cable.Path);
        await reader.UntilReadyAsync();

        module.Forget();

        await Eventually.HoldsAsync(() => module.Report(Tag, -58));
        Assert.Equal(Tag, (await reader.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task A_module_that_falls_silent_is_given_up()
    {
        await using var module = Module();
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, cable.Path);
        await reader.UntilReadyAsync();

        module.FallSilent();

        var fault = await reader.FaultAsync();
        Assert.Equal(DeviceFaultKind.Lost, fault.Kind);
        Assert.Equal($"The module at {cable.Path} does not answer any more. Check its power and the cable.", fault.Message);
    }

    [Theory(Timeout = Limit)]
    [InlineData(0x0504, "is too hot or too cold and pauses. Give it a heat sink or air, or lower powerDbm; it is tried again.")]
    [InlineData(0x0505, "stopped sending: the antenna reflects the power. Check the antenna, its cable and its plugs.")]
    [InlineData(0x0503, "stopped sending: no antenna is connected. Check the antenna, its cable and its plugs.")]
    public async Task A_module_that_cannot_send_is_not_taken_for_an_empty_bay(int status, string sentence)
    {
        await using var module = Module();
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, cable.Path);
        await reader.UntilReadyAsync();

        module.EndCycle(status);

        var fault = await reader.FaultAsync();
        Assert.Equal(DeviceFaultKind.Lost, fault.Kind);
        Assert.Equal($"The module at {cable.Path} {sentence}", fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task Noise_on_the_line_costs_no_tag_that_comes_after_it()
    {
        await using var module = Module();
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, cable.Path);
        await reader.UntilReadyAsync();

        // The beginning of a long frame that never ends.
        module.SendGarbage(Convert.FromHexString("00FFF822"));
        module.Report(Tag, -58);

        Assert.Equal(Tag, (await reader.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task After_the_adapter_was_unplugged_it_reads_again_under_the_same_name()
    {
        await using var module = Module();
        await using var cable = await SerialCable.PlugInAsync(module);
        await using (var first = RunningReader.Start(_driver, cable.Path))
        {
            await first.UntilReadyAsync();
            await cable.UnplugAsync();
            Assert.Equal(DeviceFaultKind.Lost, (await first.FaultAsync()).Kind);
        }

        // The module itself had power all the time and still reads.
        await cable.PlugInAsync();
        await using var second = RunningReader.Start(_driver, cable.Path);
        await second.UntilReadyAsync();
        Assert.True(module.Report(Tag, -58));
        Assert.Equal(Tag, (await second.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task Stopping_the_service_switches_the_radio_off()
    {
        await using var module = Module();
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, cable.Path);
        await reader.UntilReadyAsync();

        await reader.EndAsync();

        Assert.False(module.IsReading);
    }

    private static SimulatedMercury Module(SimulatedMercuryOptions? options = null) =>
        SimulatedMercury.Start(options ?? new SimulatedMercuryOptions(), TimeProvider.System);

    private ReaderConfiguration WithAntennas(string port, params int[] antennas) => RunningReader.Configuration(_driver, port) with
    {
        Antennas = [.. antennas.Select(antenna => new AntennaConfiguration(antenna, $"bay-{antenna:00}"))],
    };
}
