using BayEdge.Core.Commissioning.Rules;
using BayEdge.Core.Configuration;
using BayEdge.Core.Recording;
using BayEdge.Service.Status;
using BayEdge.Storage.Recording;

namespace BayEdge.Service.Commissioning.Rules;

/// <summary>As much of a recording as shows what was told since an instant.</summary>
internal sealed class ReplayedSegments
{
    private readonly List<RecordedSegment> _segments;
    private readonly DateTimeOffset _from;

    private ReplayedSegments(List<RecordedSegment> segments, DateTimeOffset from) => (_segments, _from) = (segments, from);

    /// <param name="all">The oldest first.</param>
    public static ReplayedSegments Since(DateTimeOffset from, IEnumerable<RecordedSegment> all)
    {
        // A segment begins with all that was known then, so whatever ended before it is not needed.
        var segments = all.ToList();
        return new ReplayedSegments(segments[Math.Max(0, segments.FindLastIndex(segment => StartOf(segment) <= from))..], from);
    }

    /// <summary>What the tracker makes of them; null when there are none.</summary>
    /// <param name="rules">As if these had held all the time.</param>
    public ReplayOutcome? Play(RulesConfiguration rules, CancellationToken cancellationToken)
    {
        var player = new RecordingPlayer(HealthReporter.Version, rules);
        var visits = new ReplayedVisits(_from);
        foreach (var segment in _segments)
        {
            player.BeginSegment();
            foreach (var line in segment.Lines)
            {
                cancellationToken.ThrowIfCancellationRequested();
                foreach (var transition in player.Play(line).Transitions)
                    visits.Add(transition);
            }
        }

        return _segments.Count == 0 ? null : visits.Outcome;
    }

    private static DateTimeOffset? StartOf(RecordedSegment segment) =>
        segment.Lines.FirstOrDefault() is { } line && new SegmentReader().Read(line) is SegmentStartLine { Start.State.Now.Wall: var start } ? start : null;
}
