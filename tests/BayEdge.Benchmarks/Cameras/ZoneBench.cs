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
    private readonly SharedPlateReader _reader;

    public ZoneBench(PlateRegion region)
    {
        _reader = new SharedPlateReader(() => PlateReader.Open(new PlateReaderOptions(), TimeProvider.System), TimeProvider.System, NullLogger.Instance);
        ImmutableArray<PicturePoint> whole = [new(0, 0), new(1, 0), new(1, 1), new(0, 1)];
        Camera = new CameraConfiguration("cam-1", "stream", new DriverSettings(ImmutableSortedDictionary<string, string>.Empty), [new ZoneConfiguration("bay-01", whole)])
        {
            PlateRegion = region,
        };
    }

    public CameraConfiguration Camera { get; }

    public ZoneWatch Watch() => new(Camera, new StreamOptions { Location = FrameLocation.Of("pictures", user: null, password: null) }, _reader);

    public void Dispose() => _reader.Dispose();
}
