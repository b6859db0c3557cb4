using System.Collections.Immutable;
using BayEdge.Core.Bays;
using BayEdge.Core.Recording;

namespace BayEdge.Core.Commissioning.Rules;

/// <summary>Makes visits of what a replay decides; the later word holds.</summary>
/// <param name="from">What was last told before does not count.</param>
public sealed class ReplayedVisits(DateTimeOffset from)
{
    private readonly Dictionary<(string Bay, string Id), ReplayedVisit> _visits = [];
    private int _takenBack;

    public void Add(Transition transition)
    {
        var key = (transition.Bay, transition.VisitId);
        if (transition is VisitRetracted)
        {
            _visits.Remove(key);
            CountTakenBack(transition);
            return;
        }

        if (transition is VisitCorrected { IsStillPresent: true })
            CountTakenBack(transition);
        _visits[key] = Tell(_visits.GetValueOrDefault(key) ?? Begin(transition), transition);
    }

    /// <summary>The replay begins anew with what the device knew: whatever else it had open ended unheard.</summary>
    public void Begin(BegunAnew begins)
    {
        var open = _visits.Values.Where(visit => visit.Left is null).ToDictionary(visit => visit.Bay, StringComparer.Ordinal);
        foreach (var standing in begins.Standing)
        {
            // In one bay at one time it is the same visit, whatever name the replay had given it.
            var known = _visits.GetValueOrDefault((standing.Bay, standing.VisitId));
            if (known is null && open.Remove(standing.Bay, out known))
                _visits.Remove((known.Bay, known.VisitId));
            else if (known is not null && open.GetValueOrDefault(standing.Bay) == known)
                open.Remove(standing.Bay);
            known ??= new ReplayedVisit(standing.Bay, standing.VisitId, standing.Vehicle, new ToldInstant(standing.EnteredAt, null), null);
            _visits[(standing.Bay, standing.VisitId)] = known with { VisitId = standing.VisitId, Vehicle = standing.Vehicle, Left = null, IsCutOff = false };
        }

        foreach (var lost in open.Values)
            _visits[(lost.Bay, lost.VisitId)] = lost with { Left = new ToldInstant(begins.At, null), IsCutOff = true };
    }

    public ReplayOutcome Outcome => new([.. _visits.Values.OrderBy(visit => visit.Entered.At)], from, _takenBack);

    // One that was there before the recording begins is first heard of by its end or a correction.
    private static ReplayedVisit Begin(Transition transition) => new(
        transition.Bay,
        transition.VisitId,
        transition.Vehicle,
        new ToldInstant((transition switch { VehicleLeft left => left.EnteredAt, VisitCorrected { EnteredAt: { } entered } => entered, _ => transition.At }).Wall, null),
        null);

    private static ReplayedVisit Tell(ReplayedVisit visit, Transition transition)
    {
        visit = visit with { Vehicle = transition.Vehicle };
        var told = ToldInstant.Of(transition);
        return transition switch
        {
            VehicleEntered => visit with { Entered = told },
            VehicleLeft or VisitCorrected { EnteredAt: not null } => visit with { Left = told, IsCutOff = false },
            VisitCorrected { IsStillPresent: true } => visit with { Left = null, IsCutOff = false },
            VisitCorrected => visit with { Entered = visit.Entered with { At = told.At } },
            _ => visit,
        };
    }

    private void CountTakenBack(Transition transition) => _takenBack += transition.DecidedAt.Wall >= from ? 1 : 0;
}

/// <summary>What a replay comes to.</summary>
/// <param name="All">The earliest first; also those of which nothing was told since <paramref name="From"/>.</param>
/// <param name="From">What was told before does not count.</param>
/// <param name="TakenBack">Visits that never were and departures that were none, told first and taken back later.</param>
public sealed record ReplayOutcome(ImmutableArray<ReplayedVisit> All, DateTimeOffset From, int TakenBack)
{
    /// <summary>Those of which anything was told since <see cref="From"/>, the earliest first.</summary>
    public IEnumerable<ReplayedVisit> Visits => All.Where(visit => visit.IsToldSince(From));

    public int Arrivals => Told(visit => visit.Entered).Count();

    public int Departures => Told(visit => visit.Left).Count();

    /// <summary>How long after a departure it is told, in the middle of all; null where none was.</summary>
    public TimeSpan? UsualDepartureDelay
    {
        get
        {
            var delays = Told(visit => visit.Left).Select(instant => instant.ToldAt!.Value - instant.At).Order().ToList();
            return delays.Count == 0 ? null : delays[delays.Count / 2];
        }
    }

    private IEnumerable<ToldInstant> Told(Func<ReplayedVisit, ToldInstant?> of) => All.Select(of).OfType<ToldInstant>().Where(instant => instant.IsToldSince(From));
}
