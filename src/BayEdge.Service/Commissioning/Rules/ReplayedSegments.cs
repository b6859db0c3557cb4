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

    /// <summary>What the tracker makes of them under each of some rules, as if these had held all the time; null when there are none.</summary>
    /// <remarks>Each line is read once for all of them, so that all decide over the same recording, whatever makes room meanwhile.</remarks>
    public IReadOnlyList<ReplayOutcome>? Play(IReadOnlyList<RulesConfiguration> rules, CancellationToken cancellationToken)
    {
        var replays = rules.Select(one => new Replay(one, _from)).ToList();
        var count = 0;
        foreach (var segment in _segments)
        {
            foreach (var replay in replays)
                replay.BeginSegment();
            foreach (var line in LinesOf(segment))
            {
                cancellationToken.ThrowIfCancellationRequested();
                count++;
                foreach (var replay in replays)
                    replay.Play(line);
            }
        }

        return count == 0 ? null : [.. replays.Select(replay => replay.Outcome)];
    }

    // The oldest segment may just have made room for the newest.
    private static IEnumerable<string> LinesOf(RecordedSegment segment)
    {
        using var lines = segment.Lines.GetEnumerator();
        while (true)
        {
            try
            {
                if (!lines.MoveNext())
                    yield break;
            }
            catch (FileNotFoundException)
            {
                yield break;
            }

            yield return lines.Current;
        }
    }

    private static DateTimeOffset? StartOf(RecordedSegment segment) =>
        LinesOf(segment).FirstOrDefault() is { } line && new SegmentReader().Read(line) is SegmentStartLine { Start.State.Now.Wall: var start } ? start : null;

    private sealed class Replay(RulesConfiguration rules, DateTimeOffset from)
    {
        private readonly RecordingPlayer _player = new(HealthReporter.Version, rules);
        private readonly ReplayedVisits _visits = new(from);

        public ReplayOutcome Outcome => _visits.Outcome;

        public void BeginSegment() => _player.BeginSegment();

        public void Play(string line)
        {
            var played = _player.Play(line);
            if (played.Begins is { } begins)
                _visits.Begin(begins);
            foreach (var transition in played.Transitions)
                _visits.Add(transition);
        }
    }
}
