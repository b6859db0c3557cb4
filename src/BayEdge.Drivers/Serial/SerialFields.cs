using System.Collections.Immutable;
using System.Globalization;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Serial;

/// <summary>The settings that all readers on a serial line share.</summary>
internal static class SerialFields
{
    public const string PortKey = "port";
    public const string BaudRateKey = "baudRate";

    public static FieldSpec Port { get; } = new(PortKey, FieldType.Location,
        new LocalizedText("串口", "Serial port"),
        new LocalizedText(
            "设备路径。/dev/serial/by-id/ 下的名称在换插口后保持不变，优于 /dev/ttyUSB0。",
            "The device path. A name under /dev/serial/by-id/ stays the same in another socket, unlike /dev/ttyUSB0."))
    {
        Required = true,
        Example = "/dev/serial/by-id/usb-…",
    };

    /// <param name="usual">What the modules come with.</param>
    public static FieldSpec BaudRate(int usual) => new(BaudRateKey, FieldType.Integer,
        new LocalizedText("波特率", "Baud rate"),
        new LocalizedText("除非模块另有设置，否则保持默认值。", "Leave it as it is unless the module was set to another."))
    {
        Default = usual.ToString(CultureInfo.InvariantCulture),
        Minimum = 1200,
        Maximum = 921_600,
        Unit = "Bd",
    };

    /// <exception cref="DeviceFaultException">It is no path, such as the name that another system gives a serial port.</exception>
    public static void RequirePath(string port)
    {
        if (!Path.IsPathRooted(port))
        {
            throw new DeviceFaultException(
                DeviceFaultKind.Local, $"Expected the path of a serial port such as /dev/serial/by-id/usb-… or /dev/ttyUSB0, but found '{port}'. Correct the setting port; 'bayedge discover' tells which there are.");
        }
    }

    /// <param name="port">A path.</param>
    public static OwnedDevice DeviceAt(string port) => new(PortKey, Resolve(Path.GetFullPath(port)));

    /// <summary>The lasting name of an adapter is a link to the name that it has for now.</summary>
    private static string Resolve(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not plugged in, or no link that leads anywhere.
            return path;
        }
    }

    /// <summary>The ports that the configuration names, each once and in order; port 1 when it names none.</summary>
    public static ImmutableArray<int> AntennasOf(SourceConfiguration configuration)
    {
        ImmutableArray<int> ports = configuration is ReaderConfiguration reader ? [.. reader.Antennas.Select(antenna => antenna.Port).Distinct().Order()] : [];
        return ports.IsEmpty ? [1] : ports;
    }
}
