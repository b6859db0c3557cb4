using BayEdge.Core.Sightings;
using BayEdge.Simulator.Workshop;

namespace BayEdge.Simulator.Scenarios;

/// <summary>What the contact of one bay says: it changes when a vehicle crosses the line, bounces, drops out, and is closed by others.</summary>
internal sealed class ContactSignals(ScenarioOptions options, ScenarioTruth truth, SimulatedBay bay, SourceLink link, Draws draws)
{
    private static readonly TimeSpan ShortestDrop = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan ShortestFalseClosing = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestBounce = TimeSpan.FromSeconds(0.4);

    private readonly ContactNoise _noise = options.Noise.Contacts;

    private readonly record struct Change(DateTimeOffset At, bool Closed);

    /// <remarks>A contact that is connected again says how it stands.</remarks>
    public IEnumerable<TimedSighting> Sightings()
    {
        var (closed, silence) = (false, 0);
        foreach (var change in Changes())
        {
            for (; silence < link.Silences.Count && link.Silences[silence].To <= change.At; silence++)
                yield return Say(link.Silences[silence].To, closed);
            closed = change.Closed;
            if (!link.IsSilentAt(change.At))
                yield return Say(change.At, closed);
        }

        for (; silence < link.Silences.Count; silence++)
            yield return Say(link.Silences[silence].To, closed);
    }

    private TimedSighting Say(DateTimeOffset at, bool closed) => new(at, new PresenceSighting(link.Observe(at), link.Source, closed));

    private IEnumerable<Change> Changes()
    {
        var vacantSince = options.Start;
        foreach (var visit in truth.Visits.Where(visit => visit.Bay == bay))
        {
            Change[] changes =
            [
                .. Disturb(vacantSince, visit.EnteredAt, false, _noise.FalseClosingsPerDay, ShortestFalseClosing, _noise.LongestFalseClosing),
                .. Cross(visit.EnteredAt, closed: true),
                .. Disturb(visit.EnteredAt, visit.LeftAt, true, _noise.DropsPerDay, ShortestDrop, _noise.LongestDrop),
                .. Cross(visit.LeftAt, closed: false),
            ];
            foreach (var change in changes)
                yield return change;
            vacantSince = visit.LeftAt;
        }
    }

    private IEnumerable<Change> Cross(DateTimeOffset at, bool closed)
    {
        yield return new Change(at, closed);
        for (var bounces = draws.Below(_noise.MostBounces + 1); bounces > 0; bounces--)
        {
            at += LongestBounce * draws.Uniform();
            yield return new Change(at, !closed);
            at += LongestBounce * draws.Uniform();
            yield return new Change(at, closed);
        }
    }

    private IEnumerable<Change> Disturb(DateTimeOffset from, DateTimeOffset to, bool closed, double perDay, TimeSpan shortest, TimeSpan longest)
    {
        for (var at = from + Apart + draws.Wait(perDay / 24); ; at += Apart + draws.Wait(perDay / 24))
        {
            var back = at + draws.LogUniform(shortest, longest);
            if (back + Apart > to)
                yield break;
            yield return new Change(at, !closed);
            yield return new Change(back, closed);
            at = back;
        }
    }
}
