using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Vision.Cameras;
using BayEdge.Vision.Plates;
using Microsoft.Extensions.Logging.Abstractions;

namespace BayEdge.Benchmarks.Cameras;

/// <summary>A camera's zone with all that watches it, driven picture by picture.</summary>
internal sealed class ZoneBench : IDisposable
{
    private static readonly ImmutableArray<PicturePoint> Whole = [new(0, 0), new(1, 0), new(1, 1), new(0, 1)];

    private readonly SharedPlateReader _reader;

    /// <param name="zone">The default is all of the picture.</param>
    /// <param name="around">Puts something around the reader; the default is nothing.</param>
    public ZoneBench(PlateRegion region, ImmutableArray<PicturePoint>? zone = null, Func<IPlateReader, IPlateReader>? around = null)
    {
        _reader = new SharedPlateReader(Open, TimeProvider.System, NullLogger.Instance);
        Camera = new CameraConfiguration("cam-1", "stream", new DriverSettings(ImmutableSortedDictionary<string, string>.Empty), [new ZoneConfiguration("bay-01", zone ?? Whole)])
        {
            PlateRegion = region,
        };

        IPlateReader Open()
        {
            var reader = PlateReader.Open(new PlateReaderOptions(), TimeProvider.System);
            return around?.Invoke(reader) ?? reader;
        }
    }

    public CameraConfiguration Camera { get; }

    public ZoneWatch Watch() => new(Camera, new StreamOptions { Location = FrameLocation.Of("pictures", user: null, password: null) }, _reader);

    public void Dispose() => _reader.Dispose();
}
