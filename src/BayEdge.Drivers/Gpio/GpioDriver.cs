using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Gpio;

/// <summary>Contacts on the pins of this computer: induction loops, light beams, door switches.</summary>
public sealed class GpioDriver : ISourceDriver, IConfigurationRules
{
    private readonly IInputPins _pins;
    private readonly TimeProvider _time;

    public GpioDriver(TimeProvider time)
        : this(time, new BoardPins())
    {
    }

    internal GpioDriver(TimeProvider time, IInputPins pins) => (_time, _pins) = (time, pins);

    public DriverDescriptor Descriptor { get; } = new(
        "gpio", SourceKind.Presence, new LocalizedText("GPIO 触点", "GPIO contact"), GpioSettings.Fields);

    public ISource Create(SourceConfiguration configuration) =>
        new GpioSource(configuration.Id, GpioSettings.From(configuration.Settings), _pins, _time);

    /// <summary>Which pins there are, only the board can tell.</summary>
    public DeviceFaultException? FaultIn(SourceConfiguration configuration) => null;

    public OwnedDevice? DeviceOf(SourceConfiguration configuration) => GpioSettings.From(configuration.Settings) is var settings && settings.Chip is { } chip
        ? new OwnedDevice(GpioSettings.PinKey, $"/dev/gpiochip{chip} {settings.Pin}")
        : new OwnedDevice(GpioSettings.PinKey, $"GPIO {settings.Pin}");

    public Task<ProbeReport> ProbeAsync(SourceConfiguration configuration, CancellationToken cancellationToken)
    {
        var settings = GpioSettings.From(configuration.Settings);
        try
        {
            using var pin = _pins.Open(settings, _ => { });
            var high = pin.IsHigh();
            var level = high ? "high" : "low";
            var meaning = high != settings.ActiveLow ? "something stands there" : "nothing stands there";
            return Task.FromResult(new ProbeReport(true, $"Pin {settings.Pin} is {level}: {meaning}.", [new ProbeFact("level", level)]));
        }
        catch (DeviceFaultException fault)
        {
            return Task.FromResult(ProbeReport.Failed(fault));
        }
    }
}
