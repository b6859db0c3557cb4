using System.Collections.Concurrent;
using System.Collections.Immutable;
using BayEdge.Core.Drivers;
using BayEdge.Core.Timing;

namespace BayEdge.Service.Commissioning;

/// <summary>What the cameras see, for as long as a page asks: one picture every half second, and the last ten of them read.</summary>
/// <param name="time">Of the people who look, however fast the bays live.</param>
internal sealed class CameraLooks(TimeProvider time) : ICameraWatch
{
    private const int Kept = 10;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(500);

    // A page that has gone asks no more, and the reading costs a processor core.
    private static readonly TimeSpan Interest = TimeSpan.FromSeconds(5);

    // After this much silence the pictures say nothing of now; a camera may be set to one in five seconds.
    private static readonly TimeSpan LeastSilence = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan MostSilence = TimeSpan.FromSeconds(12);

    private readonly ConcurrentDictionary<string, Watched> _cameras = new(StringComparer.Ordinal);

    public bool Wants(string camera) => _cameras.TryGetValue(camera, out var watched) && watched.Wants(time.Observe().Monotonic);

    /// <summary>Whether any page looks through the camera at the moment.</summary>
    public bool IsWatched(string camera) => _cameras.TryGetValue(camera, out var watched) && watched.IsAskedFor(time.Observe().Monotonic);

    public void Saw(string camera, CameraLook look)
    {
        if (_cameras.TryGetValue(camera, out var watched))
            watched.Keep(look, time.Observe().Monotonic);
    }

    /// <summary>The last pictures of a camera, the newest first; none where no more come. Asking for them keeps them coming.</summary>
    public ImmutableArray<CameraLook> Watch(string camera)
    {
        var watched = _cameras.GetOrAdd(camera, _ => new Watched());
        return watched.Ask(time.Observe().Monotonic);
    }

    private sealed class Watched
    {
        private readonly Lock _lock = new();
        private TimeSpan _askedAt = TimeSpan.MinValue;
        private TimeSpan _nextAt = TimeSpan.MinValue;
        private TimeSpan? _keptAt;
        private TimeSpan _silence;
        private ImmutableArray<CameraLook> _looks = [];

        public ImmutableArray<CameraLook> Ask(TimeSpan now)
        {
            lock (_lock)
            {
                // What was seen before a pause says nothing of now.
                if (_askedAt == TimeSpan.MinValue || now - _askedAt > Interest || now - _keptAt > _silence)
                    _looks = [];
                _askedAt = now;
                return _looks;
            }
        }

        public bool IsAskedFor(TimeSpan now)
        {
            lock (_lock)
                return _askedAt != TimeSpan.MinValue && now - _askedAt <= Interest;
        }

        public bool Wants(TimeSpan now)
        {
            lock (_lock)
            {
                if (_askedAt == TimeSpan.MinValue || now - _askedAt > Interest || now < _nextAt)
                    return false;
                _nextAt = now + Between;
                return true;
            }
        }

        public void Keep(CameraLook look, TimeSpan now)
        {
            lock (_lock)
            {
                var between = now - (_keptAt ?? now);
                _silence = TimeSpan.FromTicks(Math.Clamp(2 * between.Ticks, LeastSilence.Ticks, MostSilence.Ticks));
                _keptAt = now;
                _looks = [look, .. _looks.Take(Kept - 1)];
            }
        }
    }
}
