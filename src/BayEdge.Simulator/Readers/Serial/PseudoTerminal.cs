using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace BayEdge.Simulator.Readers.Serial;

/// <summary>A serial port of this computer with a simulated module at its far end, made by the kernel (pty(7)).</summary>
public sealed class PseudoTerminal : IAsyncDisposable
{
    private const int Patience = 100;

    private readonly SafeFileHandle _master = File.OpenHandle("/dev/ptmx", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
    private readonly TcpClient _module = new() { NoDelay = true };
    private readonly CancellationTokenSource _stopped = new();
    private Task _relaying = Task.CompletedTask;

    private PseudoTerminal() => Path = Native.Unlock(_master);

    /// <summary>As the configuration of a driver wants it, such as <c>/dev/pts/3</c>.</summary>
    public string Path { get; }

    /// <exception cref="IOException">This computer gives no terminal.</exception>
    public static async Task<PseudoTerminal> TieToAsync(SimulatedSerialModule module, CancellationToken cancellationToken)
    {
        var terminal = new PseudoTerminal();
        try
        {
            await terminal._module.ConnectAsync(IPAddress.Loopback, module.Port, cancellationToken);
            var stream = terminal._module.GetStream();
            terminal._relaying = Task.WhenAll(
                Task.Factory.StartNew(() => terminal.FromDriver(stream), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default),
                terminal.ToDriverAsync(stream));
            return terminal;
        }
        catch
        {
            await terminal.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        _module.Dispose();
        await _relaying;
        _master.Dispose();
        _stopped.Dispose();
    }

    private void FromDriver(NetworkStream module)
    {
        var buffer = new byte[1024];
        try
        {
            while (!_stopped.IsCancellationRequested)
            {
                if (Native.IsReady(_master, Native.Input, Patience) && Native.Read(_master, buffer) is var count and > 0)
                    module.Write(buffer, 0, count);
                else
                    _stopped.Token.WaitHandle.WaitOne(Patience / 10); // Nobody has the port open, or has nothing to say.
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The module is switched off.
        }
    }

    private async Task ToDriverAsync(NetworkStream module)
    {
        var buffer = new byte[1024];
        try
        {
            while (await module.ReadAsync(buffer, _stopped.Token) is var count and > 0)
            {
                // What nobody reads is lost, as on a real line.
                if (Native.IsReady(_master, Native.Output, 0))
                    Native.Write(_master, buffer.AsSpan(0, count));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The module is switched off.
        }
    }

    /// <summary>What .NET has no words for.</summary>
    private static class Native
    {
        public const short Input = 1;
        public const short Output = 4;

        // asm-generic/ioctls.h: the same on x86-64 and arm64.
        private const uint SetLock = 0x40045431;
        private const uint GetNumber = 0x80045430;

        public static string Unlock(SafeFileHandle master)
        {
            int locked = 0, number = 0;
            if (Control(master, SetLock, ref locked) != 0 || Control(master, GetNumber, ref number) != 0)
                throw new IOException("This computer gives no pseudo terminal.", new Win32Exception(Marshal.GetLastPInvokeError()));
            return $"/dev/pts/{number}";
        }

        public static bool IsReady(SafeFileHandle master, short events, int milliseconds)
        {
            var asked = new Asked { Descriptor = (int)master.DangerousGetHandle(), Events = events };
            return Poll(ref asked, 1, milliseconds) > 0 && (asked.Returned & events) != 0;
        }

        public static int Read(SafeFileHandle master, byte[] buffer) => (int)Read(master, ref buffer[0], buffer.Length);

        public static void Write(SafeFileHandle master, Span<byte> bytes) => _ = Write(master, ref MemoryMarshal.GetReference(bytes), bytes.Length);

        [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int Control(SafeFileHandle file, nuint request, ref int value);

        [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int Poll(ref Asked asked, nuint count, int milliseconds);

        [DllImport("libc", EntryPoint = "read", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern nint Read(SafeFileHandle file, ref byte first, nint count);

        [DllImport("libc", EntryPoint = "write", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern nint Write(SafeFileHandle file, ref byte first, nint count);

        [StructLayout(LayoutKind.Sequential)]
        private struct Asked
        {
            public int Descriptor;
            public short Events;
            public short Returned;
        }
    }
}
