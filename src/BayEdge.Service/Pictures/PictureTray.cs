using BayEdge.Core.Drivers;
using BayEdge.Core.Identity;
using BayEdge.Core.Timing;

namespace BayEdge.Service.Pictures;

/// <summary>The last pictures of plates and of bays in motion, in memory: what no event names never reaches the disk.</summary>
internal sealed class PictureTray : IPictureTray
{
    private const int MostPlates = 32;
    private const int ScenesOfCamera = 15;

    // A look a moment later is worth replacing the first only when it is clearly better.
    private const double ClearlyBetter = 1.3;

    // The events of a visit may name a plate that was misread in some pictures, but no other vehicle's.
    private const int MostMisread = 2;

    private static readonly TimeSpan BetweenScenes = TimeSpan.FromSeconds(2);

    /// <summary>A plate that was not seen for so long and comes again belongs to another visit. Assumed.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(10);

    /// <summary>So far from the time of an event a picture does not show it. Assumed.</summary>
    private static readonly TimeSpan Beside = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private readonly List<LaidPlate> _plates = [];
    private readonly Dictionary<string, Queue<LaidScene>> _scenes = new(StringComparer.Ordinal);
    private bool _takes = true;

    /// <summary>Whether pictures are taken at all; where not, what lies here is forgotten.</summary>
    public bool Takes
    {
        set
        {
            lock (_lock)
            {
                _takes = value;
                if (value)
                    return;
                _plates.Clear();
                _scenes.Clear();
            }
        }
    }

    public bool WantsPlate(string camera, string bay, string plate, double quality, ObservedAt at)
    {
        lock (_lock)
        {
            if (!_takes)
                return false;
            if (_plates.Find(laid => laid.IsOf(camera, bay, plate)) is not { } known)
                return true;
            known.IsSpent |= at - known.SeenAt > Forgotten;
            known.SeenAt = at;
            return known.IsSpent || (!known.IsNamed && quality > ClearlyBetter * known.Picture.Quality);
        }
    }

    public void Lay(PlatePicture picture)
    {
        lock (_lock)
        {
            if (!_takes)
                return;
            _plates.RemoveAll(laid => laid.IsOf(picture.Camera, picture.Bay, picture.Plate));
            if (_plates.Count == MostPlates)
                _plates.Remove(_plates.MinBy(laid => laid.SeenAt.Monotonic)!);
            _plates.Add(new LaidPlate(picture));
        }
    }

    public bool WantsScene(string camera, ObservedAt at)
    {
        lock (_lock)
            return _takes && (!_scenes.TryGetValue(camera, out var scenes) || at - scenes.Last().Picture.At >= BetweenScenes);
    }

    public void Lay(ScenePicture picture)
    {
        lock (_lock)
        {
            if (!_takes)
                return;
            if (!_scenes.TryGetValue(picture.Camera, out var scenes))
                _scenes[picture.Camera] = scenes = [];
            scenes.Enqueue(new LaidScene(picture));
            if (scenes.Count > ScenesOfCamera)
                scenes.Dequeue();
        }
    }

    /// <summary>The picture of a plate that was read at a bay; null when there is none.</summary>
    /// <param name="since">
    /// When the vehicle had come: a picture of that time or later may show its plate though it was read otherwise; null for none. One
    /// from before shows another visit, or another vehicle of the same fleet, and is not its picture.
    /// </param>
    public LaidPlate? PlateOf(string camera, string bay, string plate, ObservedAt? since)
    {
        lock (_lock)
        {
            if (since is { } came)
                Spend(bay, came - Beside);
            return _plates.Where(laid => laid.Picture.Camera == camera && laid.Picture.Bay == bay && (since is null || since.Value - laid.Picture.At <= Beside))
                .Select(laid => (Laid: laid, Misread: EditDistance.Between(laid.Picture.Plate, plate)))
                .Where(candidate => candidate.Misread <= (since is null ? 0 : MostMisread))
                .OrderBy(candidate => candidate.Misread).ThenByDescending(candidate => candidate.Laid.SeenAt.Monotonic)
                .FirstOrDefault().Laid;
        }
    }

    /// <summary>A vehicle has left: what was laid before shows its visit and no later one, even if the same plate is soon read again.</summary>
    public void Leave(string bay, ObservedAt at)
    {
        lock (_lock)
            Spend(bay, at);
    }

    /// <summary>What a camera saw of a bay when something happened there; null when nobody took a picture then.</summary>
    /// <param name="camera">Null for any.</param>
    public LaidScene? SceneOf(string? camera, string bay, ObservedAt at)
    {
        lock (_lock)
        {
            return _scenes.Where(scenes => camera is null || scenes.Key == camera)
                .SelectMany(scenes => scenes.Value)
                .Where(laid => laid.Picture.Bays.Contains(bay) && (laid.Picture.At - at).Duration() <= Beside)
                .MinBy(laid => (laid.Picture.At - at).Duration());
        }
    }

    private void Spend(string bay, ObservedAt before)
    {
        foreach (var laid in _plates.Where(laid => laid.Picture.Bay == bay && before - laid.Picture.At > TimeSpan.Zero))
            laid.IsSpent = true;
    }
}

/// <summary>A plate's picture, and under which ids an event names it.</summary>
internal sealed class LaidPlate(PlatePicture picture)
{
    public PlatePicture Picture => picture;

    /// <summary>When the plate was last read.</summary>
    public ObservedAt SeenAt { get; set; } = picture.At;

    /// <summary>Whether it shows a former visit, so that the next reading wants a new picture.</summary>
    public bool IsSpent { get; set; }

    public bool IsNamed => CropId is not null || SceneId is not null;

    public string? CropId { get; set; }

    public string? SceneId { get; set; }

    public bool IsOf(string camera, string bay, string plate) => picture.Camera == camera && picture.Bay == bay && picture.Plate == plate;
}

/// <summary>What a camera saw of its bays, and under which id an event names it.</summary>
internal sealed class LaidScene(ScenePicture picture)
{
    public ScenePicture Picture => picture;

    public string? Id { get; set; }
}
