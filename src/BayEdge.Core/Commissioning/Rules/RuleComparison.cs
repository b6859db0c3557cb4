using System.Collections.Immutable;
using BayEdge.Contracts.Events;

namespace BayEdge.Core.Commissioning.Rules;

/// <summary>What other rules would have made of the same recording.</summary>
/// <param name="Differences">The visits that come out differently, the earliest first.</param>
public sealed record RuleComparison(ReplayOutcome Present, ReplayOutcome Other, ImmutableArray<VisitDifference> Differences)
{
    // Nobody cares whether a vehicle came a second sooner.
    private static readonly TimeSpan Alike = TimeSpan.FromSeconds(2);

    public static RuleComparison Of(ReplayOutcome present, ReplayOutcome other)
    {
        var left = other.Visits.ToList();
        var differences = new List<VisitDifference>();

        // Whoever has the same name first, so that no visit takes the other half of its neighbour.
        var pairs = present.Visits.Select(visit => (Visit: visit, Match: Take(left, candidate => candidate.Bay == visit.Bay && candidate.VisitId == visit.VisitId))).ToList();
        foreach (var (visit, same) in pairs)
        {
            var match = same ?? Take(left, candidate => candidate.Bay == visit.Bay && Overlap(candidate, visit));
            if (match is null || !AreAlike(visit, match))
                differences.Add(new VisitDifference(visit, match));
        }

        differences.AddRange(left.Select(visit => new VisitDifference(null, visit)));
        return new RuleComparison(present, other, [.. differences.OrderBy(difference => (difference.Present ?? difference.Other!).Entered.At)]);
    }

    private static ReplayedVisit? Take(List<ReplayedVisit> from, Predicate<ReplayedVisit> isIt)
    {
        var place = from.FindIndex(isIt);
        if (place < 0)
            return null;
        var found = from[place];
        from.RemoveAt(place);
        return found;
    }

    private static bool AreAlike(ReplayedVisit a, ReplayedVisit b) =>
        AreAlike(a.Entered, b.Entered) && AreAlike(a.Left, b.Left) && NameOf(a.Vehicle) == NameOf(b.Vehicle);

    private static bool AreAlike(ToldInstant? a, ToldInstant? b) =>
        a is null || b is null ? a is null && b is null : (a.At - b.At).Duration() <= Alike;

    private static (string? Ref, string? Plate) NameOf(Vehicle vehicle) => (vehicle.Ref, vehicle.Plate);

    private static bool Overlap(ReplayedVisit a, ReplayedVisit b) => a.Entered.At < EndOf(b) && b.Entered.At < EndOf(a);

    private static DateTimeOffset EndOf(ReplayedVisit visit) => visit.Left?.At ?? DateTimeOffset.MaxValue;
}

/// <summary>One visit under both rules.</summary>
/// <param name="Present">Null where only the other rules tell it.</param>
/// <param name="Other">Null where the other rules do not tell it.</param>
public sealed record VisitDifference(ReplayedVisit? Present, ReplayedVisit? Other);
