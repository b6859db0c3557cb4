using System.Collections.Immutable;
using System.Text.Json;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Identity;

namespace BayEdge.Core.Recording;

/// <summary>Lets the tracker decide once more what it decided on the device.</summary>
/// <remarks>
/// Segment after segment in their order, line after line. Within one run of the service it goes on from segment to segment
/// and compares what it knows with what the device knew; after a start or a gap it begins anew with what the device began with.
/// </remarks>
/// <param name="product">The version of the tracker at hand.</param>
/// <param name="otherRules">Decides as if these had held, and then knows other things than the device knew; null to decide as the device did.</param>
public sealed class RecordingPlayer(string product, RulesConfiguration? otherRules = null)
{
    private readonly HashSet<string> _otherProducts = new(StringComparer.Ordinal);
    private SegmentReader _reader = new();
    private SegmentStart? _segment;
    private TrackerState? _state;
    private bool _isWhole;

    /// <summary>What held when the present segment was recorded; null before the first.</summary>
    public EdgeConfiguration? Configuration => _segment?.Configuration;

    /// <summary>A new file begins.</summary>
    public void BeginSegment() => _reader = new SegmentReader();

    public PlayedLine Play(string line) => _reader.Read(line) switch
    {
        SegmentStartLine { Start: var start } => Begin(otherRules is null ? start : start with { Configuration = start.Configuration with { Rules = otherRules } }),
        InputLine { Input: var input } when _state is not null => Take(BayTracker.Step(_state, input)),
        SegmentEndLine { At: var at } when _state is not null => End(BayTracker.Reach(_state, at)),
        UnreadableSegmentLine { Message: var message } => new PlayedLine([], [Remark.Wrong($"{message}; the line is skipped")]),
        _ => PlayedLine.Nothing,
    };

    private PlayedLine Begin(SegmentStart start)
    {
        var (before, wasWhole, state) = (_segment, _isWhole, _state);
        (_segment, _isWhole) = (start, false);
        var remarks = ImmutableArray.CreateBuilder<Remark>(0);
        if (start.Product != product && _otherProducts.Add(start.Product))
            remarks.Add(Remark.Note($"recorded by version {start.Product}, replayed by {product}: the decisions may differ"));

        if (state is not null && wasWhole && start.Follows is { } follows && follows == before!.Number)
        {
            if (otherRules is not null || start.State.Matches(state))
                return new PlayedLine([], remarks.DrainToImmutable());
            remarks.Add(Remark.Wrong(
                $"segment {start.Number}: the replay has come to know other things than the device; from here on it goes on with what the device knew"));
        }
        else if (before is not null && !start.State.IsStart)
        {
            remarks.Add(Remark.Note($"segment {start.Number}: the recording has a gap before it; what was decided in the gap is missing"));
        }

        var step = Restore(start, remarks);
        _state = step.State;
        return new PlayedLine(step.Transitions, remarks.DrainToImmutable()) { Begins = BegunAnew.With(step.State) };
    }

    private static TrackerStep Restore(SegmentStart start, ImmutableArray<Remark>.Builder remarks)
    {
        try
        {
            return start.State.Restore(start.Configuration);
        }
        catch (JsonException)
        {
            remarks.Add(Remark.Wrong(
                $"segment {start.Number}: expected a snapshot of the bays that this version can read, but it was written by version {start.Product}; "
                + "replay it with that version, for here the bays begin empty"));
            return new TrackerStep(start.State.WithoutSnapshot(start.Configuration), []);
        }
    }

    private PlayedLine Take(TrackerStep step)
    {
        _state = step.State;
        return step.Transitions.IsEmpty ? PlayedLine.Nothing : new PlayedLine(step.Transitions, []);
    }

    private PlayedLine End(TrackerStep step)
    {
        _isWhole = true;
        return Take(step);
    }
}

/// <summary>What came of one line.</summary>
/// <param name="Transitions">Under <see cref="RecordingPlayer.Configuration"/>.</param>
/// <param name="Remarks">For the person who replays.</param>
public readonly record struct PlayedLine(ImmutableArray<Transition> Transitions, ImmutableArray<Remark> Remarks)
{
    public static PlayedLine Nothing { get; } = new([], []);

    /// <summary>What the replay begins anew with, before <see cref="Transitions"/>; null where it goes on.</summary>
    public BegunAnew? Begins { get; init; }
}

/// <summary>The replay has forgotten what it knew: the service started here, the recording has a gap, or the replay had come to know other things.</summary>
/// <param name="Standing">The visits that are open then.</param>
public sealed record BegunAnew(DateTimeOffset At, ImmutableArray<StandingVisit> Standing)
{
    internal static BegunAnew With(TrackerState state) => new(
        state.Now.Wall,
        [.. state.Bays.Values.Where(bay => bay.Visit is not null).Select(bay => new StandingVisit(bay.Bay, bay.Visit!.Id, VehicleOf.Visit(bay.Visit), bay.Visit.EnteredAt.Wall))]);
}

public sealed record StandingVisit(string Bay, string VisitId, Vehicle Vehicle, DateTimeOffset EnteredAt);

/// <param name="IsWrong">Whether the replay is not what the device decided; else it is as it must be.</param>
public sealed record Remark(string Text, bool IsWrong)
{
    internal static Remark Note(string text) => new(text, false);

    internal static Remark Wrong(string text) => new(text, true);
}
