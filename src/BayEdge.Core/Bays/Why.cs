using System.Globalization;
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
        var rivals = Rivals(state, bay).OrderByDescending(rival => rival.LogOdds).ThenBy(rival => rival.What, StringComparer.Ordinal).Take(MostRivals);
        return new Explanation(bayId, state.Now, [Decided(state, bay), .. rivals], WouldChange(state, bay));
    }

    /// <summary>What would end the visit, or begin one; null when nothing is waited for.</summary>
    public static string? WouldChange(TrackerState state, BayState bay)
    {
        if (bay.Visit is not { } visit)
            return state.Layout.SourcesOf(bay.Bay).Any(state.IsUp) ? null : "no source of this bay works, so nothing can be noticed";
        if (visit.Tags.IsEmpty && Surroundings.Newest(state, bay, closed: true) is { } contact)
            return $"the opening of {contact.Key}";
        if (LeaveRule.SilenceOf(state, bay, visit) is not { } silence)
            return Surroundings.IsWatched(state, bay) ? "the camera's seeing the bay empty" : "no source that knows this vehicle works, so its leaving cannot be noticed";
        if (Surroundings.IsWatched(state, bay))
            return "the camera's seeing the bay empty";
        return LeaveRule.PatienceOf(state, bay, visit) is { } patience
            ? string.Create(CultureInfo.InvariantCulture, $"silence of {patience.TotalSeconds:0} s (now {silence.Length.TotalSeconds:0} s)")
            : "what says that the bay is occupied, saying so no more";
    }

    private static Hypothesis Decided(TrackerState state, BayState bay)
    {
        var around = Surroundings.Explain(state, bay);
        if (bay.Visit is not { } visit)
            return new Hypothesis("vacant", -Surroundings.LogOddsOfOccupied(state, bay), [.. around.Select(item => item with { Weight = -item.Weight })]);

        var silence = LeaveRule.SilenceOf(state, bay, visit);
        var own = silence is { } heard ? Describe.Silence(heard.Source, heard.Length, heard.Onset, -heard.Nats) : null;
        return new Hypothesis(
            NameOf(visit),
            Surroundings.LogOddsOfOccupied(state, bay) - (silence?.Nats ?? 0),
            [.. around.Concat(own is null ? [] : [own]).OrderByDescending(item => Math.Abs(item.Weight ?? 0)), .. IdentifyRule.EvidenceOf(state, bay, [])]);
    }

    private static IEnumerable<Hypothesis> Rivals(TrackerState state, BayState bay)
    {
        var around = Surroundings.LogOddsOfOccupied(state, bay);
        if (bay.Visit is { } visit)
            yield return new Hypothesis("vacant", (LeaveRule.SilenceOf(state, bay, visit)?.Nats ?? 0) - around, []);
        foreach (var tag in state.Tags.Keys)
        {
            if (EnterRule.Weigh(state, bay, tag, bay.Visit is null ? around : 0) is not { } candidate)
                continue;
            var evidence = new List<Evidence> { Describe.Tag(tag, candidate.Here, candidate.Verdict.Passing) };
            if (candidate.Verdict.Rival is { } rival)
                evidence.Add(new Evidence(candidate.Here.Source, "tag", $"heard in {rival} as well", Math.Round(candidate.Verdict.Nats - candidate.Verdict.Passing, 1)));
            yield return new Hypothesis($"tag {tag}", candidate.Verdict.Nats - state.Options.EnterNats, [.. evidence]);
        }
    }

    private static string NameOf(Visit visit) => visit.Ref ?? visit.Plate ?? (visit.Tags.IsEmpty ? "a vehicle that nothing names" : $"tag {visit.Tags[0]}");
}
