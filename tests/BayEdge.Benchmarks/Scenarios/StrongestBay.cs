using System.Globalization;

namespace BayEdge.Benchmarks.Scenarios;

/// <summary>
/// Baseline: a vehicle is in the bay that has read it most strongly within the timeout, and leaves when that bay has not read it
/// for as long.
/// </summary>
/// <remarks>
/// A fixed timeout at its best: bays are compared over the whole timeout, three reads over five seconds are needed to enter, and
/// times are those of the first and last fitting read.
/// </remarks>
internal sealed class StrongestBay(TagReads reads, TimeSpan timeout) : TagBaseline(reads)
{
    private const int EnterReads = 3;

    // What a vehicle in the bay itself reaches most of the time, below its strongest.
    private const double OwnStrengthDb = 6;

    private static readonly TimeSpan EnterDwell = TimeSpan.FromSeconds(5);

    private readonly Dictionary<int, Tracked> _tracked = [];

    public override string Name { get; } = NameFor(timeout);

    public static string NameFor(TimeSpan timeout) => string.Create(CultureInfo.InvariantCulture, $"strongest bay, {timeout.TotalSeconds:0} s");

    protected override void Read(int vehicle, int bay, DateTimeOffset at, double rssiDbm)
    {
        if (!_tracked.TryGetValue(vehicle, out var tracked))
            _tracked[vehicle] = tracked = new Tracked(Reads.BayCount);
        LeaveIfSilent(tracked, at);
        var here = tracked.Places[bay];
        here.Add(at, rssiDbm, timeout);
        if (bay == tracked.Bay || !here.IsConvincing || !IsStrongest(tracked, bay, at))
            return;

        var enteredAt = here.FirstRead;
        if (tracked.Visit is not null)
        {
            // Both bays may have read it all the time: it moved when the reads here became strong.
            var leftAt = Later(tracked.Visit.EnteredAt, Earlier(tracked.Places[tracked.Bay].LastStrong, here.StrongSince));
            tracked.Visit.Leave(leftAt, at);
            enteredAt = Later(leftAt, here.StrongSince);
        }

        (tracked.Visit, tracked.Bay) = (Enter(vehicle, bay, enteredAt, at), bay);
    }

    protected override void EndAt(DateTimeOffset end)
    {
        foreach (var tracked in _tracked.Values)
            LeaveIfSilent(tracked, end);
    }

    private bool IsStrongest(Tracked tracked, int bay, DateTimeOffset at)
    {
        var level = tracked.Places[bay].Strongest(at, timeout);
        for (var other = 0; other < tracked.Places.Length; other++)
        {
            if (other != bay && tracked.Places[other].Strongest(at, timeout) >= level)
                return false;
        }

        return true;
    }

    private void LeaveIfSilent(Tracked tracked, DateTimeOffset now)
    {
        if (tracked.Visit is null || now - tracked.Places[tracked.Bay].LastRead <= timeout)
            return;
        var place = tracked.Places[tracked.Bay];
        tracked.Visit.Leave(place.LastRead, place.LastRead + timeout);
        (tracked.Visit, tracked.Bay) = (null, -1);
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a <= b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a >= b ? a : b;

    private sealed class Tracked(int bays)
    {
        public Place[] Places { get; } = [.. Enumerable.Range(0, bays).Select(_ => new Place())];

        public DecidedVisit? Visit { get; set; }

        public int Bay { get; set; } = -1;
    }

    /// <summary>What one bay has read of one vehicle since the last long silence.</summary>
    private sealed class Place
    {
        // The strongest read of each quarter of the timeout: the newest quarter and the three before it count.
        private const int Quarters = 4;

        private readonly double[] _strongest = new double[Quarters];
        private long _quarter;
        private double _strongSinceDbm;
        private int _reads;

        public DateTimeOffset FirstRead { get; private set; }

        public DateTimeOffset LastRead { get; private set; }

        public DateTimeOffset StrongSince { get; private set; }

        public DateTimeOffset LastStrong { get; private set; }

        public bool IsConvincing => _reads >= EnterReads && LastRead - FirstRead >= EnterDwell;

        public void Add(DateTimeOffset at, double rssiDbm, TimeSpan timeout)
        {
            if (_reads == 0 || at - LastRead > (timeout > EnterDwell ? timeout : EnterDwell))
            {
                _reads = 0;
                FirstRead = StrongSince = at;
                Array.Fill(_strongest, double.NegativeInfinity);
            }

            var before = Strongest(at, timeout);
            if (double.IsNegativeInfinity(before) || rssiDbm > _strongSinceDbm + OwnStrengthDb)
                (StrongSince, _strongSinceDbm) = (at, rssiDbm);
            if (rssiDbm >= before - OwnStrengthDb)
                LastStrong = at;
            _strongest[_quarter % Quarters] = Math.Max(_strongest[_quarter % Quarters], rssiDbm);
            LastRead = at;
            _reads++;
        }

        public double Strongest(DateTimeOffset at, TimeSpan timeout)
        {
            if (_reads == 0 && LastRead == default)
                return double.NegativeInfinity;
            var quarter = at.UtcTicks / (timeout.Ticks / Quarters);
            for (var passed = Math.Min(quarter - _quarter, Quarters); passed > 0; passed--)
                _strongest[(quarter - passed + 1) % Quarters] = double.NegativeInfinity;
            _quarter = quarter;
            var (a, b) = (Math.Max(_strongest[0], _strongest[1]), Math.Max(_strongest[2], _strongest[3]));
            return Math.Max(a, b);
        }
    }
}
