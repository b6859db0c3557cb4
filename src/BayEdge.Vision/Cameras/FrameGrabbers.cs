namespace BayEdge.Vision.Cameras;

internal static class FrameGrabbers
{
    /// <param name="unreadable">Told the name of every picture in a folder that cannot be read.</param>
    public static IFrameGrabber Create(StreamOptions options, Action<string> unreadable) => options.Location switch
    {
        { Kind: FrameLocationKind.PictureFolder } => new FolderGrabber(options, unreadable),
        { Kind: FrameLocationKind.Network, IsRtsp: true } => new FfmpegGrabber(options),
        { Kind: FrameLocationKind.Network } => new HttpGrabber(options),
        _ => new CaptureGrabber(options),
    };
}
