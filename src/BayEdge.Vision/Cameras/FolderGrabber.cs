using OpenCvSharp;

namespace BayEdge.Vision.Cameras;

/// <summary>A folder of pictures in the order of their names; each stands for one processed frame.</summary>
/// <param name="unreadable">Told of every picture that cannot be read, by its name.</param>
internal sealed class FolderGrabber(StreamOptions options, Action<string> unreadable) : IFrameGrabber
{
    private string[] _pictures = [];
    private int _index = -1;
    private int _read;

    public FrameLocation Location => options.Location;

    public TimeSpan? Due => TimeSpan.FromSeconds(_index / options.FramesPerSecond);

    public StreamFormat Open(CancellationToken cancellationToken)
    {
        _pictures = List();
        if (_pictures.Length == 0)
            throw StreamFaults.NoPictures(Location);
        return new StreamFormat(options.FramesPerSecond, "");
    }

    public bool Grab(CancellationToken cancellationToken) => ++_index < _pictures.Length;

    public Mat? Retrieve()
    {
        var picture = Pictures.OrNull(Cv2.ImRead(_pictures[_index]));
        if (picture is null)
            unreadable(Path.GetFileName(_pictures[_index]));
        else
            _read++;
        return picture;
    }

    public void Rewind()
    {
        if (_read == 0)
            throw StreamFaults.NoPictures(Location);
        _index = -1;
    }

    public void Dispose()
    {
    }

    private string[] List()
    {
        try
        {
            return [.. Directory.EnumerateFiles(Location.Address)
                .Where(file => Pictures.HasExtensionOf(file, Pictures.Extensions))
                .Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StreamFaults.FolderUnreadable(Location, exception);
        }
    }
}
