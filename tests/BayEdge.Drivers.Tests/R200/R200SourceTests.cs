using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Drivers.R200;
using BayEdge.Drivers.Tests.Serial;
using BayEdge.Simulator.Readers.Serial;

namespace BayEdge.Drivers.Tests.R200;

public class R200SourceTests
{
    private const int Limit = 30_000;
    private const string Tag = "E28068940000501234567890";

    private readonly R200Driver _driver = new(TimeProvider.System);

    [Theory(Timeout = Limit)]
    [InlineData(false, "auto")]
    [InlineData(true, "auto")]
    [InlineData(false, "BB7E")]
    [InlineData(true, "AADD")]
    public async Task A_tag_at_the_module_becomes_a_sighting(bool framesBetweenAaAndDd, string framing)
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options { FramesBetweenAaAndDd = framesBetweenAaAndDd }, TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, cable.Path, ("framing", framing));
        await ReadingAsync(reader, module);
        var before = TimeProvider.System.Observe();

        Assert.True(module.Report(Tag, -58));

        var sighting = await reader.Sink.NextAsync<TagSighting>();
        Assert.Equal(("reader-1", 1, Tag, -58.0, 1), (sighting.Source, sighting.Antenna, sighting.Tag, sighting.RssiDbm, sighting.Count));
        Assert.InRange(sighting.At.Monotonic, before.Monotonic, TimeProvider.System.Observe().Monotonic);
    }

    [Theory(Timeout = Limit)]
    [InlineData("ABCD")]
    [InlineData("3674257BF7194E4000001A8533221100AABB")]
    public async Task A_tag_with_an_identity_of_another_length_keeps_all_of_it(string tag)
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options(), TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, cable.Path);
        await ReadingAsync(reader, module);

        module.Report(tag, -70);

        Assert.Equal(tag, (await reader.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task Noise_on_the_line_costs_no_tag_that_comes_after_it()
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options(), TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, cable.Path);
        await ReadingAsync(reader, module);

        // The beginning of a long frame that never ends.
        module.SendGarbage(Convert.FromHexString("00FF7EBB022200"));
        module.SendGarbage(Convert.FromHexString("60BBBB02"));
        module.Report(Tag, -58);

        Assert.Equal(Tag, (await reader.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task A_module_that_has_counted_its_rounds_down_is_started_again()
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options { MostRounds = 1 }, TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, cable.Path);
        await ReadingAsync(reader, module);

        Assert.True(module.Report(Tag, -58));
        Assert.False(module.Report(Tag, -58));
        await Eventually.HoldsAsync(() => module.Report("ABCD", -58));

        Assert.Equal(Tag, (await reader.Sink.NextAsync<TagSighting>()).Tag);
        Assert.Equal("ABCD", (await reader.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task An_empty_bay_holds_the_connection()
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options(), TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, cable.Path);
        await ReadingAsync(reader, module);

        for (var round = 0; round < 100; round++)
            module.ReportNoTag();
        var started = module.Starts;
        await Eventually.HoldsAsync(() => module.Starts > started + 1);

        Assert.False(reader.Completion.IsCompleted);
    }

    [Fact(Timeout = Limit)]
    public async Task A_module_that_falls_silent_is_given_up()
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options(), TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, cable.Path);
        await ReadingAsync(reader, module);

        module.FallSilent();

        var fault = await reader.FaultAsync();
        Assert.Equal(DeviceFaultKind.Lost, fault.Kind);
        Assert.Equal($"The module at {cable.Path} does not answer any more. Check its power and the cable.", fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task After_the_adapter_was_unplugged_it_reads_again_under_the_same_name()
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options(), TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using (var first = RunningReader.Start(_driver, cable.Path))
        {
            await ReadingAsync(first, module);
            await cable.UnplugAsync();
            var fault = await first.FaultAsync();
            Assert.Equal(DeviceFaultKind.Lost, fault.Kind);
            Assert.Equal($"The serial port {cable.Path} is gone: the adapter was unplugged or lost its power. Plug it in again; reading goes on by itself.", fault.Message);
        }

        await using (var unplugged = RunningReader.Start(_driver, cable.Path))
            Assert.Equal(DeviceFaultKind.Unreachable, (await unplugged.FaultAsync()).Kind);

        var starts = module.Starts;
        await cable.PlugInAsync();
        await using var second = RunningReader.Start(_driver, cable.Path);
        await second.UntilReadyAsync();
        await Eventually.HoldsAsync(() => module.Starts > starts);
        module.Report(Tag, -58);
        Assert.Equal(Tag, (await second.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task Stopping_the_service_switches_the_radio_off()
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options(), TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, cable.Path);
        await ReadingAsync(reader, module);

        await reader.EndAsync();

        Assert.False(module.IsReading);
    }

    [Fact(Timeout = Limit)]
    public async Task Busy_channels_are_told_and_not_taken_for_an_empty_bay()
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options(), TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, cable.Path);
        await ReadingAsync(reader, module);

        await Eventually.HoldsAsync(() => !module.ReportBusyChannels() || reader.Completion.IsCompleted);

        var fault = await reader.FaultAsync();
        Assert.Equal(DeviceFaultKind.Busy, fault.Kind);
        Assert.Equal(
            $"The module at {cable.Path} finds all radio channels busy. Another reader is too near or too strong: lower its power or move it.", fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task A_damaged_identity_is_no_tag_and_too_many_of_them_are_a_fault()
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options(), TimeProvider.System);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(_driver, cable.Path);
        await ReadingAsync(reader, module);

        await Eventually.HoldsAsync(() => !module.ReportDamaged() || reader.Completion.IsCompleted);

        Assert.Equal(DeviceFaultKind.Protocol, (await reader.FaultAsync()).Kind);
        Assert.True(reader.Sink.IsEmpty);
    }

    /// <summary>The module reads a little after the source has said so: the command is still on its way.</summary>
    private static async Task ReadingAsync(RunningReader reader, SimulatedR200 module)
    {
        await reader.UntilReadyAsync();
        await Eventually.HoldsAsync(() => module.IsReading);
    }
}
