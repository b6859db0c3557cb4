using System.Globalization;

namespace BayEdge.Service.Status;

internal static class ProcessorTemperature
{
    // Linux Documentation/ABI/testing/sysfs-class-thermal: thousandths of a degree Celsius.
    private const string Sensor = "/sys/class/thermal/thermal_zone0/temp";

    /// <summary>Null where the computer has no such sensor.</summary>
    public static double? ReadCelsius()
    {
        try
        {
            return File.Exists(Sensor) && int.TryParse(File.ReadAllText(Sensor), NumberStyles.AllowLeadingSign | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var milli)
                ? milli / 1000.0
                : null;
        }
        catch (IOException)
        {
            // Some boards list a sensor that cannot be read while it sleeps.
            return null;
        }
    }
}
