using System.Globalization;

namespace BayEdge.Vision.Plates.Measuring;

internal static class PeakMemory
{
    private const string Status = "/proc/self/status";
    private const string HighWaterMark = "VmHWM:";

    /// <summary>The most memory that this process has had resident (VmHWM, proc_pid_status(5)); null where the system does not tell.</summary>
    public static long? Bytes()
    {
        if (!File.Exists(Status))
            return null;
        var line = File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(HighWaterMark, StringComparison.Ordinal));
        var number = line?[HighWaterMark.Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes) ? 1024 * kilobytes : null;
    }
}
