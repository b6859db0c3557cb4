using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Gpio;

/// <summary>Opens inputs; the real ones belong to this computer, others may stand for them.</summary>
internal interface IInputPins
{
    /// <param name="edge">Called with the new level, true for high, on any thread, until the pin is disposed.</param>
    /// <exception cref="DeviceFaultException">The pin cannot be used; the message says what to do.</exception>
    IInputPin Open(GpioSettings settings, Action<bool> edge);
}

internal interface IInputPin : IDisposable
{
    /// <exception cref="DeviceFaultException">The pin cannot be read any more.</exception>
    bool IsHigh();
}
