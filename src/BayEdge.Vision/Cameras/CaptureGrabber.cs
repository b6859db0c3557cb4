using OpenCvSharp;

namespace BayEdge.Vision.Cameras;

/// <summary>Video files and local cameras, through OpenCV.</summary>
internal sealed class CaptureGrabber(StreamOptions options) : IFrameGrabber
{
    private const double FramesPerSecondWhenUnknown = 25;

    private VideoCapture? _capture;
    private double _framesPerSecond;
    private TimeSpan? _due;

    public FrameLocation Location => options.Location;

    public TimeSpan? Due => Location.IsLive ? null : _due;

    private VideoCapture Capture => _capture ?? throw new InvalidOperationException("The stream is not open.");

    public StreamFormat Open(CancellationToken cancellationToken)
    {
        if (!File.Exists(Location.Address))
            throw StreamFaults.Missing(Location);

        // What the library would print on failure is said by the fault's sentence.
        Cv2.SetLogLevel(LogLevel.ERROR);
        _capture = Location.IsLive ? OpenDevice() : new VideoCapture(Location.Address, VideoCaptureAPIs.FFMPEG);
        if (!_capture.IsOpened())
            throw StreamFaults.NoPictures(Location);

        _framesPerSecond = _capture.Fps is > 0 and <= 1000 ? _capture.Fps : 0;
        return new StreamFormat(_framesPerSecond, CodecOf(_capture));
    }

    public bool Grab(CancellationToken cancellationToken)
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
        Capture.Retrieve(picture);
        if (picture.Total() <= Pictures.MostPixels)
            return Pictures.OrNull(picture);
        var pixels = picture.Total();
        picture.Dispose();
        throw StreamFaults.TooManyPixels(Location, pixels);
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

        // A USB camera starts at 640x480, too coarse for plates; it takes the nearest size that it has, and most have 16:9.
        capture.Set(VideoCaptureProperties.FourCC, FourCC.MJPG);
        capture.Set(VideoCaptureProperties.FrameWidth, options.MaximumWidthPx);
        capture.Set(VideoCaptureProperties.FrameHeight, options.MaximumWidthPx * 9 / 16);
        return capture;
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
