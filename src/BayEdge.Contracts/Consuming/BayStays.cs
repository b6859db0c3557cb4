using BayEdge.Contracts.Events;

namespace BayEdge.Contracts.Consuming;

/// <summary>When bays were occupied, by all that is known at one moment.</summary>
/// <remarks>
/// A retracted visit never was. An open one lasts until now, but not beyond the next visit of its bay, nor beyond the last moment
/// before the device lost its bays (<c>bays-lost</c>): after either nobody can say that the vehicle is still there. Visits that
/// overlap count once. A visit whose leaving lies before its entering, by a clock that was wrong, does not count until it is
/// corrected.
/// </remarks>
public sealed class BayStays
{
    private const string BaysLost = "bays-lost";

    private readonly Dictionary<BayKey, List<Span>> _spans;

    private BayStays(Dictionary<BayKey, List<Span>> spans) => _spans = spans;

    /// <summary>The bays that had a visit.</summary>
    public IReadOnlyCollection<BayKey> Bays => _spans.Keys;

    /// <param name="gaps">Events of type <c>device.gap</c>; others are passed over.</param>
    public static BayStays Of(IEnumerable<Visit> visits, IEnumerable<ReceivedEvent> gaps, DateTimeOffset now)
    {
        var losses = gaps.Where(gap => gap.Gap?.Reason == BaysLost).ToLookup(gap => (gap.Source.Site, gap.Source.Device));
        return new BayStays(visits
            .Where(visit => !visit.IsRetracted)
            .GroupBy(visit => new BayKey(visit.Site, visit.Device, visit.Bay))
            .ToDictionary(
                bay => bay.Key,
                bay => Merge(Spans([.. bay], [.. losses[(bay.Key.Site, bay.Key.Device)].Select(gap => gap.Gap!)], now))));
    }

    /// <summary>For how many seconds of a span a bay was occupied.</summary>
    public double OccupiedSeconds(BayKey bay, DateTimeOffset from, DateTimeOffset to) => _spans.TryGetValue(bay, out var spans)
        ? spans.Sum(span => Math.Max(0, (Earlier(span.To, to) - Later(span.From, from)).TotalSeconds))
        : 0;

    private static IEnumerable<Span> Spans(List<Visit> visits, List<GapData> losses, DateTimeOffset now)
    {
        var starts = visits.Select(StartOf).OfType<DateTimeOffset>().Order().ToList();
        foreach (var visit in visits)
        {
            if (StartOf(visit) is not { } start)
                continue;

            var end = visit.Left?.At ?? EndOfOpen(visit.Bay, start, starts, losses, now);
            if (end > start)
                yield return new Span(start, end);
        }
    }

    // A duration that reaches back beyond the calendar is none.
    private static DateTimeOffset? StartOf(Visit visit) => visit switch
    {
        { Entered: { } entered } => entered.At,
        { Left: { } left, OccupiedSeconds: { } seconds } when seconds <= (left.At - DateTimeOffset.MinValue).TotalSeconds => left.At.AddSeconds(-seconds),
        _ => null,
    };

    private static DateTimeOffset EndOfOpen(
        string bay, DateTimeOffset start, List<DateTimeOffset> starts, List<GapData> losses, DateTimeOffset now)
    {
        var next = starts.Where(other => other > start);
        var lost = losses.Where(gap => gap.To >= start && (gap.Bays.Count == 0 || gap.Bays.Contains(bay))).Select(gap => gap.From);
        return next.Concat(lost).Append(now).Min();
    }

    private static List<Span> Merge(IEnumerable<Span> spans)
    {
        var merged = new List<Span>();
        foreach (var span in spans.OrderBy(span => span.From))
        {
            if (merged.Count > 0 && span.From <= merged[^1].To)
                merged[^1] = merged[^1] with { To = Later(merged[^1].To, span.To) };
            else
                merged.Add(span);
        }

        return merged;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private readonly record struct Span(DateTimeOffset From, DateTimeOffset To);
}
