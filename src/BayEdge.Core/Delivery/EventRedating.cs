using System.Globalization;
using System.Text.Json;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Delivery;

/// <summary>Dates events anew that were told by a clock which has since been set.</summary>
/// <remarks>
/// What was decided in a boot whose clock was set before it ended gets its true time, by the monotonic clock. Of an earlier boot
/// that never heard of the time only bounds are known, and no more is said.
/// </remarks>
public static class EventRedating
{
    /// <param name="unsettled">In their order.</param>
    /// <param name="openVisits">Of the vehicles that stand in the bays now.</param>
    /// <param name="clock">Knows the time now.</param>
    /// <param name="now">When the corrections are decided.</param>
    public static IReadOnlyList<Redating> Of(IReadOnlyList<UnsettledEvent> unsettled, IEnumerable<string> openVisits, ClockLedger clock, ObservedAt now)
    {
        var told = unsettled.Select(Read).OfType<Told>().ToList();
        // A correction says the vehicle again, and must not forget what was learnt of it later.
        var last = told.GroupBy(one => one.Event.Data.VisitId, StringComparer.Ordinal).ToDictionary(visit => visit.Key, visit => visit.Last().Event.Data, StringComparer.Ordinal);
        var retracted = told.Where(one => one.Event.Type == EventTypes.VisitRetracted).Select(one => one.Event.Data.VisitId).ToHashSet(StringComparer.Ordinal);
        var open = openVisits.ToHashSet(StringComparer.Ordinal);
        return [.. told.Select(one => Redate(one, last[one.Event.Data.VisitId].Vehicle, IsTakenBack(one.Event), clock, clock.Date(now)))];

        // To correct it would say it once more. A leaving is no longer true of a vehicle that has turned out to be still there.
        bool IsTakenBack(CloudEvent<VisitData> one) => retracted.Contains(one.Data.VisitId)
            || (one.Type == EventTypes.VehicleLeft && (open.Contains(one.Data.VisitId) || last[one.Data.VisitId].StillPresent));
    }

    // An event that another version wrote, or that was damaged, stays as it was told.
    private static Told? Read(UnsettledEvent unsettled)
    {
        try
        {
            return JsonSerializer.Deserialize(unsettled.Payload.Span, ContractsJson.Wire.CloudEventVisitData) is { } read ? new Told(unsettled, read) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Redating Redate(Told told, Vehicle vehicle, bool isTakenBack, ClockLedger clock, ObservedAt now)
    {
        var (unsettled, before) = told;
        var bootsAgo = clock.BootsSince(unsettled.Instants.BootId);
        var isExact = clock.ZeroOf(bootsAgo) is not null;
        var times = EventTimes.Of(unsettled.Instants, clock, bootsAgo);
        var state = isExact ? new ClockInfo(ClockState.Corrected, clock.Anchor?.MaxErrorMs, unsettled.Instants.BootId) : before.Data.Clock;
        var data = before.Data with
        {
            Earliest = times.Earliest,
            Latest = times.Latest,
            EnteredAt = times.EnteredAt,
            Clock = state,
            Evidence = isExact ? [.. before.Data.Evidence.Select(evidence => Shift(evidence, times.RecordedAt - before.RecordedTime))] : before.Data.Evidence,
        };
        var inPlace = before with { Time = times.At, RecordedTime = times.RecordedAt, Data = data };
        var wasTold = EventTimes.Of(unsettled.Instants);
        var isWrong = !isExact || times.DiffersFrom(wasTold);
        return new Redating(
            unsettled.Position,
            bootsAgo == 0 ? new PendingEvent(
                unsettled.Topic, times.RecordedAt, _ => JsonSerializer.SerializeToUtf8Bytes(inPlace, ContractsJson.Wire.CloudEventVisitData)) : null,
            isTakenBack || !isWrong || before.Type == EventTypes.VehicleIdentified ? null : Correct(
                unsettled.Topic, inPlace, data with { Vehicle = vehicle, Reason = Reason(isExact, times.RecordedAt - before.RecordedTime) }, now.Wall));
    }

    private static PendingEvent Correct(string topic, CloudEvent<VisitData> corrected, VisitData data, DateTimeOffset now)
    {
        var source = corrected.Source[..(corrected.Source.LastIndexOf('/') + 1)];
        return new PendingEvent(topic, now, position => JsonSerializer.SerializeToUtf8Bytes(
            corrected with
            {
                Id = position.EventId,
                Source = $"{source}{position.Epoch.ToString(CultureInfo.InvariantCulture)}",
                Type = EventTypes.VisitCorrected,
                RecordedTime = now,
                Sequence = position.SequenceText,
                Data = data,
            },
            ContractsJson.Wire.CloudEventVisitData));
    }

    private static string Reason(bool isExact, TimeSpan off) => !isExact
        ? "the clock was not set before the power went: it happened between earliest and latest"
        : $"the clock was {Length(off.Duration())} {(off > TimeSpan.Zero ? "slow" : "fast")} and has been set";

    private static string Length(TimeSpan span) => span < TimeSpan.FromMinutes(2)
        ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalHours} h {span.Minutes} min");

    /// <summary>The same reason with the instants in it by the right clock.</summary>
    private static Evidence Shift(Evidence evidence, TimeSpan off)
    {
        var (detail, values) = (evidence.Detail, new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var (name, value) in evidence.Values ?? new Dictionary<string, string>())
        {
            values[name] = value;
            if (!DateTimeOffset.TryParseExact(value, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
                continue;
            values[name] = (at + off).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            detail = detail.Replace(Clock(at), Clock(at + off), StringComparison.Ordinal);
        }

        return evidence.Values is null ? evidence : evidence with { Detail = detail, Values = values };
    }

    private static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed record Told(UnsettledEvent Unsettled, CloudEvent<VisitData> Event);
}
