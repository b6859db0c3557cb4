using BayEdge.Core.Drivers;
using BayEdge.Drivers.Chafon;
using BayEdge.Drivers.Mercury;
using BayEdge.Drivers.R200;
using BayEdge.Drivers.Serial;
using BayEdge.Simulator.Readers.Serial;

namespace BayEdge.Drivers.Tests.Serial;

/// <summary>Whoever stands on a ladder hears what was tried, what the device says to that and what to do.</summary>
public sealed class SerialRefusalTests
{
    private const int Limit = 30_000;

    private static readonly TimeProvider Time = TimeProvider.System;

    [Fact(Timeout = Limit)]
    public async Task A_ThingMagic_module_that_does_not_take_its_power_is_quoted_in_words()
    {
        await using var module = SimulatedMercury.Start(new SimulatedMercuryOptions(), Time);
        module.Refuse(0x92);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(new MercuryDriver(Time), cable.Path, ("powerDbm", "12"));

        Assert.Equal(
            $"The module at {cable.Path} refused to set the power: it does not know this command. Update its firmware, or use another model for this. (command 0x92)",
            (await reader.FaultAsync()).Message);
    }

    [Fact(Timeout = Limit)]
    public async Task An_R200_module_that_does_not_take_its_region_is_quoted_in_words()
    {
        await using var module = SimulatedR200.Start(new SimulatedR200Options(), Time);
        module.Refuse(0x07);
        await using var cable = await SerialCable.PlugInAsync(module);
        await using var reader = RunningReader.Start(new R200Driver(Time), cable.Path, ("region", "eu"));

        Assert.Equal(
            $"The module at {cable.Path} refused to set the radio region: it does not know this command or value. "
            + "Check region, powerDbm and antennas in its settings against what it can do. (command 0x07)",
            (await reader.FaultAsync()).Message);
    }

    [Fact]
    public void An_answer_that_is_too_short_says_what_was_asked_and_how_much_came()
    {
        var fault = SerialRefusal.TooShort("module", "/dev/ttyUSB0", R200Command.InWords(R200Command.GetPower), bytes: 1, expected: 2, R200Command.GetPower);

        Assert.Equal(
            "The module at /dev/ttyUSB0 should tell its power, but answered with 1 bytes where 2 belong. Check its cable, and that it is the right kind of module. (command 0xB7)",
            fault.Message);
        Assert.Equal(DeviceFaultKind.Protocol, fault.Kind);
    }

    [Fact]
    public void What_no_manual_explains_keeps_its_number()
    {
        Assert.Equal("an unknown reason (status 0x7F01)", MercuryStatus.Describe(0x7F01).Text);
        Assert.Equal("an unknown reason (status 0x5A)", ChafonStatus.Describe(0x5A).Text);
        Assert.Equal("an unknown reason (failure 0x5A)", R200Failure.Describe(0x5A).Text);
    }
}
