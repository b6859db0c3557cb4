namespace BayEdge.Benchmarks.Scenarios;

/// <summary>
/// Baseline: a tag is where the mean of its last reads is strongest, with an advantage for the present place that decays with the
/// time since the tag was read there; it has departed after a long silence.
/// </summary>
/// <remarks>
/// The rule and the defaults of EdgeX app-rfid-llrp-inventory: windows of 20 samples, at least 2 at the new place, offset
/// min(6, 6 - 0.008 (ms - 500)) dB, departure after 600 s, looked for every 30 s. Generous: the departure is dated with the last
/// read, which EdgeX gives in a field beside the event's own time.
/// </remarks>
internal sealed class EdgeXRule(TagReads reads) : TagBaseline(reads)
{
    private const int Window = 20;
    private const int LeastSamples = 2;
    private const double ThresholdDb = 6;
    private const double HoldoffMs = 500;
    private const double SlopeDbPerMs = -0.008;

    private static readonly TimeSpan DepartsAfter = TimeSpan.FromSeconds(600);
    private static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(30);

    private readonly Dictionary<int, Tracked> _tracked = [];

    public override string Name => "EdgeX rule";

    protected override void Read(int vehicle, int bay, DateTimeOffset at, double rssiDbm)
    {
        if (!_tracked.TryGetValue(vehicle, out var tracked))
            _tracked[vehicle] = tracked = new Tracked(Reads.BayCount);
        DepartIfSilent(tracked, at);
        tracked.Places[bay].Add(at, rssiDbm);
        tracked.LastRead = at;
        if (tracked.Visit is null)
        {
            (tracked.Visit, tracked.Bay) = (Enter(vehicle, bay, at, at), bay);
        }
        else if (bay != tracked.Bay && HasMoved(tracked.Places[tracked.Bay], tracked.Places[bay], at))
        {
            tracked.Visit.Leave(at, at);
            (tracked.Visit, tracked.Bay) = (Enter(vehicle, bay, at, at), bay);
        }
    }

    protected override void EndAt(DateTimeOffset end)
    {
        foreach (var tracked in _tracked.Values)
            DepartIfSilent(tracked, end);
    }

    private static bool HasMoved(Place from, Place to, DateTimeOffset now)
    {
        var sinceMs = (now - from.LastRead).TotalMilliseconds;
        var offset = Math.Min(ThresholdDb, ThresholdDb + (SlopeDbPerMs * (sinceMs - HoldoffMs)));
        return to.Samples >= LeastSamples && to.MeanDbm > from.MeanDbm + offset;
    }

    private static void DepartIfSilent(Tracked tracked, DateTimeOffset now)
    {
        if (tracked.Visit is null)
            return;
        var due = (tracked.LastRead + DepartsAfter).UtcTicks;
        var looked = new DateTimeOffset((due + LooksEvery.Ticks) / LooksEvery.Ticks * LooksEvery.Ticks, TimeSpan.Zero);
        if (looked > now)
            return;
        tracked.Visit.Leave(tracked.LastRead, looked);
        tracked.Visit = null;
        foreach (var place in tracked.Places)
            place.Clear();
    }

    private sealed class Tracked(int bays)
    {
        public Place[] Places { get; } = [.. Enumerable.Range(0, bays).Select(_ => new Place())];

        public DecidedVisit? Visit { get; set; }

        public int Bay { get; set; }

        public DateTimeOffset LastRead { get; set; }
    }

    /// <summary>The last reads of one tag at one place.</summary>
    private sealed class Place
    {
        private readonly double[] _window = new double[Window];
        private long _count;
        private double _sum;

        public DateTimeOffset LastRead { get; private set; }

        public int Samples => (int)Math.Min(_count, Window);

        public double MeanDbm => _sum / Samples;

        public void Add(DateTimeOffset at, double rssiDbm)
        {
            var index = (int)(_count % Window);
            _sum += rssiDbm - (_count >= Window ? _window[index] : 0);
            _window[index] = rssiDbm;
            _count++;
            LastRead = at;
        }

        public void Clear() => (_count, _sum) = (0, 0);
    }
}
