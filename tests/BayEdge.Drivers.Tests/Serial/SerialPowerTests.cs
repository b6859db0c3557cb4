using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Drivers.Chafon;
using BayEdge.Drivers.Mercury;
using BayEdge.Drivers.R200;
using BayEdge.Simulator.Readers.Serial;

namespace BayEdge.Drivers.Tests.Serial;

/// <summary>A module that is told to send with a power that it does not have.</summary>
public sealed class SerialPowerTests
{
    private const int Limit = 30_000;
    private const string Tag = "E28068940000501234567890";

    private static readonly TimeProvider Time = TimeProvider.System;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory(Timeout = Limit)]
    [InlineData(700, "700 dBm is wanted, but the module at PORT can send with 5 dBm to 33 dBm. Correct powerDbm.")]
    [InlineData(30, "The module at PORT was told to send with 30 dBm but uses 26 dBm. Set powerDbm to what the module can do.")]
    public async Task An_R200_module_that_cannot_send_so_goes_on_as_before(double dBm, string expected)
    {
        // A region without a name here: nothing says what is lawful.
        await using var module = SimulatedR200.Start(new SimulatedR200Options { Region = 0x7F }, Time);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(new R200Driver(Time), cable.Path);
        await reader.UntilReadyAsync();

        await AssertCannotSendAsync(reader, cable, dBm, expected);
        Assert.Equal(2000, module.PowerCentiDbm);
        await Eventually.HoldsAsync(() => module.Report(Tag, -58));
        Assert.Equal(Tag, (await reader.Sink.NextAsync<TagSighting>()).Tag);
    }

    [Theory(Timeout = Limit)]
    [InlineData(300, "300 dBm is wanted, but the reader at PORT can send with 0 dBm to 33 dBm. Correct powerDbm.")]
    [InlineData(33, "The reader at PORT was told to send with 33 dBm but uses 30 dBm. Set powerDbm to what the reader can do.")]
    public async Task A_Chafon_reader_that_cannot_send_so_goes_on_as_before(double dBm, string expected)
    {
        await using var module = SimulatedChafon.Start(new SimulatedChafonOptions { PowerDbm = 20 }, Time);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(new ChafonDriver(Time), cable.Path);
        await reader.UntilReadyAsync();

        await AssertCannotSendAsync(reader, cable, dBm, expected);
        Assert.Equal(20, module.PowerDbm);
    }

    [Theory(Timeout = Limit)]
    [InlineData(30, "30 dBm is wanted, but the module at PORT can send with 0 dBm to 27 dBm. Correct powerDbm.")]
    [InlineData(18.25, "The module at PORT was told to send with 18.25 dBm but uses 18 dBm. Set powerDbm to what the module can do.")]
    public async Task A_ThingMagic_module_that_cannot_send_so_goes_on_as_before(double dBm, string expected)
    {
        await using var module = SimulatedMercury.Start(new SimulatedMercuryOptions { PowerStepCentiDbm = 50 }, Time);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(new MercuryDriver(Time), cable.Path);
        await reader.UntilReadyAsync();

        await AssertCannotSendAsync(reader, cable, dBm, expected);
        Assert.Equal(2000, module.PowerCentiDbm);
        await Eventually.HoldsAsync(() => module.Report(Tag, -58));
        Assert.Equal(Tag, (await reader.Sink.NextAsync<TagSighting>()).Tag);
    }

    private static async Task AssertCannotSendAsync(RunningReader reader, SerialCable cable, double dBm, string expected)
    {
        var refused = await Assert.ThrowsAsync<DeviceFaultException>(() => reader.Source.Can<ITransmitPower>().SetPowerAsync(dBm, Cancelled));

        Assert.Equal(expected.Replace("PORT", cable.Path, StringComparison.Ordinal), refused.Message);
    }
}
