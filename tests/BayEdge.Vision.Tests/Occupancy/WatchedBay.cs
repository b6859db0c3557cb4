using BayEdge.Simulator.Cameras;
using BayEdge.Simulator.Plates;
using BayEdge.Simulator.Workshop;
using BayEdge.Vision.Occupancy;
using OpenCvSharp;

namespace BayEdge.Vision.Tests.Occupancy;

/// <summary>A rendered bay under the eyes of an <see cref="OccupancyWatch"/>.</summary>
internal sealed class WatchedBay : IDisposable
{
    // A scene that lasts is rendered this often, with noise and shake of its own each; then its pictures repeat.
    private const int Variants = 3;

    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);
    public static readonly SceneCar Saloon = new(1, CarEnd.Front, Look: 3) { Plate = new PlateNumber(PlateKind.ChinaBlue, "沪A12345") };

    private readonly PlateRenderer _plates = new();
    private readonly SceneRenderer _renderer;
    private readonly Dictionary<(BayScene Scene, int Variant), ZoneAppearance> _seen = [];
    private int _pictures;

    private readonly double _picturesPerSecond;

    public WatchedBay(double picturesPerSecond = 2)
    {
        _picturesPerSecond = picturesPerSecond;
        _renderer = new SceneRenderer(_plates, seed: 7);
        Watch = NewWatch(new ZoneMemory());
    }

    public BayScene Scene { get; set; } = new(Start);

    public OccupancyWatch Watch { get; set; }

    public List<double> Said { get; } = [];

    /// <summary>The last word; null when nothing was said since <see cref="Forget"/>.</summary>
    public bool? LastWord => Said.Count == 0 ? null : Said[^1] > 0.5;

    public OccupancyWatch NewWatch(ZoneMemory memory) =>
        new(memory, [.. Enumerable.Repeat(true, ZoneAppearance.Cells)], new OccupancyOptions().WithPicturesEvery(TimeSpan.FromSeconds(1 / _picturesPerSecond)));

    public void Forget() => Said.Clear();

    /// <param name="plateIsSure">Whether the plate is read meanwhile, every third second.</param>
    public void Hold(double seconds, bool plateIsSure = false)
    {
        for (var picture = 0; picture < seconds * _picturesPerSecond; picture++)
            Look(plateIsSure && _pictures % 6 == 0);
    }

    public void DriveIn(SceneCar? car = null) => Drive(car ?? Saloon, inwards: true);

    public void DriveOut() => Drive(Scene.Car!, inwards: false);

    /// <summary>Comes, is read, and goes.</summary>
    public void Visit(SceneCar? car = null)
    {
        DriveIn(car);
        Hold(12, plateIsSure: true);
        DriveOut();
        Hold(8);
    }

    public void PersonPasses()
    {
        for (var across = -2.0; across <= 2; across += 0.4)
        {
            Scene = Scene with { PersonAcross = across };
            Look(plateIsSure: false);
        }

        Scene = Scene with { PersonAcross = null };
    }

    public void Dispose()
    {
        _renderer.Dispose();
        _plates.Dispose();
    }

    private void Drive(SceneCar car, bool inwards)
    {
        var pictures = (int)(VehicleMotion.DriveTime.TotalSeconds * _picturesPerSecond);
        for (var picture = 1; picture < pictures; picture++)
        {
            var left = 1 - ((double)(inwards ? picture : pictures - picture) / pictures);
            Scene = Scene with { Car = car with { Approach = 1 - (left * left) } };
            Look(plateIsSure: false);
        }

        Scene = Scene with { Car = inwards ? car with { Approach = 1 } : null };
    }

    private void Look(bool plateIsSure)
    {
        var key = (Scene, _pictures % Variants);
        if (!_seen.TryGetValue(key, out var appearance))
        {
            using var picture = _renderer.Render(Scene with { At = Start.AddSeconds(key.Item2) });
            _seen[key] = appearance = ZoneAppearance.Of(picture, new Rect(default, picture.Size()));
        }

        if (Watch.Look(appearance, TimeSpan.FromSeconds(_pictures++ / _picturesPerSecond), plateIsSure) is { } said)
            Said.Add(said);
    }
}
