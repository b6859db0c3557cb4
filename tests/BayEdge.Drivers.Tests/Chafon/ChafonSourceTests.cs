using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Drivers.Chafon;
using BayEdge.Drivers.Tests.Serial;
using BayEdge.Simulator.Readers.Serial;

namespace BayEdge.Drivers.Tests.Chafon;

public class ChafonSourceTests
{
    private const int Limit = 30_000;
    private const string Tag = "E28068940000501234567890";

    private static readonly TimeProvider Time = TimeProvider.System;

    private readonly ChafonDriver _driver = new(Time);

    [Fact(Timeout = Limit)]
    public async Task A_tag_at_a_UHFReader288_becomes_a_sighting_with_antenna_and_strength()
    {
        await using var device = SimulatedChafon.Start(new SimulatedChafonOptions(), Time);
        await using var cable = await SerialCable.PlugInAsync(device);
        device.Put(2, Tag, 0x47);
        await using var reader = RunningReader.Start(_driver, WithAntennas(cable.Path, 1, 2));

        var sighting = await reader.Sink.NextAsync<TagSighting>();

        Assert.Equal(("reader-1", 2, Tag, -58.0, 1), (sighting.Source, sighting.Antenna, sighting.Tag, sighting.RssiDbm, sighting.Count));
        Assert.True(reader.Sink.ReadyAsync.IsCompletedSuccessfully);
    }

    [Fact(Timeout = Limit)]
    public async Task A_tag_at_a_UHFReader18_becomes_a_sighting_without_strength()
    {
        await using var device = SimulatedChafon.Start(new SimulatedChafonOptions { Type = SimulatedChafonOptions.UhfReader18 }, Time);
        await using var cable = await SerialCable.PlugInAsync(device);
        device.Put(1, Tag, 0x47);
        await using var reader = RunningReader.Start(_driver, cable.Path);

        var sighting = await reader.Sink.NextAsync<TagSighting>();

        Assert.Equal((1, Tag, null), (sighting.Antenna, sighting.Tag, sighting.RssiDbm));
    }

