using System.Collections.Immutable;
using BayEdge.Vision.Plates.Measuring;
using OpenCvSharp;

namespace BayEdge.Vision.Plates.Batch;

/// <summary>Reads one picture or video file.</summary>
internal sealed class PictureReader(PlateReader reader, PlateBatchOptions options, StageClock clock)
{
    private const double SampledFramesPerSecond = 5;

    private static readonly ImmutableArray<string> VideoExtensions = [".mp4", ".avi", ".mkv", ".mov", ".webm", ".m4v"];

    public static string Extensions { get; } = string.Join(' ', Pictures.Extensions.Concat(VideoExtensions));

    public static bool Knows(string path) => Pictures.HasExtensionOf(path, Pictures.Extensions) || Pictures.HasExtensionOf(path, VideoExtensions);

    /// <exception cref="PictureUnreadableException">It is missing or cannot be decoded.</exception>
    public PictureResult Read(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new PictureUnreadableException($"There is no file or folder {path}. Check the name.");
        clock.Reset();
        var found = Pictures.HasExtensionOf(path, VideoExtensions) ? ReadVideo(path, cancellationToken) : ReadPicture(path, cancellationToken);
        return new PictureResult(path, found.Readings, found.Located, [.. Enum.GetValues<Stage>().Select(stage => clock[stage].TotalMilliseconds)]);
    }

    private PlateFinds ReadPicture(string path, CancellationToken cancellationToken)
    {
        using var picture = Load(path);
        return ReadPlates(picture, cancellationToken);
    }

    private PlateFinds ReadPlates(Mat picture, CancellationToken cancellationToken) => options.Crops
        ? reader.FindInCrop(picture, options.Region, cancellationToken)
        : reader.Find(picture, new PlateSearch(options.Region), cancellationToken);

    private Mat Load(string path)
    {
        using var loading = clock.Measure(Stage.Loading);
        try
        {
            return Pictures.OrNull(Cv2.ImRead(path, ImreadModes.Color)) ?? throw Unreadable(path, "a picture");
        }
        catch (OpenCVException exception)
        {
            throw Unreadable(path, "a picture", exception);
        }
    }

    /// <summary>Reads some frames a second; equal texts become one reading, the one seen longest first.</summary>
    private PlateFinds ReadVideo(string path, CancellationToken cancellationToken)
    {
        using var video = new VideoCapture(path);
        if (!video.IsOpened())
            throw Unreadable(path, "a video");
        var stride = Math.Max(1, (int)Math.Round(video.Fps / SampledFramesPerSecond));
        var looks = new List<PlateFinds>();
        using var frame = new Mat();
        while (LoadNext(video, frame, stride))
            looks.Add(ReadPlates(frame, cancellationToken));

        var readings = looks.SelectMany(look => look.Readings)
            .GroupBy(reading => reading.Text)
            .OrderByDescending(same => same.Sum(reading => reading.Confidence))
            .Select(same => same.MaxBy(reading => reading.Confidence)!);
        return new PlateFinds([.. readings], [.. looks.SelectMany(look => look.Located)]);
    }

    private bool LoadNext(VideoCapture video, Mat frame, int stride)
    {
        using var loading = clock.Measure(Stage.Loading);
        if (!video.Read(frame))
            return false;
        for (var skipped = 1; skipped < stride && video.Grab(); skipped++)
        {
            // Decoding what is not looked at would cost most of the time.
        }

        return true;
    }

    private static PictureUnreadableException Unreadable(string path, string kind, Exception? cause = null) =>
        new($"{path} is not {kind} that can be read; it is damaged, empty or of another format ({Extensions} are read). Copy it again or convert it.", cause);
}
