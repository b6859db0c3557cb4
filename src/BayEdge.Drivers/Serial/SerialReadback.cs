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

    /// <param name="device"><c>module</c> or <c>reader</c>.</param>
    public static DeviceFaultException PowerStays(Wording device, string port, string wanted, string found) => new(
        DeviceFaultKind.Refused,
        $"The {device} at {port} was told to send with {wanted} but uses {found}. Set powerDbm to what the {device} can do.");
}
