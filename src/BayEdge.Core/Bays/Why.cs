using System.Collections.Immutable;
using BayEdge.Contracts.Events;

namespace BayEdge.Core.Bays;

/// <summary>Says why a bay is taken to be as it is, from the very figures that decide.</summary>
internal static class Why
{
    // More than these nobody reads.
    private const int MostRivals = 3;

    public static Explanation Of(TrackerState state, string bayId)
    {
        var bay = state.Bays[bayId];
        var rivals = Rivals(state, bay).OrderByDescending(rival => rival.LogOdds - rival.Needed).ThenBy(rival => rival.What.Text, StringComparer.Ordinal).Take(MostRivals);
        return new Explanation(bayId, state.Now, [Decided(state, bay), .. rivals], WouldChange(state, bay));
    }

    /// <summary>What would end the visit, or begin one.</summary>
    public static Phrase WouldChange(TrackerState state, BayState bay)
    {
        if (bay.Visit is not { } visit)
            return CanSee(state, bay) ? WouldEnter(state, bay) : Sentences.NoSource.With();
        if (Surroundings.IsWatched(state, bay))
            return Sentences.SeeingItEmpty.With();
        if (LeaveRule.SilenceOf(state, bay, visit) is not { } silence)
            return Sentences.NoWitness.With();
        return LeaveRule.PatienceOf(state, bay, visit) is { } patience
            ? Sentences.Silence.With(("length", patience), ("now", silence.Length))
            : Sentences.NoLongerOccupied.With();
    }

    /// <summary>What is told of a vehicle in a word.</summary>
    public static Phrase NameOf(Visit visit) => NameOf(visit.Ref, visit.Plate, visit.Tags);

    /// <summary>Likewise, of what was told of it once.</summary>
    public static Phrase NameOf(string? reference, string? plate, ImmutableArray<string> tags) => (reference ?? plate) is { } name
        ? Sentences.Named.With(("vehicle", name))
        : tags.IsEmpty ? Sentences.Unnamed.With() : Sentences.NamedByTag.With(("tag", tags[0]));

    /// <summary>The weightiest first; what weighs nothing says nothing.</summary>
    public static ImmutableArray<Evidence> InOrder(params IEnumerable<Evidence> evidence) =>
        [.. evidence.Where(item => item.Weight is not 0).OrderByDescending(item => Math.Abs(item.Weight ?? 0))];

    /// <summary>The same seen from the contrary.</summary>
    public static IEnumerable<Evidence> Contrary(IEnumerable<Evidence> evidence) => evidence.Select(item => item with { Weight = -item.Weight });

    private static bool CanSee(TrackerState state, BayState bay) => state.Layout.SourcesOf(bay.Bay).Any(state.IsUp);

    private static Phrase WouldEnter(TrackerState state, BayState bay) => Candidates(state, bay).OrderByDescending(rival => rival.LogOdds).FirstOrDefault() switch
    {
        { Candidate: { Verdict.Rival: { } other } candidate } => Sentences.TagClearer.With(("tag", candidate.Tag), ("bay", other)),
        { Candidate: { Tag: not null } candidate } => Sentences.TagLonger.With(("tag", candidate.Tag)),
        _ => ReopenRule.WouldReopen(state, bay) ?? Sentences.AnySign.With(("reads", state.Options.EnterReads), ("length", state.Options.EnterDwell)),
    };

    private static Hypothesis Decided(TrackerState state, BayState bay)
    {
        if (!CanSee(state, bay))
            return new Hypothesis(Sentences.Unknown.With(), 0, null, []);
        if (bay.Visit is not { } visit)
        {
            var seen = EnterRule.WeighWithoutTags(state, bay);
            return new Hypothesis(Sentences.Vacant.With(), 0 - seen.Nats, null, InOrder(Contrary(EnterRule.EvidenceWithoutTags(state, bay))));
        }

        var gone = LeaveRule.Weigh(state, bay, visit);
        return new Hypothesis(
            NameOf(visit), 0 - gone.Nats, null, [.. InOrder(Contrary(LeaveRule.EvidenceOf(state, bay, visit))), .. IdentifyRule.EvidenceOf(state, bay, [])]);
    }

    private static IEnumerable<Hypothesis> Rivals(TrackerState state, BayState bay)
    {
        if (!CanSee(state, bay))
            yield break;
        if (bay.Visit is { } visit)
        {
            var gone = LeaveRule.Weigh(state, bay, visit);
            yield return new Hypothesis(Sentences.Vacant.With(), gone.Nats, gone.Needed, InOrder(LeaveRule.EvidenceOf(state, bay, visit)));
        }
        else if (EnterRule.EvidenceWithoutTags(state, bay).Any(item => item.Weight > 0))
        {
            var seen = EnterRule.WeighWithoutTags(state, bay);
            yield return new Hypothesis(Sentences.Unnamed.With(), seen.Nats, seen.Needed, InOrder(EnterRule.EvidenceWithoutTags(state, bay)));
        }

        foreach (var (candidate, nats, needed, evidence) in Candidates(state, bay))
            yield return new Hypothesis(Sentences.NamedByTag.With(("tag", candidate.Tag)), nats, needed, InOrder(evidence));
    }

    private static IEnumerable<(EnterRule.Candidate Candidate, double LogOdds, double Needed, IEnumerable<Evidence> Evidence)> Candidates(TrackerState state, BayState bay)
    {
        foreach (var (tag, _) in state.Tags)
        {
            if (EnterRule.Weigh(state, bay, tag) is not { } candidate)
                continue;
            IEnumerable<Evidence> evidence = EnterRule.EvidenceOf(state, bay, candidate);
            if (candidate.Verdict.Nats < state.Options.EnterNats)
                yield return (candidate, candidate.Verdict.Nats, state.Options.EnterNats, evidence);
            else if (candidate.Heard.VisitIn is { } from && state.Bays.Contains(from))
            {
                // What holds it where it was decided to be.
                if (MoveRule.NatsOfMove(state, bay.Bay, from, candidate) is var move && double.IsFinite(move))
                    yield return (candidate, move, state.Options.MoveNats, [Describe.Tag(tag, candidate.Here, move)]);
            }
            else if (bay.Visit is { } visit && MoveRule.WeighSuccession(state, bay, visit, candidate) is { } next)
            {
                yield return (candidate, next.Nats, state.Options.LeaveNats, next.Evidence);
            }
        }
    }
}
