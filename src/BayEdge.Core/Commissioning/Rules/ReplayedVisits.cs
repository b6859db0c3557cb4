using System.Collections.Immutable;
using BayEdge.Core.Bays;

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

    public ReplayOutcome Outcome => new([.. _visits.Values.Where(visit => visit.IsToldSince(from)).OrderBy(visit => visit.Entered.At)], from, _takenBack);

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
            VehicleLeft or VisitCorrected { EnteredAt: not null } => visit with { Left = told },
            VisitCorrected { IsStillPresent: true } => visit with { Left = null },
            VisitCorrected => visit with { Entered = visit.Entered with { At = told.At } },
            _ => visit,
        };
    }

    private void CountTakenBack(Transition transition) => _takenBack += transition.DecidedAt.Wall >= from ? 1 : 0;
}

/// <summary>What a replay comes to.</summary>
/// <param name="Visits">The earliest first.</param>
/// <param name="From">What was told before does not count.</param>
/// <param name="TakenBack">Visits that never were and departures that were none, told first and taken back later.</param>
public sealed record ReplayOutcome(ImmutableArray<ReplayedVisit> Visits, DateTimeOffset From, int TakenBack)
{
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

    private IEnumerable<ToldInstant> Told(Func<ReplayedVisit, ToldInstant?> of) => Visits.Select(of).OfType<ToldInstant>().Where(instant => instant.IsToldSince(From));
}
