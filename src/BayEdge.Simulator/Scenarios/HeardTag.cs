using BayEdge.Simulator.Workshop;

namespace BayEdge.Simulator.Scenarios;

/// <summary>How strongly one antenna hears one tag on one journey; asked in order of time.</summary>
internal sealed class HeardTag
{
    // A level this far below the sensitivity is not read in years.
    private const double HopelessDb = 16;

    private static readonly TimeSpan ShortestReflection = TimeSpan.FromSeconds(10);

    private readonly TagNoise _noise;
    private readonly Draws _reader;
    private readonly double _fixedDb;
    private readonly IReadOnlyList<Obstruction> _shadows;
    private int _shadow;
    private double _shadowLossDb;
    private long _fadingStep = long.MinValue;
    private double _fadingFrom;
    private double _fadingTo;
    private DateTimeOffset _reflectionFrom;
    private DateTimeOffset _reflectionTo;

    public HeardTag(TagNoise noise, Journey journey, string tag, SimulatedBay antenna, Draws reader)
    {
        (_noise, _reader) = (noise, reader);
        (Journey, Tag, Antenna) = (journey, tag, antenna);
        var ofTag = reader.For(tag);
        ReadsPerSecond = ofTag.LogUniform(noise.SlowestReadsPerSecond, noise.FastestReadsPerSecond);
        Draws = ofTag.For("antenna", antenna.Index).For("from", journey.From.UtcTicks);
        _fixedDb = noise.Signal.ParkedDbm
            + (noise.Signal.TagSpreadDb * ofTag.Normal())
            + (noise.AntennaSpreadDb * reader.For("antenna", antenna.Index).Normal())
            + (noise.ReflectionSpreadDb * Draws.Normal())
            - (journey is Passing ? noise.AisleLossDb : 0);
        _shadows = journey is Stay stay ? [.. stay.Visit.Obstructions.Where(shadow => shadow.Hides != HiddenSigns.Plate)] : [];
        NextReflection(journey.From);
        BeginShadow();
    }

    public Journey Journey { get; }

    public string Tag { get; }

    public SimulatedBay Antenna { get; }

    public double ReadsPerSecond { get; }

    public Draws Draws { get; }

    /// <summary>False when the antenna is so far away that it need not be asked.</summary>
    public bool MayBeRead => Journey is Passing || _reflectionFrom < Journey.To
        || _fixedDb - NeighbourLossDb(Journey.PlaceAt(Journey.From)) > _noise.Signal.SensitivityDbm - HopelessDb - (2 * _noise.Signal.SlowFadingDb);

    public double LevelAt(DateTimeOffset at)
    {
        var level = _fixedDb - NeighbourLossDb(Journey.PlaceAt(at)) + (_noise.Signal.SlowFadingDb * SlowFading(at)) + Reflection(at) - ShadowLossDb(at);
        if (!Journey.IsStillAt(at) && Journey is Stay stay)
            level -= _noise.Signal.ApproachLossDb * (1 - (VehicleMotion.ApproachAt(stay.Visit, at) ?? 0));
        return level;
    }

    private double NeighbourLossDb(double place) => _noise.Signal.NeighbourLossDb * Math.Abs(place - Antenna.Index);

    private double ShadowLossDb(DateTimeOffset at)
    {
        while (_shadow < _shadows.Count && _shadows[_shadow].To <= at)
        {
            _shadow++;
            BeginShadow();
        }

        return _shadow < _shadows.Count && _shadows[_shadow].From <= at ? _shadowLossDb : 0;
    }

    // From the side the tag may still be heard: the neighbours then hear it better than its own antenna does.
    private void BeginShadow()
    {
        if (_shadow >= _shadows.Count)
            return;
        var shadow = Draws.For("shadow", _shadows[_shadow].From.UtcTicks);
        var forAllAntennas = _reader.For(Tag).For("shadow", _shadows[_shadow].From.UtcTicks);
        var reachesHere = forAllAntennas.Happens(_noise.ShadowFromAllSidesShare) || (Journey is Stay stay && stay.Visit.Bay == Antenna);
        _shadowLossDb = reachesHere ? _noise.ShadowLossDb * (1 + (shadow.Normal() / 3)) : 0;
    }

    // Runs smoothly from one drawn figure to the next.
    private double SlowFading(DateTimeOffset at)
    {
        var place = (double)at.UtcTicks / _noise.Signal.SlowFadingTime.Ticks;
        var step = (long)place;
        if (step != _fadingStep)
        {
            _fadingFrom = step == _fadingStep + 1 ? _fadingTo : Draws.Normal();
            _fadingTo = Draws.Normal();
            _fadingStep = step;
        }

        return _fadingFrom + ((_fadingTo - _fadingFrom) * (place - step));
    }

    private double Reflection(DateTimeOffset at)
    {
        if (at >= _reflectionTo)
            NextReflection(at);
        return at >= _reflectionFrom ? _noise.ReflectionGainDb : 0;
    }

    private void NextReflection(DateTimeOffset after)
    {
        var isNeighbour = Journey is Stay stay && stay.Visit.Bay != Antenna;
        _reflectionFrom = after + Draws.Wait(isNeighbour ? _noise.ReflectionsPerHour : 0);
        _reflectionTo = _reflectionFrom + Draws.LogUniform(ShortestReflection, _noise.LongestReflection);
    }
}
