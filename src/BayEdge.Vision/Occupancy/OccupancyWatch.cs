namespace BayEdge.Vision.Occupancy;

/// <summary>Tells from the pictures of one zone whether a vehicle stands there, and learns how the zone looks when none does.</summary>
/// <remarks>
/// Nobody labels pictures at a bay, but the plates do. The last calm picture before a vehicle drove in, which a plate then proved, shows
/// the zone empty; when the zone looks like that again after the visit, this is confirmed. While it looks as it did when the plate was read, the vehicle is
/// still there, whatever hides the plate. What moves is left out of the comparison, and while much moves, nothing is said. Lamps and the
/// camera's night view change all of a picture at once, which no vehicle does: then what was known still holds.
/// </remarks>
internal sealed class OccupancyWatch(ZoneMemory memory, bool[] inZone, OccupancyOptions options)
{
    private const int MostStays = 4;

    private readonly List<(ZoneAppearance Appearance, TimeSpan At)> _recent = [];
    private readonly List<(double LogOdds, TimeSpan At)> _said = [];
    private readonly List<Stay> _stays = [];
    private readonly int _cells = Math.Max(1, inZone.Count(inside => inside));
    private Stay? _stay;
    private ZoneAppearance? _withPlate;
    private (ZoneAppearance Before, double Known, TimeSpan At)? _switch;
    private (double LogOdds, TimeSpan At)? _published;
    private TimeSpan _plateAt = TimeSpan.MinValue;
    private TimeSpan _followedAt;

    /// <summary>Whether something was learned that is worth keeping.</summary>
    public bool HasLearned { get; private set; }

    public ZoneMemory Memory => memory;

    /// <summary>What was learned is kept now.</summary>
    public void Kept() => HasLearned = false;

    /// <summary>Takes one picture.</summary>
    /// <param name="at">When it was taken, on the monotonic clock.</param>
    /// <param name="plateIsSure">Whether a plate that is sure by now was read in this picture.</param>
    /// <returns>How likely a vehicle stands there, 0 to 1; null when that is unsure or was said a moment ago.</returns>
    public double? Look(ZoneAppearance now, TimeSpan at, bool plateIsSure)
    {
        var former = _recent.Count == 0 ? null : (ZoneAppearance?)_recent[^1].Appearance;
        var formerAt = _recent.Count == 0 ? at : _recent[^1].At;
        var (usable, moving) = Moving(now, at);
        _recent.Add((now, at));
        if (former is null)
            return null;

        NoteSwitch(now, former, at - formerAt, at);
        if (_switch is { } change)
            return AfterSwitch(change, now, at);
        NoteStay(now, at, at - formerAt, moving);
        if (moving > options.MostMoving)
        {
            _said.Clear();
            return null;
        }

        if (plateIsSure)
            LearnFromPlate(now, at, usable);
        return Say(Weigh(now, usable, plateIsSure), now, usable, at, moving);
    }

    /// <summary>The cells that may be compared, and the share of the zone that moves.</summary>
    private (bool[] Usable, double Moving) Moving(ZoneAppearance now, TimeSpan at)
    {
        while (_recent.Count > 1 && at - _recent[1].At >= options.MotionSpan)
            _recent.RemoveAt(0);
        var usable = (bool[])inZone.Clone();
        if (_recent.Count == 0)
            return (usable, 1);
        var changes = now.ChangeFrom(_recent[0].Appearance);
        var moving = 0;
        for (var cell = 0; cell < usable.Length; cell++)
        {
            if (!usable[cell] || changes[cell] <= options.MovingCell)
                continue;
            usable[cell] = false;
            moving++;
        }

        return (usable, (double)moving / _cells);
    }

    private void NoteSwitch(ZoneAppearance now, ZoneAppearance former, TimeSpan passed, TimeSpan at)
    {
        if (_published is not { } known || passed > options.Switch || Share(now, former) < options.MostMoving)
            return;

        // A second step belongs to the first: lamps flicker on, cameras adjust.
        _switch = _switch is { } begun ? begun with { At = at } : _stay is { } stay && stay.Last - stay.From >= options.Calm ? (former, known.LogOdds, at) : null;
    }

    private double? AfterSwitch((ZoneAppearance Before, double Known, TimeSpan At) change, ZoneAppearance now, TimeSpan at)
    {
        _said.Clear();
        var stepsSince = _recent.FindAll(picture => picture.At >= change.At);
        if (stepsSince.Exists(picture => Share(now, picture.Appearance) > options.MostMoving))
        {
            _switch = null;
            return null;
        }

        if (at - change.At < options.MotionSpan + options.Agreement)
            return null;
        _switch = null;
        if (now.LayoutLikeness(change.Before) < options.SameLayout)
            return null;
        if (change.Known < 0)
            Learn(() => memory.LearnEmpty(now, inZone));
        else
            _withPlate = now;
        return null;
    }

