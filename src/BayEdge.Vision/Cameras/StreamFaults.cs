using System.Globalization;
using System.Runtime.InteropServices;
using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;

namespace BayEdge.Vision.Cameras;

/// <summary>The sentences for what goes wrong with a picture source.</summary>
internal static class StreamFaults
{
    // As ffmpeg prints them.
    private static readonly string[] NobodyThere =
        ["Connection refused", "No route to host", "timed out", "Network is unreachable", "resolve hostname"];

    public static DeviceFaultException Missing(FrameLocation location) => new(
        DeviceFaultKind.Local,
        location.Kind == FrameLocationKind.Device
            ? Wording.Of($"Expected a camera at {location}, but this computer has no such device. Plug the camera in, or correct the camera's url.")
            : $"Expected a video file or a folder of pictures at {location}, but nothing stands there. Correct the camera's url.");

    public static DeviceFaultException NoPictures(FrameLocation location) => new(
        DeviceFaultKind.Local,
        location.Kind switch
        {
            FrameLocationKind.PictureFolder =>
                Wording.Of($"Expected pictures (jpg, png, bmp, webp, tif) in the folder {location}, but found none that can be read. "
                    + $"Put pictures there, or correct the camera's url."),
            FrameLocationKind.Device =>
                $"The device {location} gives no pictures: expected a camera that no other program uses. "
                + $"Close the other program, and let the service's user into the group 'video'.",
            _ => $"The file {location} cannot be played: expected a video such as mp4, mkv or avi. Choose another file.",
        });

    public static DeviceFaultException FolderUnreadable(FrameLocation location, Exception cause) => new(
        DeviceFaultKind.Local,
        $"The folder {location} cannot be listed ({cause.Message}). Check that it exists and that the service may read it.",
        cause);

    public static DeviceFaultException Unreachable(FrameLocation location, Exception? cause = null) => new(
        DeviceFaultKind.Unreachable,
        $"Nothing answers at {location}. Check the camera's address, power and network cable.",
        cause);

    public static DeviceFaultException Untrusted(FrameLocation location, Exception cause) => new(
        DeviceFaultKind.Refused,
        $"The certificate of the camera at {location} is not trusted by this computer. "
        + $"Install a trusted one in the camera, or use its http:// address.",
        cause);

    public static DeviceFaultException NotOpenedInTime(FrameLocation location, TimeSpan limit, Exception? cause = null) => new(
        DeviceFaultKind.Unreachable,
        $"Expected pictures from {location} within {Seconds(limit)} s, but none came. Check the camera's address, power and network cable.",
        cause);

    public static DeviceFaultException Refused(FrameLocation location, int status, bool hasUser) => new(
        DeviceFaultKind.Refused,
        status switch
        {
            401 or 403 when hasUser =>
                Wording.Of($"The camera at {location} refuses the user name or password (answer {status}). Correct them in the camera's settings."),
            401 or 403 =>
                $"The camera at {location} asks for a user name and password (answer {status}), but none are set. "
                + $"Enter them in the camera's settings.",
            404 =>
                $"The camera answers, but has no pictures at {location} (answer 404). "
                + $"Correct the path after the host name; the camera's manual names it.",
            >= 300 and < 400 =>
                $"The camera at {location} sends elsewhere (answer {status}) instead of giving pictures. "
                + $"Enter the address that it sends a browser to.",
            _ => $"The camera at {location} answers with error {status} instead of pictures. Check its settings.",
        });

    public static DeviceFaultException NotMjpeg(FrameLocation location, string type) => new(
        DeviceFaultKind.Protocol,
        $"Expected JPEG pictures (multipart/x-mixed-replace or image/jpeg) from {location}, but it sends {type}. "
        + $"Use the address of the camera's MJPEG stream or snapshot, or its rtsp:// address.");

    public static DeviceFaultException TooLarge(FrameLocation location, long bytes) => new(
        DeviceFaultKind.Protocol,
        $"Expected a picture from {location}, but it announces {bytes.ToString(CultureInfo.InvariantCulture)} bytes, which is none. "
        + $"Check the camera's video settings.");

