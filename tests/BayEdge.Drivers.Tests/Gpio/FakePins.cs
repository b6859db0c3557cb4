using BayEdge.Drivers.Gpio;

namespace BayEdge.Drivers.Tests.Gpio;

/// <summary>One input that the test wires by hand.</summary>
internal sealed class FakePins : IInputPins
{
    private Action<bool>? _edge;
    private volatile bool _high;

    public bool IsOpen => _edge is not null;

    /// <summary>Whether the kernel notices edges.</summary>
    public bool NoticesEdges { get; set; } = true;

    public IInputPin Open(GpioSettings settings, Action<bool> edge)
    {
        _edge = edge;
        return new Pin(this);
    }

    public void Set(bool high)
    {
        _high = high;
        if (NoticesEdges)
            _edge?.Invoke(high);
    }

    private sealed class Pin(FakePins owner) : IInputPin
    {
        public bool IsHigh() => owner._high;

        public void Dispose() => owner._edge = null;
    }
}
