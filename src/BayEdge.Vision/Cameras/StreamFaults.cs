using System.Globalization;
using System.Net.Sockets;
using System.Text;
using BayEdge.Core.Drivers;

namespace BayEdge.Vision.Cameras;

/// <summary>The sentences for what goes wrong with a picture source.</summary>
internal static class StreamFaults
{
    /// <summary>How long asking why a stream did not open may take, in real time.</summary>
    public static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(2);

    public static DeviceFaultException Missing(FrameLocation location) => new(
        DeviceFaultKind.Local,
        location.Kind == FrameLocationKind.Device
            ? $"Expected a camera at {location}, but this computer has no such device. Plug the camera in, or correct the camera's url."
            : $"Expected a video file or a folder of pictures at {location}, but nothing stands there. Correct the camera's url.");

    public static DeviceFaultException NoPictures(FrameLocation location) => new(
        DeviceFaultKind.Local,
        location.Kind == FrameLocationKind.PictureFolder
            ? $"Expected pictures (jpg, png, bmp, webp, tif) in the folder {location}, but found none that can be read. Put pictures there, or correct the camera's url."
            : $"The file {location} cannot be played: expected a video such as mp4, mkv or avi. Choose another file.");

    public static DeviceFaultException Ended(FrameLocation location) => new(
        DeviceFaultKind.Lost,
        $"The pictures from {location} ended: expected them to go on, but the camera closed the stream or fell silent. Check its power and network cable.");

    public static DeviceFaultException Hung(FrameLocation location, TimeSpan limit) => new(
        DeviceFaultKind.Lost,
        $"Expected the next picture from {location} within {Seconds(limit)} s, but the picture library does not come back. "
        + "Check the camera's power and network cable.");

    public static DeviceFaultException StillHangs(FrameLocation location) => new(
        DeviceFaultKind.Lost,
        $"The former connection to {location} still hangs inside the picture library, so no new one is made. "
        + "It clears by itself when the camera answers or the system gives up; if it does not, restart BayEdge.");

    public static DeviceFaultException NotOpenedInTime(FrameLocation location, TimeSpan limit) => new(
        DeviceFaultKind.Unreachable,
        $"Expected {location} to open within {Seconds(limit)} s, but it did not. Check the camera's address, power and network cable.");

    public static DeviceFaultException Library(FrameLocation location, Exception cause) => cause switch
    {
        DllNotFoundException or TypeInitializationException => new(
            DeviceFaultKind.Local,
            $"The picture library cannot be loaded ({cause.GetBaseException().Message}). Install what it needs (on Debian: libgtk-3-0).",
            cause),
        _ => new(
            DeviceFaultKind.Lost,
            $"The picture library failed on {location} ({cause.Message}). Check that its pictures play elsewhere.",
            cause),
    };

    /// <summary>Says why a stream did not open, after asking its host once more in plain words: the library does not tell.</summary>
    public static DeviceFaultException Unopened(FrameLocation location)
    {
        switch (location.Kind)
        {
            case FrameLocationKind.Device:
                return new(
                    DeviceFaultKind.Local,
                    $"The device {location} gives no pictures: expected a camera that no other program uses. "
                    + "Close the other program, and let the service's user into the group 'video'.");
            case FrameLocationKind.VideoFile:
                return NoPictures(location);
            default:
                return UnopenedNetwork(location);
        }
    }

    private static DeviceFaultException UnopenedNetwork(FrameLocation location)
    {
        if (!Uri.TryCreate(location.Address, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return new(
                DeviceFaultKind.Local,
                $"Expected an address such as rtsp://192.0.2.6/stream, but {location} names no host. Correct the camera's url.");
        }

        var port = uri.Port > 0 ? uri.Port : uri.Scheme == "rtsps" ? 322 : 554;
        string? answer;
        try
        {
            answer = Ask(uri, port);
        }
        catch (Exception exception) when (exception is SocketException or IOException or AggregateException or TimeoutException)
        {
            return new(
                DeviceFaultKind.Unreachable,
                $"Nothing answers at {uri.Host}:{port.ToString(CultureInfo.InvariantCulture)} for {location}. Check the camera's address, power and network cable.",
                exception);
        }

        return Refusal(location, StatusOf(answer), hasUser: uri.UserInfo.Length > 0);
    }

    private static DeviceFaultException Refusal(FrameLocation location, int status, bool hasUser) => status switch
    {
        401 or 403 when hasUser => new(
            DeviceFaultKind.Refused,
            $"The camera at {location} refuses the user name or password (answer {status}). Correct them in the camera's settings."),
        401 or 403 => new(
            DeviceFaultKind.Refused,
            $"The camera at {location} asks for a user name and password (answer {status}), but none are set. Enter them in the camera's settings."),
        404 => new(
            DeviceFaultKind.Refused,
            $"The camera answers, but has no pictures at {location} (answer 404). Correct the path after the host name; the camera's manual names it."),
        >= 300 => new(
            DeviceFaultKind.Refused,
            $"The camera at {location} answers with error {status} instead of pictures. Check its settings."),
        _ => new(
            DeviceFaultKind.Protocol,
            $"Something answers at {location}, but gives no pictures that can be shown in time: expected H.264, H.265 or MJPEG video. Check path, port and the camera's video settings."),
    };

    /// <summary>The first line of what the host answers; empty when it takes the connection and says nothing.</summary>
    private static string Ask(Uri uri, int port)
    {
        using var client = new TcpClient();
        if (!client.ConnectAsync(uri.Host, port).Wait(AskLimit))
            throw new TimeoutException();
        if (uri.Scheme is "https" or "rtsps")
            return "";

        client.ReceiveTimeout = (int)AskLimit.TotalMilliseconds;
        var stream = client.GetStream();
        var question = uri.Scheme == "http"
            ? $"GET {uri.PathAndQuery} HTTP/1.1\r\nHost: {uri.Authority}\r\nConnection: close\r\n\r\n"
            : $"DESCRIBE rtsp://{uri.Authority}{uri.PathAndQuery} RTSP/1.0\r\nCSeq: 1\r\nAccept: application/sdp\r\n\r\n";
        stream.Write(Encoding.ASCII.GetBytes(question));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        try
        {
            return reader.ReadLine() ?? "";
        }
        catch (IOException)
        {
            // Connected and silent: that is an answer too.
            return "";
        }
    }

    private static int StatusOf(string statusLine)
    {
        var parts = statusLine.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status) ? status : 0;
    }

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
}
