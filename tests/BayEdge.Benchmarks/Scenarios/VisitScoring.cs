using System.Globalization;
using BayEdge.Contracts.Events;
using BayEdge.Simulator.Workshop;

namespace BayEdge.Benchmarks.Scenarios;

/// <summary>Holds what a tracker told against what truly happened.</summary>
/// <remarks>
/// <para>
/// What counts is the last word: a visit as it stands after all corrections, and not at all once it is retracted. A time is told
/// when it is told with its last value, so a correction starts the delay anew.
/// </para>
/// <para>
/// Visits of vehicles that no source of the workshop can notice (a vehicle without a tag, where there are readers only) do not
/// count; nothing may be told of them either.
/// </para>
/// <para>
/// Matching. A told visit and a true visit can belong together when they are in the same bay and overlap, the true one widened by
/// <see cref="Tolerance"/> at both ends. First every told visit that names the true visit's vehicle, or none, goes to the true
/// visit with which it overlaps longest. What is left names other vehicles: for each true visit that still has none, the longest
/// of them is taken for it; all others are phantoms.
/// </para>
/// <para>
/// Verdict of a true visit, the first that fits. Merged: a told visit covers more than half of it and of another true visit that
/// have no told visit but that one. Missed: nothing was told. Split: several told visits belong to it. Wrong vehicle: the told one
/// names another vehicle or a plate that is not the vehicle's. Unnamed: it names none although the sources read enough of the
/// vehicle's own tag or plate. Mistimed: entering or leaving is off by more than <see cref="Tolerance"/>, or the leaving was never
/// told. Right: none of these.
/// </para>
/// <para>
/// A vehicle is named by its reference where one is told. Without one, its tags and plate name it: one of its own is enough,
/// unless another belongs to somebody else.
/// </para>
/// </remarks>
internal sealed class VisitScoring(IEnumerable<SimulatedVehicle> vehicles, IEnumerable<ScoredVisit> visits)
{
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, SimulatedVehicle> _ownerOf = OwnersOf(vehicles);

    private readonly Dictionary<string, List<Truth>> _truths = visits
        .OrderBy(visit => visit.EnteredAt)
        .GroupBy(visit => visit.Bay)
        .ToDictionary(bay => bay.Key, bay => bay.Select(visit => new Truth(visit)).ToList(), StringComparer.Ordinal);

    /// <summary>A true visit and what was told of it.</summary>
    private sealed class Truth(ScoredVisit visit)
    {
        public ScoredVisit Visit => visit;

        public List<DecidedVisit> Told { get; } = [];

        /// <summary>The told visit that this one shares with another true visit.</summary>
        public bool IsShared { get; set; }
    }

    private enum Naming
    {
        Right,
        None,
        Wrong,
    }

    /// <summary>Used once.</summary>
    /// <param name="end">The end of the scenario, for visits that were never closed.</param>
    public ScenarioScore Score(IReadOnlyList<DecidedVisit> decided, DateTimeOffset end)
    {
        var score = new ScenarioScore();
        var told = decided.Where(visit => !visit.IsRetracted).ToList();
        var strangers = told.Where(visit => !Match(visit, end, MayBe)).ToList();
        foreach (var stranger in strangers.OrderByDescending(visit => (visit.LeftAt ?? end) - visit.EnteredAt))
        {
            if (!Match(stranger, end, (truth, _) => truth.Told.Count == 0))
            {
                score.Phantoms++;
                score.Misses.Add($"Phantom: {Describe(stranger)}");
            }
        }

        foreach (var visit in told)
            Share(visit, end);
        foreach (var truth in _truths.Values.SelectMany(bay => bay))
            Judge(truth, score);
        score.Departures += decided.Count(visit => visit.DepartureWasTold);
        score.CorrectedDepartures += decided.Count(visit => visit.DepartureWasCorrected);
        score.Misses.AddRange(decided.Where(visit => visit.DepartureWasCorrected).Select(visit => $"Reopened: {Describe(visit)}"));
        score.Retracted += decided.Count(visit => visit.IsRetracted);
        return score;
    }

    private bool Match(DecidedVisit decided, DateTimeOffset end, Func<Truth, DecidedVisit, bool> mayBelong)
    {
        Truth? best = null;
        var longest = TimeSpan.Zero;
        foreach (var truth in Near(decided, end))
        {
            var overlap = Overlap(decided, truth.Visit, end, Tolerance);
            if (overlap > longest && mayBelong(truth, decided))
                (best, longest) = (truth, overlap);
        }

        best?.Told.Add(decided);
        return best is not null;
    }

    private bool MayBe(Truth truth, DecidedVisit decided) => NamingOf(decided.Vehicle, truth.Visit.Vehicle) != Naming.Wrong;

    private void Share(DecidedVisit decided, DateTimeOffset end)
    {
        var covered = Near(decided, end)
            .Where(truth => Overlap(decided, truth.Visit, end, TimeSpan.Zero) > (truth.Visit.LeftAt - truth.Visit.EnteredAt) / 2
                && truth.Told.All(told => told == decided))
            .ToList();
        if (covered.Count < 2)
            return;
        foreach (var truth in covered)
            truth.IsShared = true;
    }

