using OpenCvSharp;

namespace BayEdge.Vision.Cameras;

/// <summary>Network streams and video files through FFmpeg, local cameras through V4L2.</summary>
internal sealed class CaptureGrabber(StreamOptions options) : IFrameGrabber
{
    // Source: OpenCV 4.13, modules/videoio/include/opencv2/videoio.hpp; the binding does not name them.
    private const int OpenTimeoutMsec = 53;
    private const int ReadTimeoutMsec = 54;
    private const int Threads = 70;

    private const int DeviceWidthPx = 1280;
    private const int DeviceHeightPx = 720;
    private const double FramesPerSecondWhenUnknown = 25;

    private VideoCapture? _capture;
    private double _framesPerSecond;
    private TimeSpan? _due;

    public FrameLocation Location => options.Location;

    public TimeSpan? Due => Location.IsLive ? null : _due;

    private VideoCapture Capture => _capture ?? throw new InvalidOperationException("The stream is not open.");

    public StreamFormat Open()
    {
        if (Location.Kind is FrameLocationKind.VideoFile or FrameLocationKind.Device && !File.Exists(Location.Address))
            throw StreamFaults.Missing(Location);

        _capture = Location.Kind == FrameLocationKind.Device ? OpenDevice() : OpenStream();
        if (!_capture.IsOpened())
            throw StreamFaults.Unopened(Location);

        _framesPerSecond = _capture.Fps is > 0 and <= 1000 ? _capture.Fps : 0;
        return new StreamFormat(_capture.FrameWidth, _capture.FrameHeight, _framesPerSecond, CodecOf(_capture));
    }

    public bool Grab()
    {
        if (!Capture.Grab())
            return false;

        if (!Location.IsLive)
            _due = NextDue();
        return true;
    }

    public Mat? Retrieve()
    {
        var picture = new Mat();
        if (Capture.Retrieve(picture) && !picture.Empty())
            return picture;
        picture.Dispose();
        return null;
    }

    public void Rewind()
    {
        if (_due is null)
            throw StreamFaults.NoPictures(Location);
        _due = null;
        Capture.Set(VideoCaptureProperties.PosFrames, 0);
    }

    public void Dispose() => _capture?.Dispose();

    private VideoCapture OpenDevice()
    {
        var capture = new VideoCapture(Location.Address, VideoCaptureAPIs.V4L2);
        if (!capture.IsOpened())
            return capture;

        // A USB camera starts at 640x480, too coarse for plates; it takes the nearest size that it has.
        capture.Set(VideoCaptureProperties.FourCC, FourCC.MJPG);
        capture.Set(VideoCaptureProperties.FrameWidth, DeviceWidthPx);
        capture.Set(VideoCaptureProperties.FrameHeight, DeviceHeightPx);
        return capture;
    }

    private VideoCapture OpenStream()
    {
        // One decoder thread: each further one holds a picture back, and the newest is what counts.
        int[] parameters =
        [
            OpenTimeoutMsec, (int)options.OpenLimit.TotalMilliseconds,
            ReadTimeoutMsec, (int)options.ReadLimit.TotalMilliseconds,
            Threads, 1,
        ];
        VideoCapture Open() => new(Location.Address, VideoCaptureAPIs.FFMPEG, parameters);
        return FfmpegSettings.Open(Location.IsRtsp ? options.Transport : null, Open);
    }

    private TimeSpan NextDue()
    {
        var position = TimeSpan.FromMilliseconds(Math.Max(0, Capture.PosMsec));
        if (_due is not { } former || position > former)
            return position;

        // Some containers carry no times.
        return former + TimeSpan.FromSeconds(1 / (_framesPerSecond > 0 ? _framesPerSecond : FramesPerSecondWhenUnknown));
    }

    private static string CodecOf(VideoCapture capture)
    {
        var letters = capture.FourCC.ToString().Trim('\0', ' ');
        return letters.All(char.IsLetterOrDigit) ? letters : "";
    }
}
