using Microsoft.Extensions.Logging;

namespace BayEdge.Vision.Cameras;

/// <summary>What cameras log: changes of state only.</summary>
internal static partial class CameraLog
{
    [LoggerMessage(4100, LogLevel.Information, "The plate reader is loaded, in {Milliseconds} ms.")]
    public static partial void ReaderLoaded(ILogger logger, long milliseconds);

    [LoggerMessage(
        4101,
        LogLevel.Warning,
        "Camera {Camera}: the picture {Picture} in {Location} cannot be read and is skipped, as are others like it.")]
    public static partial void UnreadablePicture(ILogger logger, string camera, string picture, FrameLocation location);

    [LoggerMessage(4103, LogLevel.Warning, "Camera {Camera}: a picture could not be analysed ({Reason}) and is skipped, as are others like it.")]
    public static partial void PictureSkipped(ILogger logger, string camera, string reason);

    [LoggerMessage(
        4102,
        LogLevel.Information,
        "Camera {Camera}: {Location} has been played to its end; the camera sees nothing from now on. "
        + "Unreadable pictures: {Unreadable}; skipped: {Skipped}.")]
    public static partial void PlayedOut(ILogger logger, string camera, FrameLocation location, int unreadable, int skipped);
}
