using BayEdge.Core.Sightings;

namespace BayEdge.Simulator.Scenarios;

/// <summary>What one reader reports: for each tag and antenna at most one report a second, with the number of reads and the strongest.</summary>
internal sealed class ReaderSignals(ScenarioOptions options, ScenarioTruth truth, SourceLink link, Draws draws)
{
    private readonly TagNoise _noise = options.Noise.Tags;
    private readonly ReadChance _readChance = new(options.Noise.Tags.Signal);
    private readonly List<HeardTag> _heard = [];
    private readonly List<Report> _reports = [];

    private readonly record struct Report(DateTimeOffset At, HeardTag Tag, double RssiDbm, int Count);

    public IEnumerable<TimedSighting> Sightings()
    {
        var every = _noise.Signal.ReportEvery;
        var next = 0;
        var end = options.Start + options.Duration;
        for (var from = options.Start; from < end; from += every)
        {
            if (_heard.Count == 0)
            {
                if (next == truth.Journeys.Count)
                    yield break;
                while (from + every <= truth.Journeys[next].From)
                    from += every;
            }

            for (; next < truth.Journeys.Count && truth.Journeys[next].From < from + every; next++)
                Begin(truth.Journeys[next]);
            Listen(from);
            foreach (var report in _reports)
            {
                if (!link.IsSilentAt(report.At))
                    yield return new TimedSighting(report.At, Sighting(report));
            }

            EndBefore(from + every);
        }
    }

    private TagSighting Sighting(Report report) => new(
        link.Observe(report.At), link.Source, report.Tag.Antenna.Antenna, report.Tag.Tag, report.RssiDbm, report.Count);

    private void Begin(Journey journey)
    {
        foreach (var tag in journey.Vehicle.Tags)
        {
            foreach (var bay in truth.Bays)
            {
                if (bay.Reader != link.Source)
                    continue;
                var heard = new HeardTag(_noise, journey, tag, bay, draws);
                if (heard.MayBeRead)
                    _heard.Add(heard);
            }
        }
    }

    private void Listen(DateTimeOffset from)
    {
        _reports.Clear();
        var every = _noise.Signal.ReportEvery;
        var middle = from + (every / 2);
        foreach (var heard in _heard)
        {
            if (middle < heard.Journey.From || middle >= heard.Journey.To)
                continue;
            var level = heard.LevelAt(middle);
            var count = _readChance.Count(level, heard.ReadsPerSecond * every.TotalSeconds, heard.Draws.Uniform());
            if (count > 0)
                _reports.Add(Strongest(heard, level, count, from));
        }

        _reports.Sort(static (a, b) => a.At.CompareTo(b.At));
    }

    // The last of the reads gives the time, the strongest the level.
    private Report Strongest(HeardTag heard, double level, int count, DateTimeOffset from)
    {
        var draws = heard.Draws;
        var last = count == 1 ? draws.Uniform() : Math.Pow(draws.Uniform(), 1.0 / count);
        var gain = count == 1 ? 0 : 0.75 * Math.Sqrt(2 * Math.Log(count));
        var rssi = level + (_noise.Signal.FastFadingDb * ((draws.Normal() * (count == 1 ? 1 : 0.6)) + gain));
        return new Report(from + (_noise.Signal.ReportEvery * last), heard, Math.Round(rssi, 1), count);
    }

    private void EndBefore(DateTimeOffset time)
    {
        for (var index = _heard.Count - 1; index >= 0; index--)
        {
            if (_heard[index].Journey.To <= time)
                _heard.RemoveAt(index);
        }
    }
}
