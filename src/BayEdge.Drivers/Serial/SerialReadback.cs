using System.Globalization;
using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Serial;

/// <summary>What is said of a device that was told something and reads back something else.</summary>
internal static class SerialReadback
{
    public static string Dbm(int centiDbm) => string.Create(CultureInfo.InvariantCulture, $"{centiDbm / 100.0:0.##} dBm");

    /// <param name="device"><c>module</c> or <c>reader</c>.</param>
    public static DeviceFaultException RegionStays(Wording device, string port, string wanted, string found) => new(
        DeviceFaultKind.Refused,
        $"The {device} at {port} was told to use {wanted} but stays with {found}. Use a {device} made for this region, or correct the setting region.");

    /// <summary>Refuses a power that no such device has, and that its command could not even name.</summary>
    /// <param name="device"><c>module</c> or <c>reader</c>.</param>
    public static void RequirePower(Wording device, string port, double dBm, double least, double most)
    {
        if (!(dBm >= least && dBm <= most))
            throw new DeviceFaultException(DeviceFaultKind.Refused, $"{dBm:0.##} dBm is wanted, but the {device} at {port} can send with {least:0.##} dBm to {most:0.##} dBm. Correct powerDbm.");
    }

    /// <summary>Sets a power and reads it back.</summary>
    /// <param name="device"><c>module</c> or <c>reader</c>.</param>
    /// <exception cref="DeviceFaultException">The device does not take it, and goes on as before.</exception>
    public static async Task ApplyPowerAsync(
        Wording device, string port, int wanted, Func<Task<int>> readAsync, Func<int, Task> setAsync, Func<int, string> inWords)
    {
        var before = await readAsync();
        if (before == wanted)
            return;
        await setAsync(wanted);
        var found = await readAsync();
        if (found == wanted)
            return;
        // It took the nearest that it has, which nobody wants.
        await setAsync(before);
        throw PowerStays(device, port, inWords(wanted), inWords(found));
    }

    /// <param name="device"><c>module</c> or <c>reader</c>.</param>
    private static DeviceFaultException PowerStays(Wording device, string port, string wanted, string found) => new(
        DeviceFaultKind.Refused,
        $"The {device} at {port} was told to send with {wanted} but uses {found}. Set powerDbm to what the {device} can do.");
}
