namespace BayEdge.Benchmarks.Scenarios;

/// <summary>What became of a true visit; <see cref="VisitScoring"/> says when which.</summary>
internal enum VisitVerdict
{
    Right,
    Mistimed,
    Unnamed,
    WrongVehicle,
    Split,
    Merged,
    Missed,
}

/// <summary>How a tracker did, over any number of scenarios.</summary>
internal sealed class ScenarioScore
{
    private readonly int[] _verdicts = new int[Enum.GetValues<VisitVerdict>().Length];

    public int Visits => _verdicts.Sum();

    /// <summary>Visits with an end that no source of the bay could see.</summary>
    public int BlindVisits { get; private set; }

    public int BlindVisitsRight { get; private set; }

    /// <summary>Told visits of vehicles that were not there.</summary>
    public int Phantoms { get; set; }

    public int Retracted { get; set; }

    /// <summary>Told departures, also those of phantoms.</summary>
    public int Departures { get; set; }

    /// <summary>Departures that were changed or taken back after they were told.</summary>
    public int CorrectedDepartures { get; set; }

    /// <summary>Visits of the right vehicle with a plate that is not its own.</summary>
    public int WrongPlates { get; set; }

    /// <summary>What went wrong, a line each, for whoever looks for the cause.</summary>
    public List<string> Misses { get; } = [];

    /// <summary>Seconds; of visits that are right, or wrong in nothing but their times.</summary>
    public List<double> EnteredErrors { get; } = [];

    public List<double> LeftErrors { get; } = [];

    public List<double> EnteredDelays { get; } = [];

    public List<double> LeftDelays { get; } = [];

    public BoundsScore EnteredBounds { get; } = new();

    public BoundsScore LeftBounds { get; } = new();

    public int Of(VisitVerdict verdict) => _verdicts[(int)verdict];

    public double ShareOf(VisitVerdict verdict) => Visits == 0 ? 0 : (double)Of(verdict) / Visits;

    /// <summary>The same, with its misses said to lie in this workshop.</summary>
    public ScenarioScore In(string workshop)
    {
        for (var index = 0; index < Misses.Count; index++)
            Misses[index] = $"{workshop}: {Misses[index]}";
        return this;
    }

    public void Count(VisitVerdict verdict, bool wasBlind)
    {
        _verdicts[(int)verdict]++;
        if (!wasBlind)
            return;
        BlindVisits++;
        if (verdict == VisitVerdict.Right)
            BlindVisitsRight++;
    }

    public void Add(ScenarioScore other)
    {
        for (var index = 0; index < _verdicts.Length; index++)
            _verdicts[index] += other._verdicts[index];
        BlindVisits += other.BlindVisits;
        BlindVisitsRight += other.BlindVisitsRight;
        Phantoms += other.Phantoms;
        Retracted += other.Retracted;
        Departures += other.Departures;
        CorrectedDepartures += other.CorrectedDepartures;
        WrongPlates += other.WrongPlates;
        Misses.AddRange(other.Misses);
        EnteredErrors.AddRange(other.EnteredErrors);
        LeftErrors.AddRange(other.LeftErrors);
        EnteredDelays.AddRange(other.EnteredDelays);
        LeftDelays.AddRange(other.LeftDelays);
        EnteredBounds.Add(other.EnteredBounds);
        LeftBounds.Add(other.LeftBounds);
    }

    /// <summary>The smallest figure that is at least as large as this share of them; 0 when there are none.</summary>
    public static double Percentile(List<double> figures, double share)
    {
        if (figures.Count == 0)
            return 0;
        var sorted = figures.Order().ToList();
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Count) - 1, 0, sorted.Count - 1)];
    }
}
