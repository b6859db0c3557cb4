using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Serial;

/// <summary>What is said of a device that refuses a command, or answers it with too little; the number of the command is for whoever has the maker's manual.</summary>
internal static class SerialRefusal
{
    public static Wording CheckAntenna { get; } = "Check the antenna, its cable and its plugs.";

    public static Wording CheckSettings { get; } = "Check region, powerDbm and antennas in its settings against what it can do.";

    public static Wording PlugInAnew { get; } = "Unplug it and plug it in again.";

    public static Wording UpdateFirmware { get; } = "Update its firmware, or use another model for this.";

    /// <param name="device"><c>module</c> or <c>reader</c>.</param>
    /// <param name="doing">Such as <c>set the power</c>.</param>
    /// <param name="why">As the end of a sentence.</param>
    /// <param name="advice">A sentence.</param>
    public static DeviceFaultException Of(Wording device, string port, Wording doing, Wording why, Wording advice, byte command) => new(
        DeviceFaultKind.Refused, $"The {device} at {port} refused to {doing}: {why}. {advice} (command 0x{command:X2})");

    /// <inheritdoc cref="Of"/>
    public static DeviceFaultException TooShort(Wording device, string port, Wording doing, int bytes, int expected, byte command) => new(
        DeviceFaultKind.Protocol,
        $"The {device} at {port} should {doing}, but answered with {bytes} bytes where {expected} belong. Check its cable, and that it is the right kind of {device}. (command 0x{command:X2})");
}
