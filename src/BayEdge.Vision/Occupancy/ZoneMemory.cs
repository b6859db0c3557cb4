using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace BayEdge.Vision.Occupancy;

/// <summary>What has been learned at one zone: how it looks when it is empty, which cells a vehicle covers, and how well the two are told apart.</summary>
/// <remarks>Bounded: <see cref="MostEmpty"/> appearances and a few numbers a cell.</remarks>
internal sealed class ZoneMemory
{
    /// <summary>By day, by lamp light, by infrared, with the door open and closed, and one to spare.</summary>
    public const int MostEmpty = 6;

    // An appearance as near as this is the one that is known already, and moves along with the light. Assumed.
    private const double SameAppearance = 0.2;
    private const double Follows = 0.2;

    // What a cell is taken for before anything was learned: how often it changes, weighing as much as so many visits. Assumed.
    private const float ChangesWhenOccupied = 0.6f;
    private const float ChangesWhenEmpty = 0.1f;
    private const float PriorVisits = 2;
    private const float LeastWeight = 0.05f;

    private readonly List<ZoneAppearance> _empty;
    private readonly CellCounts _whenEmpty;
    private readonly CellCounts _whenOccupied;

    public ZoneMemory()
        : this([], new CellCounts(), new CellCounts(), Scatter.OfEmpty, Scatter.OfOccupied, confirmed: 0)
    {
    }

    public ZoneMemory(IEnumerable<ZoneAppearance> empty, CellCounts whenEmpty, CellCounts whenOccupied, Scatter ofEmpty, Scatter ofOccupied, int confirmed)
    {
        _empty = [.. empty.Take(MostEmpty)];
        (_whenEmpty, _whenOccupied, OfEmpty, OfOccupied, Confirmed) = (whenEmpty, whenOccupied, ofEmpty, ofOccupied, confirmed);
    }

    /// <summary>The zone's empty appearances, the one seen last first.</summary>
    public IReadOnlyList<ZoneAppearance> Empty => _empty;

    public CellCounts WhenEmpty => _whenEmpty;

    public CellCounts WhenOccupied => _whenOccupied;

    /// <summary>Of the unlikeness to the nearest empty appearance, when the zone was empty.</summary>
    public Scatter OfEmpty { get; private set; }

    /// <summary>The same when a vehicle stood there.</summary>
    public Scatter OfOccupied { get; private set; }

    /// <summary>After how many visits the zone was seen to look again as it had before.</summary>
    public int Confirmed { get; private set; }

    /// <summary>How unlike the nearest empty appearance a picture is, 0 to 1; null while none is known.</summary>
    /// <param name="usable">The cells that count: inside the zone and not hidden by something that moves.</param>
    public double? Unlikeness(ZoneAppearance now, bool[] usable) => Nearest(now, usable)?.Unlikeness;

    /// <summary>The zone looks like this when it is empty.</summary>
    public void LearnEmpty(ZoneAppearance now, bool[] usable)
    {
        if (Nearest(now, usable) is not { } nearest || nearest.Unlikeness > SameAppearance)
        {
            _empty.Insert(0, now);
            if (_empty.Count > MostEmpty)
                _empty.RemoveAt(MostEmpty);
            return;
        }

        _empty.RemoveAt(nearest.Index);
        _empty.Insert(0, nearest.Appearance.Towards(now, Follows));
    }

    /// <summary>A visit is over and the zone looks as it did before: both sides of the scatter have one more example.</summary>
    public void Confirm(ZoneAppearance now, bool[] usable)
    {
        if (Nearest(now, usable) is not { } nearest)
            return;
        _whenEmpty.Add(now.ChangeFrom(nearest.Appearance));
        OfEmpty = OfEmpty.With(nearest.Unlikeness);
        Confirmed++;
        LearnEmpty(now, usable);
    }

    /// <summary>A vehicle with a plate stands there.</summary>
    public void LearnOccupied(ZoneAppearance now, bool[] usable)
    {
        if (Nearest(now, usable) is not { } nearest)
            return;
        _whenOccupied.Add(now.ChangeFrom(nearest.Appearance));
        OfOccupied = OfOccupied.With(nearest.Unlikeness);
    }