    private void NoteStay(ZoneAppearance now, TimeSpan at, TimeSpan passed, double moving)
    {
        if (moving < options.StillShare)
        {
            _stay = _stay is { } stay
                ? stay with { Appearance = now, Last = at }
                : new Stay(now, at, at, TimeSpan.Zero);
            return;
        }

        if (moving >= options.LargeMotion && _stays.Count > 0)
            _stays[^1] = _stays[^1] with { LargeMotion = _stays[^1].LargeMotion + passed };
        if (_stay is { } over && over.Last - over.From >= options.Calm)
        {
            _stays.Add(over);
            if (_stays.Count > MostStays)
                _stays.RemoveAt(0);
        }

        _stay = null;
    }

    private void LearnFromPlate(ZoneAppearance now, TimeSpan at, bool[] usable)
    {
        if (_stay is null)
            return;
        if (memory.Unlikeness(now, usable) is { } unlikeness && memory.LogOdds(unlikeness) < -options.SureLogOdds)
            Learn(() => memory.ForgetNearest(now, usable));
        var before = _stays.FindLast(stay =>
            stay.From > _plateAt && stay.LargeMotion >= options.DrivingIn && at - stay.Last < options.BeforeArrival && Share(now, stay.Appearance) >= options.VehicleShare);
        if (before is not null)
            Learn(() => memory.LearnEmpty(before.Appearance, inZone));
        if (before is not null || _withPlate is null)
            Learn(() => memory.LearnOccupied(now, usable));
        _plateAt = at;
        _withPlate = now;
    }

    private double Weigh(ZoneAppearance now, bool[] usable, bool plateIsSure)
    {
        var unlikeness = memory.Unlikeness(now, usable);
        var odds = unlikeness is { } known ? memory.LogOdds(known) : 0;
        if (plateIsSure)
            return Math.Max(odds, options.SureLogOdds + 1);

        // As when the plate was read, and less like the empty zone than like that.
        var sinceVisit = _withPlate is null ? 1 : Share(now, _withPlate, usable);
        if (sinceVisit <= options.SameVehicle && sinceVisit < (unlikeness ?? 1))
            return Math.Max(odds, options.SureLogOdds + 0.5);
        return odds;
    }

    private double? Say(double odds, ZoneAppearance now, bool[] usable, TimeSpan at, double moving)
    {
        _said.RemoveAll(said => at - said.At > options.Fresh);
        if (_said.Count > 0 && (Math.Sign(_said[^1].LogOdds) != Math.Sign(odds) || Math.Abs(odds) < options.SureLogOdds))
            _said.Clear();

        // What moves may be a vehicle that comes: it is left out of the comparison, and the rest looks empty.
        if (Math.Abs(odds) < options.SureLogOdds || (odds < 0 && moving >= options.StillShare))
            return null;
        _said.Add((odds, at));
        if (_said.Count < 2 || at - _said[0].At < options.Agreement)
            return null;

        if (odds < 0)
            LearnFromEmpty(now, usable, at);
        var repeat = moving < options.StillShare ? options.Repeat : options.RepeatInMotion;
        if (_published is { } former && Math.Sign(former.LogOdds) == Math.Sign(odds) && at - former.At < repeat)
            return null;
        _published = (odds, at);
        return 1 / (1 + Math.Exp(-odds));
    }

    private void LearnFromEmpty(ZoneAppearance now, bool[] usable, TimeSpan at)
    {
        if (_withPlate is not null)
        {
            _withPlate = null;
            _stays.Clear();
            Learn(() => memory.Confirm(now, usable));
        }

        if (at - _followedAt < options.Follow)
            return;
        _followedAt = at;
        Learn(() => memory.LearnEmpty(now, inZone));
    }

    private void Learn(Action lesson)
    {
        lesson();
        HasLearned = true;
    }

    private double Share(ZoneAppearance one, ZoneAppearance other, bool[]? usable = null)
    {
        var changes = one.ChangeFrom(other);
        var among = usable ?? inZone;
        double sum = 0, cells = 0;
        for (var cell = 0; cell < changes.Length; cell++)
        {
            if (!among[cell])
                continue;
            sum += changes[cell];
            cells++;
        }

        return cells == 0 ? 1 : sum / cells;
    }

    /// <summary>A time during which the zone stood still.</summary>
    /// <param name="LargeMotion">For how long much moved after it and before the next one.</param>
    private sealed record Stay(ZoneAppearance Appearance, TimeSpan From, TimeSpan Last, TimeSpan LargeMotion);
}
