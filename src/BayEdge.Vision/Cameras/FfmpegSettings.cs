using System.Runtime.InteropServices;

namespace BayEdge.Vision.Cameras;

/// <summary>What OpenCV's FFmpeg backend takes only from environment variables.</summary>
/// <remarks>
/// Source: OpenCV 4.13, <c>modules/videoio/src/cap_ffmpeg_impl.hpp</c>. .NET keeps its own copy of the environment, which
/// native code does not see, so the variables are set through the C library.
/// </remarks>
internal static partial class FfmpegSettings
{
    private static readonly object Gate = new();

    private static RtspTransport _transport = RtspTransport.Tcp;
    private static int _opening;

    static FfmpegSettings() =>
        // Otherwise one global lock stands around opening and closing, and a dead camera delays all the others.
        Set("OPENCV_FFMPEG_IS_THREAD_SAFE", "1");

    /// <summary>
    /// Opens a stream; an RTSP stream with its transport. That variable is the process's, not the stream's, so this waits
    /// while a stream with the other transport is being opened; streams with the same one open side by side.
    /// </summary>
    public static T Open<T>(RtspTransport? rtsp, Func<T> open)
    {
        if (rtsp is not { } transport)
            return open();

        lock (Gate)
        {
            while (_opening > 0 && _transport != transport)
                Monitor.Wait(Gate);
            if (_transport != transport)
                Set("OPENCV_FFMPEG_CAPTURE_OPTIONS", transport == RtspTransport.Udp ? "rtsp_transport;udp" : "rtsp_flags;prefer_tcp");
            _transport = transport;
            _opening++;
        }

        try
        {
            return open();
        }
        finally
        {
            lock (Gate)
            {
                _opening--;
                Monitor.PulseAll(Gate);
            }
        }
    }

    private static void Set(string name, string value)
    {
        if (!OperatingSystem.IsWindows())
            _ = SetEnvironment(name, value, overwrite: 1);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