    /// <summary>A plate stands in a picture that was taken for empty: the appearance was learned wrongly.</summary>
    public void ForgetNearest(ZoneAppearance now, bool[] usable)
    {
        if (Nearest(now, usable) is not { } nearest)
            return;
        _empty.RemoveAt(nearest.Index);
        Confirmed = Math.Max(0, Confirmed - 1);
    }

    /// <summary>The odds that a vehicle stands there, as a logarithm, from how unlike the zone is to its empty self.</summary>
    public double LogOdds(double unlikeness)
    {
        // Beyond the middle of either side nothing becomes less sure.
        var inside = Math.Clamp(unlikeness, OfEmpty.Mean, Math.Max(OfEmpty.Mean, OfOccupied.Mean));
        var odds = OfOccupied.LogDensity(inside) - OfEmpty.LogDensity(inside);

        // Laplace's rule: what held every time so far may fail the next time.
        return Math.Clamp(odds, -MostLogOdds, MostLogOdds);
    }

    private double MostLogOdds => Math.Min(4.5, Math.Log(10 * (1 + Confirmed)));

    private (int Index, ZoneAppearance Appearance, double Unlikeness)? Nearest(ZoneAppearance now, bool[] usable)
    {
        (int, ZoneAppearance, double Unlikeness)? nearest = null;
        for (var i = 0; i < _empty.Count; i++)
        {
            var unlikeness = WeightedShare(now.ChangeFrom(_empty[i]), usable);
            if (nearest is null || unlikeness < nearest.Value.Unlikeness)
                nearest = (i, _empty[i], unlikeness);
        }

        return nearest;
    }

    private double WeightedShare(float[] changes, bool[] usable)
    {
        double changed = 0, all = 0;
        for (var cell = 0; cell < changes.Length; cell++)
        {
            if (!usable[cell])
                continue;
            var weight = Math.Max(
                LeastWeight,
                _whenOccupied.Share(cell, ChangesWhenOccupied, PriorVisits) - _whenEmpty.Share(cell, ChangesWhenEmpty, PriorVisits));
            changed += weight * changes[cell];
            all += weight;
        }

        return all == 0 ? 0 : changed / all;
    }
}

/// <summary>How much each cell changed, summed over visits.</summary>
internal sealed class CellCounts
{
    private readonly float[] _sums;

    public CellCounts(ImmutableArray<float> sums = default, int visits = 0)
    {
        _sums = sums.IsDefault ? new float[ZoneAppearance.Cells] : [.. sums];
        Visits = visits;
    }

    public int Visits { get; private set; }

    public ImmutableArray<float> Sums => [.. _sums];

    public void Add(float[] changes)
    {
        Visits++;
        for (var cell = 0; cell < _sums.Length; cell++)
            _sums[cell] += changes[cell];
    }

    public float Share(int cell, float prior, float priorVisits) => (_sums[cell] + (prior * priorVisits)) / (Visits + priorVisits);
}

/// <summary>Mean and spread of a share, learned from examples on top of an assumption (Welford's sums).</summary>
internal readonly record struct Scatter(double Count, double Mean, double Squares, double LeastDeviation)
{
    // Assumed, each weighing as much as four examples.
    public static Scatter OfEmpty => new(4, 0.08, 4 * 0.08 * 0.08, 0.06);

    public static Scatter OfOccupied => new(4, 0.55, 4 * 0.17 * 0.17, 0.1);

    /// <summary>Whether it can have been learned: what a damaged file holds may not.</summary>
    [JsonIgnore]
    public bool IsUsable => double.IsFinite(Count + Mean + Squares + LeastDeviation) && Count > 0 && Squares >= 0 && LeastDeviation > 0;

    [JsonIgnore]
    public double Deviation => Math.Max(LeastDeviation, Math.Sqrt(Squares / Count));

    public Scatter With(double value)
    {
        var mean = Mean + ((value - Mean) / (Count + 1));
        return this with { Count = Count + 1, Mean = mean, Squares = Squares + ((value - Mean) * (value - mean)) };
    }

    /// <summary>Of a normal distribution, without the constant that all share.</summary>
    public double LogDensity(double value)
    {
        var away = (value - Mean) / Deviation;
        return (-0.5 * away * away) - Math.Log(Deviation);
    }
}
