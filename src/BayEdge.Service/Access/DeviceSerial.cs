using System.Security.Cryptography;
using System.Text;

namespace BayEdge.Service.Access;

/// <summary>What tells this computer from its sisters: the board's serial number, else a digest of the installation's id.</summary>
internal static class DeviceSerial
{
    private static readonly string[] Boards = ["/sys/firmware/devicetree/base/serial-number", "/proc/device-tree/serial-number"];

    public static string Read()
    {
        foreach (var path in Boards)
        {
            if (TryRead(path)?.Trim('\0', ' ', '\n') is { Length: > 0 } serial)
                return serial.ToUpperInvariant();
        }

        // machine-id(5) asks that the id itself is not shown.
        var id = TryRead("/etc/machine-id") ?? Environment.MachineName;
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"bayedge {id.Trim()}")))[..12];
    }

    private static string? TryRead(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not every system lets everybody read it; the next source names the device as well.
            return null;
        }
    }
}