    private void Judge(Truth truth, ScenarioScore score)
    {
        var verdict = VerdictOf(truth);
        score.Count(verdict, truth.Visit.WasBlind);
        if (verdict != VisitVerdict.Right)
            score.Misses.Add(Describe(verdict, truth));
        if (verdict is not (VisitVerdict.Right or VisitVerdict.Mistimed) || truth.Told[0].LeftAt is not { } left)
            return;
        var told = truth.Told[0];
        score.EnteredErrors.Add((told.EnteredAt - truth.Visit.EnteredAt).Duration().TotalSeconds);
        score.LeftErrors.Add((left - truth.Visit.LeftAt).Duration().TotalSeconds);
        score.EnteredDelays.Add((told.EnteredToldAt - truth.Visit.EnteredAt).TotalSeconds);
        score.LeftDelays.Add((told.LeftToldAt - truth.Visit.LeftAt).TotalSeconds);
        score.EnteredBounds.Take(told.EnteredWithin, truth.Visit.EnteredAt);
        score.LeftBounds.Take(told.LeftWithin, truth.Visit.LeftAt);
        if (told.Vehicle.Plate is { } plate && plate != truth.Visit.Vehicle.Plate?.Text)
            score.WrongPlates++;
    }

    private static string Describe(VisitVerdict verdict, Truth truth) => string.Create(
        CultureInfo.InvariantCulture,
        $"{verdict}: {truth.Visit.Bay} {truth.Visit.EnteredAt:dd HH:mm:ss.f} - {truth.Visit.LeftAt:dd HH:mm:ss.f} {truth.Visit.Vehicle.Ref} ")
        + $"{truth.Visit.Vehicle.Plate?.Text} {string.Join('+', truth.Visit.Vehicle.Tags)}{(truth.Visit.WasBlind ? " blind" : "")}; told {string.Join(", ", truth.Told.Select(Describe))}";

    private static string Describe(DecidedVisit told) => string.Create(
        CultureInfo.InvariantCulture,
        $"{told.Bay} {told.EnteredAt:dd HH:mm:ss.f} (at {told.EnteredToldAt:HH:mm:ss}) - {told.LeftAt:dd HH:mm:ss.f} (at {told.LeftToldAt:HH:mm:ss}) ")
        + $"{told.Vehicle.Ref} {told.Vehicle.Plate} {string.Join('+', told.Vehicle.Tags)}{(told.DepartureWasCorrected ? " reopened" : "")}";

    private VisitVerdict VerdictOf(Truth truth)
    {
        if (truth.IsShared)
            return VisitVerdict.Merged;
        if (truth.Told.Count != 1)
            return truth.Told.Count == 0 ? VisitVerdict.Missed : VisitVerdict.Split;
        var (told, visit) = (truth.Told[0], truth.Visit);
        var naming = NamingOf(told.Vehicle, visit.Vehicle);
        if (naming == Naming.Wrong)
            return VisitVerdict.WrongVehicle;
        if (naming == Naming.None && visit.CanBeNamed)
            return VisitVerdict.Unnamed;
        return (told.EnteredAt - visit.EnteredAt).Duration() <= Tolerance && (told.LeftAt - visit.LeftAt)?.Duration() <= Tolerance
            ? VisitVerdict.Right
            : VisitVerdict.Mistimed;
    }

    private Naming NamingOf(Vehicle told, SimulatedVehicle vehicle)
    {
        if (told.Ref is { } reference)
            return reference == vehicle.Ref ? Naming.Right : Naming.Wrong;
        var signs = told.Plate is { } plate ? told.Tags.Append(plate) : told.Tags;
        var (own, other) = (false, false);
        foreach (var sign in signs)
        {
            if (vehicle.IsKnownAs(sign))
                own = true;
            else
                other |= sign == told.Plate ? !told.Tags.Any(vehicle.IsKnownAs) || _ownerOf.ContainsKey(sign) : _ownerOf.ContainsKey(sign);
        }

        return other ? Naming.Wrong : own ? Naming.Right : Naming.None;
    }

    // The visits of one bay never overlap, so their ends are in order too.
    private IEnumerable<Truth> Near(DecidedVisit decided, DateTimeOffset end)
    {
        if (!_truths.TryGetValue(decided.Bay, out var truths))
            yield break;
        var (low, high) = (0, truths.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (truths[middle].Visit.LeftAt + Tolerance < decided.EnteredAt)
                low = middle + 1;
            else
                high = middle;
        }

        for (; low < truths.Count && truths[low].Visit.EnteredAt - Tolerance <= (decided.LeftAt ?? end); low++)
            yield return truths[low];
    }

    // A visit told at a single instant still overlaps.
    private static TimeSpan Overlap(DecidedVisit decided, ScoredVisit visit, DateTimeOffset end, TimeSpan widenedBy)
    {
        var from = Max(decided.EnteredAt, visit.EnteredAt - widenedBy);
        var to = Min(decided.LeftAt ?? end, visit.LeftAt + widenedBy);
        return to < from ? TimeSpan.Zero : to - from + TimeSpan.FromTicks(1);
    }

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a >= b ? a : b;

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a <= b ? a : b;

    private static Dictionary<string, SimulatedVehicle> OwnersOf(IEnumerable<SimulatedVehicle> vehicles)
    {
        var owners = new Dictionary<string, SimulatedVehicle>(StringComparer.Ordinal);
        foreach (var vehicle in vehicles)
        {
            foreach (var tag in vehicle.Tags)
                owners[tag] = vehicle;
            if (vehicle.Plate is { } plate)
                owners[plate.Text] = vehicle;
        }

        return owners;
    }
}

/// <summary>A true visit, as far as it matters for the score.</summary>
/// <param name="CanBeNamed">Whether the sources read enough of the vehicle's own tag or plate to tell who it is.</param>
/// <param name="WasBlind">Whether at its entering or leaving no source of the bay could see anything.</param>
internal sealed record ScoredVisit(
    string Bay, SimulatedVehicle Vehicle, DateTimeOffset EnteredAt, DateTimeOffset LeftAt, bool CanBeNamed = true, bool WasBlind = false);
