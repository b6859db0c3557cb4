namespace BayEdge.Simulator.Workshop;

/// <summary>Turns what truly happens in a workshop into what its antennas hear.</summary>
/// <remarks>
/// Pure: the reads of a stretch of time depend on script, options and seed only, so that the stretches may be asked for in any
/// order and cut anywhere. Own bay, neighbours and obstruction follow from one rule: RSSI is the parked figure less the losses,
/// and a read succeeds the surer the further RSSI is above the reader's sensitivity.
/// </remarks>
public sealed class WorkshopSignals(WorkshopScript script, int seed, TagSignalOptions? options = null)
{
    private readonly TagSignalOptions _options = options ?? new TagSignalOptions();
    private readonly Chance _chance = Chance.Of(seed);

    /// <summary>All reads with <paramref name="from"/> &lt;= time &lt; <paramref name="to"/>, in the order of time.</summary>
    public IEnumerable<TagRead> Reads(DateTimeOffset from, DateTimeOffset to)
    {
        if (from < script.Start)
            from = script.Start;

        // A report is worked out whole, also where the stretch cuts it.
        var (earliest, latest) = (from - _options.ReportEvery, to + _options.ReportEvery);
        var inView = new List<TrueVisit>();
        var coming = new Queue<TrueVisit>(
            script.Visits.Where(visit => VehicleMotion.InViewUntil(visit) >= earliest && VehicleMotion.InViewFrom(visit) < latest));
        for (var report = (long)((from - script.Start) / _options.ReportEvery); StartOf(report) < to; report++)
        {
            var (start, end) = (StartOf(report), StartOf(report + 1));
            while (coming.TryPeek(out var next) && VehicleMotion.InViewFrom(next) < end)
                inView.Add(coming.Dequeue());

            inView.RemoveAll(visit => VehicleMotion.InViewUntil(visit) < start);
            foreach (var read in ReadsOf(report, inView).Where(read => from <= read.At && read.At < to).OrderBy(read => read.At))
                yield return read;
        }
    }

    private DateTimeOffset StartOf(long report) => script.Start + (report * _options.ReportEvery);

    private IEnumerable<TagRead> ReadsOf(long report, List<TrueVisit> inView)
    {
        var middle = StartOf(report) + (_options.ReportEvery / 2);
        foreach (var visit in inView)
        {
            if (VehicleMotion.ApproachAt(visit, middle) is not { } approach)
                continue;

            foreach (var tag in visit.Vehicle.Tags)
            {
                foreach (var bay in script.Bays)
                {
                    if (Hear(report, middle, visit, approach, tag, bay) is { } read)
                        yield return read;
                }
            }
        }
    }

    private TagRead? Hear(long report, DateTimeOffset at, TrueVisit visit, double approach, string tag, SimulatedBay bay)
    {
        var tagChance = _chance.With(tag);
        var chance = tagChance.With(bay.Index).With(report);
        var rssi = _options.ParkedDbm
            - (_options.ApproachLossDb * (1 - approach))
            - (_options.NeighbourLossDb * Math.Abs(bay.Index - visit.Bay.Index))
            - (bay == visit.Bay && visit.ObstructionAt(at) is not null ? _options.ObstructionLossDb : 0)
            + (_options.TagSpreadDb * tagChance.Normal())
            + (_options.SlowFadingDb * SlowFading(tagChance.With(bay.Index), at))
            + (_options.FastFadingDb * chance.With(3).Normal());

        var success = 1 / (1 + Math.Exp((_options.SensitivityDbm - rssi) / _options.SensitivitySlopeDb));
        var count = chance.With(4).Poisson(_options.ReadsPerSecond * _options.ReportEvery.TotalSeconds * success);
        if (count == 0)
            return null;

        var lastSeen = StartOf(report) + (_options.ReportEvery * chance.With(5).Uniform());
        return new TagRead(lastSeen, bay.Reader, bay.Antenna, tag, Math.Round(rssi, 1), count);
    }

    // Runs smoothly from one drawn figure to the next, a figure every SlowFadingTime.
    private double SlowFading(Chance chance, DateTimeOffset at)
    {
        var place = (at - script.Start) / _options.SlowFadingTime;
        var step = (long)Math.Floor(place);
        var share = place - step;
        return (chance.With(-1 - step).Normal() * (1 - share)) + (chance.With(-2 - step).Normal() * share);
    }
}