    public static DeviceFaultException TooManyPixels(FrameLocation location, long pixels) => new(
        DeviceFaultKind.Protocol,
        $"Expected pictures of at most {Millions(Pictures.MostPixels)} million pixels from {location}, but one has {Millions(pixels)}. "
        + $"Choose a smaller resolution in the camera; 1280x720 to 1920x1080 is enough for plates.");

    public static DeviceFaultException Black(FrameLocation location) => new(
        DeviceFaultKind.Lost,
        $"The pictures from {location} are black: expected the bay. Take the cover off the lens, switch a light or the camera's night view on.");

    public static DeviceFaultException Frozen(FrameLocation location) => new(
        DeviceFaultKind.Lost,
        $"The picture from {location} is frozen: expected it to change a little all the time, as every sensor's does, but it stays the same. "
        + $"Switch the camera off and on again.");

    public static DeviceFaultException NotAnalysed(FrameLocation location, int pictures, Exception cause) => new(
        DeviceFaultKind.Local,
        $"{pictures} pictures in a row from {location} could not be analysed ({cause.Message}). Restart BayEdge; if it comes again, install it anew.",
        cause);

    public static DeviceFaultException Unreadable(FrameLocation location, int pictures) => new(
        DeviceFaultKind.Protocol,
        $"{location} sends pictures, but {pictures} in a row could not be read. Check the camera's video settings and the network cable.");

    public static DeviceFaultException Ended(FrameLocation location) => new(
        DeviceFaultKind.Lost,
        $"The pictures from {location} ended: expected them to go on, but the stream was closed. "
        + $"Check the camera's power and network cable.");

    public static DeviceFaultException Silent(FrameLocation location, TimeSpan limit, Exception? cause = null) => new(
        DeviceFaultKind.Lost,
        $"Expected the next picture from {location} within {Seconds(limit)} s, but none came. Check the camera's power and network cable.",
        cause);

    public static DeviceFaultException StillHangs(FrameLocation location) => new(
        DeviceFaultKind.Lost,
        $"A former attempt to take pictures from {location} still hangs in the camera's driver, so no new one is made. "
        + $"Unplug the camera and plug it in again; if that does not help, restart BayEdge.");

    public static DeviceFaultException NoFfmpeg(FrameLocation location, Exception cause) => new(
        DeviceFaultKind.Local,
        $"The program ffmpeg, which opens {location}, cannot be started ({cause.Message}). Install it: apt-get install ffmpeg.",
        cause);

    public static DeviceFaultException Library(FrameLocation location, Exception cause) => cause switch
    {
        DllNotFoundException or TypeInitializationException => new(
            DeviceFaultKind.Local,
            RuntimeInformation.ProcessArchitecture == Architecture.X64
                ? Wording.Of($"The picture library cannot be loaded ({cause.GetBaseException().Message}). Install what it needs (on Debian: libgtk-3-0).")
                : $"The picture library cannot be loaded ({cause.GetBaseException().Message}). This build carries it for x64 only, and this computer is "
                    + $"{RuntimeInformation.ProcessArchitecture}. Run cameras on an x64 computer.",
            cause),
        _ => new(
            DeviceFaultKind.Lost,
            $"The picture library failed on {location} ({cause.Message}). Check that its pictures play elsewhere.",
            cause),
    };

    /// <summary>Makes a sentence of what <c>ffmpeg</c> said before it gave up.</summary>
    public static DeviceFaultException FromFfmpeg(FrameLocation location, string said)
    {
        bool Says(string text) => said.Contains(text, StringComparison.OrdinalIgnoreCase);

        if (Says("401 Unauthorized") || Says("403 Forbidden"))
            return Refused(location, Says("401") ? 401 : 403, location.Login is not null);
        if (Says("404 Not Found"))
            return Refused(location, 404, location.Login is not null);
        if (NobodyThere.Any(Says))
            return Unreachable(location);

        var last = FrameLocation.Redact(said.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "nothing said");
        return new DeviceFaultException(
            DeviceFaultKind.Protocol,
            $"Expected H.264, H.265 or MJPEG video from {location}, but it cannot be opened ({last}). "
            + $"Check path, port and the camera's video settings.");
    }

    private static string Millions(double pixels) => (pixels / 1e6).ToString("0.#", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
}
