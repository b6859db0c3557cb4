using BayEdge.Core.Sightings;
using BayEdge.Simulator.Workshop;

namespace BayEdge.Simulator.Scenarios;

/// <summary>What one camera makes of its bay: how surely it is occupied, and the plates it reads.</summary>
internal sealed class CameraSignals(ScenarioOptions options, ScenarioTruth truth, SimulatedBay bay, SourceLink link, Draws draws)
{
    private const double SureLogits = 3;

    // From where the plate is large enough in the picture.
    private const double ReadableApproach = 0.5;

    private static readonly TimeSpan MotionLasts = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestBlindSpell = TimeSpan.FromSeconds(5);

    private readonly CameraNoise _noise = options.Noise.Cameras;
    private readonly List<TrueVisit> _visits = [.. truth.Visits.Where(visit => visit.Bay == bay)];
    private readonly List<Passing> _passings =
    [
        .. truth.Journeys.OfType<Passing>().Where(passing => passing.Vehicle.Plate is not null && Math.Abs(passing.PlaceAt(passing.From) - bay.Index) > 0.5),
    ];

    private DateTimeOffset _blindFrom;
    private DateTimeOffset _blindTo;

    public IEnumerable<TimedSighting> Sightings()
    {
        NextBlindSpell(options.Start);
        var end = options.Start + options.Duration;
        var (visit, passing) = (0, 0);
        PlateView? view = null;
        for (var at = options.Start + (_noise.PictureEvery * draws.Uniform()); at < end; at += Interval(visit, at))
        {
            while (visit < _visits.Count && VehicleMotion.InViewUntil(_visits[visit]) <= at)
                visit++;
            if (at >= _blindTo)
                NextBlindSpell(at);
            if (link.IsSilentAt(at))
                continue;

            var present = visit < _visits.Count && VehicleMotion.InViewFrom(_visits[visit]) <= at ? _visits[visit] : null;
            yield return new TimedSighting(at, new OccupancySighting(link.Observe(at), link.Source, bay.Id, Occupied(present, at)));

            for (; passing < _passings.Count && _passings[passing].To <= at; passing++)
            {
                if (present is null && draws.Happens(_noise.PassingReadShare))
                    yield return Read(at, Misreading.Of(_passings[passing].Vehicle.Plate!.Text, _noise.WrongCharacterShare, draws));
            }

            if (present is null || IsBlindAt(at))
                continue;
            if (view?.Visit != present)
                view = new PlateView(present, _noise, draws.For("view", present.EnteredAt.UtcTicks));
            if (view.TryRead(at) is { } text)
                yield return Read(at, text);
        }
    }

    // Confidence does not tell errors from right readings.
    private TimedSighting Read(DateTimeOffset at, string text) =>
        new(at, new PlateSighting(link.Observe(at), link.Source, bay.Id, text, Math.Round(draws.Between(0.8, 1), 3)));

    private TimeSpan Interval(int visit, DateTimeOffset at)
    {
        for (var near = Math.Max(0, visit - 1); near < _visits.Count && near <= visit; near++)
        {
            if ((_visits[near].EnteredAt - at).Duration() < MotionLasts || (_visits[near].LeftAt - at).Duration() < MotionLasts)
                return _noise.PictureEveryInMotion;
        }

        // The next arrival starts the motion before the next picture is due.
        if (visit < _visits.Count)
        {
            foreach (var edge in (ReadOnlySpan<DateTimeOffset>)[_visits[visit].EnteredAt, _visits[visit].LeftAt])
            {
                var until = edge - MotionLasts + _noise.PictureEveryInMotion - at;
                if (until > TimeSpan.Zero && until < _noise.PictureEvery)
                    return until;
            }
        }

        return _noise.PictureEvery;
    }

    private double Occupied(TrueVisit? present, DateTimeOffset at)
    {
        if (IsBlindAt(at))
            return Math.Round(draws.Uniform(), 2);
        var occupied = present is not null && present.EnteredAt <= at && at < present.LeftAt;
        if (draws.Happens(_noise.WrongPictureShare))
            occupied = !occupied;
        var logits = (occupied ? SureLogits : -SureLogits) + (_noise.WaverLogits * draws.Normal());
        return Math.Round(1 / (1 + Math.Exp(-logits)), 3);
    }

    private bool IsBlindAt(DateTimeOffset at) => _blindFrom <= at && at < _blindTo;

    private void NextBlindSpell(DateTimeOffset after)
    {
        _blindFrom = after + draws.Wait(_noise.BlindSpellsPerDay / 24);
        _blindTo = _blindFrom + draws.LogUniform(ShortestBlindSpell, _noise.LongestBlindSpell);
    }

    /// <summary>The plate of one visit, as the camera sees it.</summary>
    private sealed class PlateView(TrueVisit visit, CameraNoise noise, Draws draws)
    {
        private readonly bool _isHidden = visit.Vehicle.Plate is null || draws.Happens(noise.HiddenPlateShare);
        private readonly string? _dirty = visit.Vehicle.Plate is { } plate && draws.Happens(noise.DirtyPlateShare)
            ? Misreading.At(plate.Text, draws.Below(plate.Text.Length), draws)
            : null;

        private DateTimeOffset _nextTry;
        private int _shadow;

        public TrueVisit Visit => visit;

        /// <returns>Null when no reading is tried or it fails.</returns>
        public string? TryRead(DateTimeOffset at)
        {
            if (_isHidden || at < _nextTry || VehicleMotion.ApproachAt(visit, at) is not { } approach || approach < ReadableApproach || IsOccludedAt(at))
                return null;
            _nextTry = at + (approach < 1 ? noise.PictureEveryInMotion : noise.ReadParkedEvery) - TimeSpan.FromSeconds(0.5);
            if (draws.Happens(noise.FailedReadingShare))
                return null;
            var seen = _dirty is not null && draws.Happens(0.8) ? _dirty : visit.Vehicle.Plate!.Text;
            return Misreading.Of(seen, noise.WrongCharacterShare, draws);
        }

        private bool IsOccludedAt(DateTimeOffset at)
        {
            while (_shadow < visit.Obstructions.Count && visit.Obstructions[_shadow].To <= at)
                _shadow++;
            return _shadow < visit.Obstructions.Count && visit.Obstructions[_shadow].From <= at && visit.Obstructions[_shadow].Hides != HiddenSigns.Tag;
        }
    }
}