    [Theory(Timeout = Limit)]
    [InlineData(SimulatedChafonOptions.UhfReader18)]
    [InlineData(SimulatedChafonOptions.UhfReader288M)]
    public async Task More_tags_than_fit_in_a_frame_all_arrive(byte type)
    {
        await using var device = SimulatedChafon.Start(new SimulatedChafonOptions { Type = type }, Time);
        await using var cable = await SerialCable.PlugInAsync(device);
        var tags = Enumerable.Range(0, 20).Select(number => $"{number:X24}").ToHashSet();
        foreach (var tag in tags)
            device.Put(1, tag, 0x50);
        await using var reader = RunningReader.Start(_driver, cable.Path);

        for (var left = tags.ToHashSet(); left.Count > 0;)
            left.Remove((await reader.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task A_parked_tag_that_keeps_its_state_goes_on_reporting()
    {
        await using var device = SimulatedChafon.Start(new SimulatedChafonOptions { TagsKeepTheirState = true }, Time);
        await using var cable = await SerialCable.PlugInAsync(device);
        device.Put(1, Tag, 0x47);
        await using var reader = RunningReader.Start(_driver, cable.Path);

        for (var seen = 0; seen < 4; seen++)
            Assert.Equal(Tag, (await reader.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Theory(Timeout = Limit)]
    [InlineData(SimulatedChafonOptions.UhfReader18)]
    [InlineData(SimulatedChafonOptions.UhfReader288M)]
    public async Task An_empty_bay_holds_the_connection(byte type)
    {
        await using var device = SimulatedChafon.Start(new SimulatedChafonOptions { Type = type }, Time);
        await using var cable = await SerialCable.PlugInAsync(device);
        await using var reader = RunningReader.Start(_driver, cable.Path);

        await Eventually.HoldsAsync(() => device.Inventories > 5);

        Assert.False(reader.Completion.IsCompleted);
        Assert.True(reader.Sink.IsEmpty);
    }

    [Fact(Timeout = Limit)]
    public async Task Noise_on_the_line_is_outlived()
    {
        await using var device = SimulatedChafon.Start(new SimulatedChafonOptions(), Time);
        await using var cable = await SerialCable.PlugInAsync(device);
        await using var reader = RunningReader.Start(_driver, cable.Path);
        await reader.UntilReadyAsync();

        // The beginning of a long frame that never ends.
        device.SendGarbage([0xF0, 0x00, 0x01, 0x03, 0x55]);
        device.Put(1, Tag, 0x47);

        Assert.Equal(Tag, (await reader.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task An_antenna_without_a_cable_is_named()
    {
        await using var device = SimulatedChafon.Start(new SimulatedChafonOptions { Antennas = [1] }, Time);
        await using var cable = await SerialCable.PlugInAsync(device);
        await using var reader = RunningReader.Start(_driver, WithAntennas(cable.Path, 1, 3));

        var fault = await reader.FaultAsync();

        Assert.Equal(DeviceFaultKind.Refused, fault.Kind);
        Assert.Equal($"The reader at {cable.Path} finds no antenna at port 3. Check the antenna's cable.", fault.Message);
    }

    [Theory(Timeout = Limit)]
    [InlineData(SimulatedChafonOptions.UhfReader18, "288", "18")]
    [InlineData(SimulatedChafonOptions.UhfReader288M, "18", "288")]
    public async Task A_wrong_model_is_told_and_no_tag_is_invented(byte type, string configured, string right)
    {
        await using var device = SimulatedChafon.Start(new SimulatedChafonOptions { Type = type }, Time);
        await using var cable = await SerialCable.PlugInAsync(device);
        device.Put(1, Tag, 0x47);
        await using var reader = RunningReader.Start(_driver, cable.Path, ("model", configured));

        var fault = await reader.FaultAsync();

        Assert.Equal(DeviceFaultKind.Protocol, fault.Kind);
        Assert.Equal($"The reader at {cable.Path} does not take or give tags as a UHFReader{configured} does. Set model to {right}.", fault.Message);
        Assert.True(reader.Sink.IsEmpty);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_falls_silent_is_given_up()
    {
        await using var device = SimulatedChafon.Start(new SimulatedChafonOptions(), Time);
        await using var cable = await SerialCable.PlugInAsync(device);
        await using var reader = RunningReader.Start(_driver, cable.Path);
        await reader.UntilReadyAsync();

        device.FallSilent();

        var fault = await reader.FaultAsync();
        Assert.Equal(DeviceFaultKind.Lost, fault.Kind);
        Assert.Equal($"The reader at {cable.Path} does not answer any more. Check its power and the cable.", fault.Message);
    }

    [Fact(Timeout = Limit)]
    public async Task After_the_adapter_was_unplugged_it_reads_again_under_the_same_name()
    {
        await using var device = SimulatedChafon.Start(new SimulatedChafonOptions(), Time);
        await using var cable = await SerialCable.PlugInAsync(device);
        await using (var first = RunningReader.Start(_driver, cable.Path))
        {
            await first.UntilReadyAsync();
            await cable.UnplugAsync();
            Assert.Equal(DeviceFaultKind.Lost, (await first.FaultAsync()).Kind);
        }

        await cable.PlugInAsync();
        device.Put(1, Tag, 0x47);
        await using var second = RunningReader.Start(_driver, cable.Path);
        Assert.Equal(Tag, (await second.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_in_real_time_mode_is_told()
    {
        await using var device = SimulatedChafon.Start(new SimulatedChafonOptions(), Time);
        await using var cable = await SerialCable.PlugInAsync(device);
        await using var reader = RunningReader.Start(_driver, cable.Path);
        await reader.UntilReadyAsync();

        device.ReportByItself(Tag);

        Assert.Equal(
            $"The reader at {cable.Path} is set to report by itself (real time mode) and does not listen then. Set it to answer mode with the maker's program.",
            (await reader.FaultAsync()).Message);
    }

    private ReaderConfiguration WithAntennas(string port, params int[] antennas) => RunningReader.Configuration(_driver, port) with
    {
        Antennas = [.. antennas.Select(antenna => new AntennaConfiguration(antenna, $"bay-0{antenna}"))],
    };
}
