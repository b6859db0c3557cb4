using System.Collections.Immutable;
using BayEdge.Contracts.Events;

namespace BayEdge.Core.Commissioning.Rules;

/// <summary>What other rules would have made of the same recording.</summary>
/// <param name="Same">How many visits come out alike.</param>
/// <param name="Differences">The visits that come out differently, the earliest first.</param>
public sealed record RuleComparison(ReplayOutcome Present, ReplayOutcome Other, int Same, ImmutableArray<VisitDifference> Differences)
{
    // Nobody cares whether a vehicle came a second sooner.
    private static readonly TimeSpan Alike = TimeSpan.FromSeconds(2);

    public static RuleComparison Of(ReplayOutcome present, ReplayOutcome other)
    {
        var left = other.All.ToList();
        var pairs = new List<VisitDifference>();

        // Whoever has the same name first, so that no visit takes the other half of its neighbour.
        var named = present.All.Select(visit => (Visit: visit, Match: Take(left, candidate => candidate.Bay == visit.Bay && candidate.VisitId == visit.VisitId))).ToList();
        foreach (var (visit, same) in named)
            pairs.Add(new VisitDifference(visit, same ?? Take(left, candidate => candidate.Bay == visit.Bay && Overlap(candidate, visit))));
        pairs.AddRange(left.Select(visit => new VisitDifference(null, visit)));

        // Told under one of them is enough: the other may be the one that still waits.
        var told = pairs.Where(pair => pair.Present?.IsToldSince(present.From) == true || pair.Other?.IsToldSince(present.From) == true).ToLookup(AreAlike);
        return new RuleComparison(present, other, told[true].Count(), [.. told[false].OrderBy(pair => (pair.Present ?? pair.Other!).Entered.At)]);
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

    private static bool AreAlike(VisitDifference pair) => pair is { Present: { } present, Other: { } other } && AreAlike(present, other);

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
