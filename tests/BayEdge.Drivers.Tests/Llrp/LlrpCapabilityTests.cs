using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Simulator.Readers;

namespace BayEdge.Drivers.Tests.Llrp;

public class LlrpCapabilityTests
{
    private const int Limit = 30_000;
    private const string Tag = "E28068940000501234567890";

    private static readonly TimeProvider Time = TimeProvider.System;

    [Fact(Timeout = Limit)]
    public async Task The_power_of_a_reader_that_reads_is_changed_and_it_reads_on()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, settings: ("powerDbm", "28"));
        await source.UntilReadyAsync();
        var power = source.Source.Can<ITransmitPower>();

        Assert.Equal(new TransmitPower(28, 10, 30), await power.GetPowerAsync(TestContext.Current.CancellationToken));
        foreach (var (wanted, expected) in ((double, double)[])[(20, 20), (12.7, 12), (30, 30)])
        {
            Assert.Equal(new TransmitPower(expected, 10, 30), await power.SetPowerAsync(wanted, TestContext.Current.CancellationToken));
            Assert.Equal((expected, expected), (reader.PowerDbm(1), reader.PowerDbm(2)));

            Assert.True(reader.Report(2, Tag, -58, 1, Time.GetUtcNow()));
            Assert.Equal(Tag, (await source.Sink.NextAsync<TagSighting>()).Tag);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task A_power_that_the_reader_cannot_is_refused_and_it_reads_on_as_before()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, settings: ("powerDbm", "28"));
        await source.UntilReadyAsync();

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(
            () => source.Source.Can<ITransmitPower>().SetPowerAsync(5, TestContext.Current.CancellationToken));

        Assert.Equal($"5 dBm is wanted, but the weakest level of the reader at {reader.Address} is 10 dBm. Set powerDbm higher, or leave it out.", fault.Message);
        fault = await Assert.ThrowsAsync<DeviceFaultException>(
            () => source.Source.Can<ITransmitPower>().SetPowerAsync(33, TestContext.Current.CancellationToken));
        Assert.Equal($"33 dBm is wanted, but the strongest level of the reader at {reader.Address} is 30 dBm. Set powerDbm lower.", fault.Message);
        Assert.Equal(28, reader.PowerDbm(1));
        Assert.True(reader.Report(1, Tag, -58, 1, Time.GetUtcNow()));
        Assert.Equal(Tag, (await source.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_sends_with_another_power_than_it_was_told_is_refused()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { StrongestLevel = 15 }, Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, settings: ("powerDbm", "28"));

        Assert.Equal(
            $"The reader at {reader.Address} was told to send with 28 dBm through port 1 but uses 24 dBm. Set powerDbm to what the reader can do.",
            (await source.FaultAsync()).Message);
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_does_not_tell_its_orders_is_believed()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        reader.Refuse(messageType: 26, statusCode: 109, "Unsupported message.");
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, settings: ("powerDbm", "28"));
        await source.UntilReadyAsync();

        Assert.Equal(28, reader.PowerDbm(1));
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_refuses_a_new_order_half_way_is_connected_anew()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await source.UntilReadyAsync();
        reader.Refuse(messageType: 20, statusCode: 101, "No.");

        var told = await Assert.ThrowsAsync<DeviceFaultException>(() => source.Source.Can<ITransmitPower>().SetPowerAsync(20, TestContext.Current.CancellationToken));
        var ended = await source.FaultAsync();

        Assert.Equal((DeviceFaultKind.Lost, told.Message), (ended.Kind, ended.Message));
        Assert.EndsWith("It is connected anew as configured.", told.Message, StringComparison.Ordinal);
    }

    [Theory(Timeout = Limit)]
    [InlineData("cn900", null)]
    [InlineData("au", null)]
    [InlineData("eu", "Europe 865-868 MHz")]
    public async Task A_reader_in_another_radio_band_than_the_configured_one_is_refused(string configured, string? expected)
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, settings: ("region", configured));

        if (expected is null)
        {
            await source.UntilReadyAsync();
            Assert.Equal(
                new RadioRegion("cn900", "China 920-925 MHz"), await source.Source.Can<IRadioRegion>().GetRegionAsync(TestContext.Current.CancellationToken));
            return;
        }

        Assert.Equal(
            $"The reader at {reader.Address} sends in China 920-925 MHz, but {expected} is configured. Set the region on the reader's own page, use a reader made for this region, or correct the setting region.",
            (await source.FaultAsync()).Message);
    }

    [Theory(Timeout = Limit)]
    [InlineData("us", "31", null, "31 dBm is wanted of the reader at ADDRESS, but America 902-928 MHz allows 30 dBm. Lower powerDbm.")]
    [InlineData("eu", "30", "8", "30 dBm is wanted of the reader at ADDRESS, but Europe 865-868 MHz allows 27.15 dBm with an antenna of 8 dBi. Lower powerDbm.")]
    [InlineData("eu", "27", "8", null)]
    public async Task A_power_that_the_region_does_not_allow_is_refused(string region, string dBm, string? gain, string? expected)
    {
        int[] carriers = region == "us" ? [902_750, 927_250] : [865_700, 867_500];
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { Carriers = carriers }, Time);
        (string, string)[] settings = [("region", region), ("powerDbm", dBm), .. gain is null ? [] : (ReadOnlySpan<(string, string)>)[("antennaGainDbi", gain)]];
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, settings: settings);

        if (expected is null)
            await source.UntilReadyAsync();
        else
            Assert.Equal(expected.Replace("ADDRESS", reader.Address, StringComparison.Ordinal), (await source.FaultAsync()).Message);
    }

    [Theory(Timeout = Limit)]
    [InlineData(null, "30", "30 dBm is wanted of the reader at ADDRESS, but Europe 865-868 MHz allows 27.15 dBm with an antenna of 8 dBi. Lower powerDbm.")]
    [InlineData("eu", null, "The reader at ADDRESS is itself set to 30 dBm, but Europe 865-868 MHz allows 27.15 dBm with an antenna of 8 dBi. Set powerDbm to what is allowed.")]
    public async Task Neither_a_power_in_the_readers_own_band_nor_the_readers_own_power_in_the_configured_band_may_be_unlawful(string? region, string? dBm, string sentence)
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { Carriers = [865_700, 867_500] }, Time);
        (string, string)[] settings =
        [
            ("antennaGainDbi", "8"), .. region is null ? [] : (ReadOnlySpan<(string, string)>)[("region", region)], .. dBm is null ? [] : (ReadOnlySpan<(string, string)>)[("powerDbm", dBm)],
        ];
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken, settings: settings);

        var fault = await source.FaultAsync();

        Assert.Equal(sentence.Replace("ADDRESS", reader.Address, StringComparison.Ordinal), fault.Message);
        Assert.Equal("reader at {0}", fault.Says.Values[dBm is null ? "0:key" : "1:key"]);
        Assert.False(reader.IsReading);
    }

    [Fact(Timeout = Limit)]
    public async Task Antennas_inputs_and_outputs_of_a_reader_that_reads_are_at_hand()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { HighInputs = new HashSet<int> { 2 } }, Time);
        reader.Plug(3, connected: false);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await source.UntilReadyAsync();

        Assert.Equal(
            [(1, true), (2, true), (3, false), (4, true)],
            (await source.Source.Can<IAntennaPorts>().GetAntennasAsync(TestContext.Current.CancellationToken)).Select(port => (port.Port, port.Connected == true)));
        Assert.Equal(
            [(1, false), (2, true), (3, false), (4, false)],
            (await source.Source.Can<IDigitalPorts>().GetInputsAsync(TestContext.Current.CancellationToken)).Select(input => (input.Port, input.On == true)));
        foreach (var on in (bool[])[true, false])
        {
            await source.Source.Can<IDigitalPorts>().SetOutputAsync(1, on, TestContext.Current.CancellationToken);
            Assert.Equal(on, reader.IsOn(1));
            Assert.Equal(
                [new DigitalOutput(1, on), new DigitalOutput(2, false), new DigitalOutput(3, false), new DigitalOutput(4, false)],
                await source.Source.Can<IDigitalPorts>().GetOutputsAsync(TestContext.Current.CancellationToken));
        }
    }

    [Theory(Timeout = Limit)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Outputs_that_a_reader_only_takes_orders_for_are_counted_and_their_state_is_unknown(bool refuses)
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions { TellsOutputs = false }, Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await source.UntilReadyAsync();
        if (refuses)
            reader.Refuse(messageType: 2, statusCode: 101, "GPOWriteData");

        Assert.Equal(
            [new DigitalOutput(1, null), new DigitalOutput(2, null), new DigitalOutput(3, null), new DigitalOutput(4, null)],
            await source.Source.Can<IDigitalPorts>().GetOutputsAsync(TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = Limit)]
    public async Task A_reader_that_is_not_connected_says_so()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), Time);
        await using var source = RunningSource.Start(reader.Address, TestContext.Current.CancellationToken);
        await source.UntilReadyAsync();
        await source.EndAsync();

        var fault = await Assert.ThrowsAsync<DeviceFaultException>(() => source.Source.Can<ITransmitPower>().GetPowerAsync(TestContext.Current.CancellationToken));

        Assert.Equal($"The reader at {reader.Address} is not connected at the moment. Wait until it is, or see why it is not.", fault.Message);
    }
}
