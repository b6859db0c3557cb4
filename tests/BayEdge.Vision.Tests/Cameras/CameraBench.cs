using System.Collections.Immutable;
using System.Threading.Channels;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Vision.Cameras;
using BayEdge.Vision.Plates;
using Microsoft.Extensions.Logging;
using OpenCvSharp;

namespace BayEdge.Vision.Tests.Cameras;

/// <summary>What the camera tests stand on: configurations, pictures, a scripted reader and a recording sink.</summary>
internal static class CameraBench
{
    public static ImmutableArray<ZoneConfiguration> WholePicture { get; } = [Zone("bay-01", (0, 0), (1, 0), (1, 1), (0, 1))];

    public static ZoneConfiguration Zone(string bay, params (double X, double Y)[] corners) =>
        new(bay, [.. corners.Select(corner => new PicturePoint(corner.X, corner.Y))]);

    /// <summary>A camera as the configuration would give it: the driver's defaults, then the given settings.</summary>
    public static CameraConfiguration Camera(string url, params (string Key, string Value)[] settings) =>
        new("cam-1", "stream", SettingsOf(url, settings), WholePicture);

    public static StreamOptions Options(string url, params (string Key, string Value)[] settings) => StreamOptions.Of(Camera(url, settings));

    public static StreamDriver Driver(IPlateReader reader, TimeProvider? time = null, ILogger<StreamDriver>? logger = null) =>
        new(() => reader, time ?? TimeProvider.System, logger ?? new ListLogger());

    /// <summary>A grey picture with a white car-sized block whose left edge stands at <paramref name="x"/>.</summary>
    public static Mat Picture(int x = 0, int width = 320, int height = 240)
    {
        var picture = new Mat(height, width, MatType.CV_8UC3, Scalar.All(90));
        Cv2.Rectangle(picture, new Rect(Math.Clamp(x, 0, width - 40), height / 3, 40, 40), Scalar.All(250), thickness: -1);
        return picture;
    }

    public static PlateReading Reading(string text, double confidence = 0.95, float x = 100, float y = 100, float width = 120) =>
        new(text, confidence, [new(x, y), new(x + width, y), new(x + width, y + 30), new(x, y + 30)]);

    private static DriverSettings SettingsOf(string url, (string Key, string Value)[] settings)
    {
        var values = StreamFields.All.Where(field => field.Default is not null).ToDictionary(field => field.Key, field => field.Default!);
        values["url"] = url;
        foreach (var (key, value) in settings)
            values[key] = value;
        return new DriverSettings(values.ToImmutableSortedDictionary(StringComparer.Ordinal));
    }
}

/// <summary>A plate reader that answers what the test says, and fails when two callers use it at once.</summary>
internal sealed class ScriptedReader(Func<Mat, IReadOnlyList<PlateReading>> answer) : IPlateReader
{
    private int _readings;
    private int _inside;

    public ScriptedReader(params PlateReading[] always)
        : this(_ => always)
    {
    }

    public int Readings => Volatile.Read(ref _readings);

    public bool Disposed { get; private set; }

    public PlateSearch? LastSearch { get; private set; }

    public IReadOnlyList<PlateReading> Read(Mat picture, PlateSearch search, CancellationToken ct)
    {
        if (Interlocked.Increment(ref _inside) > 1)
            throw new InvalidOperationException("two callers at once");
        Interlocked.Increment(ref _readings);
        LastSearch = search;
        try
        {
            return answer(picture);
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    public void Dispose() => Disposed = true;
}

/// <summary>Keeps what a source hands over.</summary>
internal sealed class RecordingSink : ISightingSink
{
    private readonly Channel<Sighting> _sightings = Channel.CreateUnbounded<Sighting>();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task IsReady => _ready.Task;

    public void Ready() => _ready.SetResult();

    public ValueTask PublishAsync(Sighting sighting, CancellationToken cancellationToken) =>
        _sightings.Writer.WriteAsync(sighting, cancellationToken);

    /// <summary>The next plate; what else the source says is passed over.</summary>
    public async Task<PlateSighting> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await _sightings.Reader.ReadAsync(cancellationToken) is PlateSighting plate)
                return plate;
        }
    }

    public List<PlateSighting> Taken()
    {
        var taken = new List<PlateSighting>();
        while (_sightings.Reader.TryRead(out var sighting))
        {
            if (sighting is PlateSighting plate)
                taken.Add(plate);
        }

        return taken;
    }
}
