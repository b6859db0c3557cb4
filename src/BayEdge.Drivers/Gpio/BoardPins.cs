using System.Device.Gpio;
using System.Device.Gpio.Drivers;
using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Gpio;

/// <summary>The inputs of the board this service runs on.</summary>
/// <param name="deviceFolder">Where the kernel shows its GPIO chips.</param>
internal sealed class BoardPins(string deviceFolder = "/dev") : IInputPins
{
    public IInputPin Open(GpioSettings settings, Action<bool> edge)
    {
        RequireChip(settings.Chip);
        try
        {
            return BoardPin.Open(settings, edge);
        }
        catch (Exception exception) when (IsOfLibrary(exception))
        {
            throw new DeviceFaultException(DeviceFaultKind.Local, Explain(exception, settings), exception);
        }
    }

    private static bool IsOfLibrary(Exception exception) => exception is IOException or UnauthorizedAccessException
        or DllNotFoundException or NotSupportedException or InvalidOperationException or ArgumentException;

    private static Wording Explain(Exception exception, GpioSettings settings) => exception switch
    {
        DllNotFoundException or PlatformNotSupportedException =>
            Wording.Of("The library libgpiod is missing on this computer. Install it (sudo apt install libgpiod2, or libgpiod3 on newer systems) and restart the service."),
        _ => $"GPIO pin {settings.Pin} cannot be used: {exception.Message.TrimEnd('.')}. Check the pin number, and that no other program holds the pin.",
    };

    private void RequireChip(int? chip)
    {
        var name = chip is null ? "gpiochip*" : $"gpiochip{chip}";
        var path = Directory.EnumerateFiles(deviceFolder, name).Order(StringComparer.Ordinal).FirstOrDefault() ?? throw new DeviceFaultException(
            DeviceFaultKind.Local,
            $"This computer shows no GPIO chip ({deviceFolder}/{name} is missing). A gpio contact needs a board with GPIO pins, such as a Raspberry Pi; check the setting chip.");
        try
        {
            File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite).Dispose();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Local,
                $"The service may not use {path}. Add its user to the group gpio (sudo usermod -aG gpio bayedge) and restart it.",
                exception);
        }
    }

    private sealed class BoardPin : IInputPin
    {
        private readonly GpioController _controller;
        private readonly int _pin;

        private BoardPin(GpioController controller, int pin) => (_controller, _pin) = (controller, pin);

        public static BoardPin Open(GpioSettings settings, Action<bool> edge)
        {
            var controller = settings.Chip is { } chip ? new GpioController(new LibGpiodDriver(chip)) : new GpioController();
            try
            {
                // A dry contact leaves the pin floating when open, so it is pulled to the level that means nothing is there.
                var pulled = settings.ActiveLow ? PinMode.InputPullUp : PinMode.InputPullDown;
                controller.OpenPin(settings.Pin, controller.IsPinModeSupported(settings.Pin, pulled) ? pulled : PinMode.Input);
                controller.RegisterCallbackForPinValueChangedEvent(
                    settings.Pin, PinEventTypes.Rising | PinEventTypes.Falling, (_, change) => edge(change.ChangeType == PinEventTypes.Rising));
                return new BoardPin(controller, settings.Pin);
            }
            catch
            {
                controller.Dispose();
                throw;
            }
        }

        public bool IsHigh()
        {
            try
            {
                return _controller.Read(_pin) == PinValue.High;
            }
            catch (Exception exception) when (IsOfLibrary(exception))
            {
                throw new DeviceFaultException(DeviceFaultKind.Lost, $"GPIO pin {_pin} cannot be read any more: {exception.Message}", exception);
            }
        }

        public void Dispose() => _controller.Dispose();
    }
}
