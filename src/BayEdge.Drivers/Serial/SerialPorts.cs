using System.Collections.Concurrent;
using System.IO.Ports;
using System.Runtime.InteropServices;
using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Serial;

/// <summary>The serial ports of this computer.</summary>
/// <param name="namesThatLast">The folder of the names that an adapter keeps wherever it is plugged in.</param>
internal sealed class SerialPorts(TimeProvider time, string namesThatLast = SerialPorts.UsualNamesThatLast) : ISerialPorts
{
    public const string UsualNamesThatLast = "/dev/serial/by-id";

    /// <summary>By the configured path: the lasting name of the adapter that was there first.</summary>
    private readonly ConcurrentDictionary<string, string> _adapters = new(StringComparer.Ordinal);

    /// <remarks>
    /// A path such as <c>/dev/ttyUSB0</c> may be another adapter's after two were plugged in again. The one that was opened first is
    /// followed by its lasting name.
    /// </remarks>
    public ISerialLine Open(string path, int baudRate)
    {
        var followed = _adapters.GetValueOrDefault(path);
        if (followed is not null && !File.Exists(followed) && File.Exists(path))
            throw Another(path, followed);
        var line = OpenPresent(followed ?? path, baudRate);
        if (LastingNameOf(path) is { } name)
            _adapters.TryAdd(path, name);
        return line;
    }

    /// <returns>Null when the system knows none, or the path is one itself.</returns>
    private string? LastingNameOf(string path) => Path.GetDirectoryName(path) == namesThatLast ? null : LastingNames()
        .FirstOrDefault(name => File.ResolveLinkTarget(name, returnFinalTarget: true)?.FullName == Path.GetFullPath(path));

    private List<string> LastingNames() =>
        Directory.Exists(namesThatLast) ? [.. Directory.GetFiles(namesThatLast).Order(StringComparer.Ordinal)] : [];

    private SerialLine OpenPresent(string path, int baudRate)
    {
        // Asked first: the library says of any failure that access is denied, and loses the system's reason.
        if (!File.Exists(path))
            throw Missing(path);
        if (!Native.MayUse(path))
            throw Forbidden(path);

        var port = new SerialPort(path, baudRate, Parity.None, dataBits: 8, StopBits.One) { Handshake = Handshake.None };
        try
        {
            port.Open();
            port.DiscardInBuffer();
            return new SerialLine(port, path, time);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException or ArgumentException)
        {
            port.Dispose();
            throw new DeviceFaultException(
                DeviceFaultKind.Local,
                $"The serial port {path} cannot be opened with {baudRate} Bd. Check that no other program holds it and that it is a serial port.",
                exception);
        }
    }

    public static DeviceFaultException Forbidden(string path) => new(
        DeviceFaultKind.Local,
        $"The service may not use {path}. Add its user to the group dialout (sudo usermod -aG dialout bayedge) and restart it.");

    private static DeviceFaultException Another(string path, string followed) => new(
        DeviceFaultKind.Unreachable,
        $"The adapter {followed}, on which the reader at {path} was, is gone, and {path} is another one now. Plug it in again; if it was replaced for good, restart the service.");

    private DeviceFaultException Missing(string path)
    {
        var present = LastingNames();
        var choice = present.Count == 0 ? Wording.Of("No USB serial adapter is plugged in.") : Wording.Of($"Plugged in are: {string.Join(", ", present)}.");
        return new DeviceFaultException(
            DeviceFaultKind.Unreachable, $"There is no serial port {path}. Check the reader's cable and the setting port. {choice}");
    }

    /// <summary>What .NET cannot ask without opening, and opening a terminal the plain way would tie the process to it.</summary>
    private static class Native
    {
        private const int Read = 4;
        private const int Write = 2;

        public static bool MayUse(string path) => Access(path, Read | Write) == 0;

        [DllImport("libc", EntryPoint = "access", BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int Access([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int mode);
    }
}
