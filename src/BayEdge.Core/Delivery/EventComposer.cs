using System.Text.Json;
using BayEdge.Contracts;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;
using BayEdge.Core.Bays;
using BayEdge.Core.Timing;

namespace BayEdge.Core.Delivery;

/// <summary>Turns what was decided into the events that the central system gets.</summary>
public sealed class EventComposer(string site, string device)
{
    /// <summary>The event of a transition, still without its number.</summary>
    /// <remarks>All times of one event are by the clock of its decision, which is the one that <paramref name="clock"/> vouches for.</remarks>
    /// <param name="clock">How far the clock could be trusted at the decision.</param>
    public PendingEvent Compose(Transition transition, ClockInfo clock) => Compose(transition, clock, EventTimes.Of(InstantsOf(transition, clock.BootId)));

    /// <summary>The same by the time that is known best, also where the calendar clock shows another.</summary>
    public PendingEvent Compose(Transition transition, ClockLedger clock)
    {
        var instants = InstantsOf(transition, clock.BootId);
        var pending = Compose(transition, clock.InfoAt(transition.DecidedAt.Monotonic), EventTimes.Of(instants, clock));
        return clock.IsTrusted ? pending : pending with { Unsettled = instants };
    }

    /// <summary>The event that owns up to what may be missing.</summary>
    public PendingEvent Compose(GapData gap, DateTimeOffset recordedAt) => new(
        Topics.DeviceEvents(site, device),
        recordedAt,
        position => JsonSerializer.SerializeToUtf8Bytes(
            Envelope(position, EventTypes.DeviceGap, null, gap.To, recordedAt, gap),
            ContractsJson.Wire.CloudEventGapData));

    internal static string TypeOf(Transition transition) => transition switch
    {
        VehicleEntered => EventTypes.VehicleEntered,
        VehicleIdentified => EventTypes.VehicleIdentified,
        VehicleLeft => EventTypes.VehicleLeft,
        VisitCorrected => EventTypes.VisitCorrected,
        VisitRetracted => EventTypes.VisitRetracted,
        _ => throw new ArgumentOutOfRangeException(nameof(transition), transition, "A transition without an event type."),
    };

    private static EventInstants InstantsOf(Transition transition, string bootId) => new(
        bootId, transition.At, transition.Earliest, transition.Latest, transition.DecidedAt, StayOf(transition).EnteredAt);

    private PendingEvent Compose(Transition transition, ClockInfo clock, EventTimes times)
    {
        var data = DataOf(transition, clock, times);
        return new PendingEvent(
            Topics.BayEvents(site, device, transition.Bay),
            times.RecordedAt,
            position => JsonSerializer.SerializeToUtf8Bytes(
                Envelope(position, TypeOf(transition), transition.Bay, times.At, times.RecordedAt, data),
                ContractsJson.Wire.CloudEventVisitData));
    }

    private static VisitData DataOf(Transition transition, ClockInfo clock, EventTimes times)
    {
        return new VisitData
        {
            VisitId = transition.VisitId,
            Bay = transition.Bay,
            Vehicle = transition.Vehicle,
            Earliest = times.Earliest,
            Latest = times.Latest,
            Clock = clock,
            Evidence = transition.Evidence,
            EnteredAt = times.EnteredAt,
            OccupiedSeconds = StayOf(transition).Occupied is { } stay ? Math.Round(stay.TotalSeconds, 3) : null,
            Reason = transition switch
            {
                VisitCorrected corrected => corrected.Reason.Text,
                VisitRetracted retracted => retracted.Reason.Text,
                _ => null,
            },
            StillPresent = transition is VisitCorrected { IsStillPresent: true },
            Provisional = transition.IsProvisional,
            RunnerUp = transition.RunnerUp?.Text,
            WouldChange = transition.WouldChange?.Text,
        };
    }

    private static (ObservedAt? EnteredAt, TimeSpan? Occupied) StayOf(Transition transition) => transition switch
    {
        VehicleLeft left => (left.EnteredAt, left.Occupied),
        VisitCorrected corrected => (corrected.EnteredAt, corrected.Occupied),
        _ => default,
    };

    private CloudEvent<TData> Envelope<TData>(
        EventPosition position, string type, string? subject, DateTimeOffset time, DateTimeOffset recordedAt, TData data) => new()
        {
            Id = position.EventId,
            Source = EventPosition.SourceOf(site, device, position.Epoch),
            Type = type,
            Subject = subject,
            Time = time,
            RecordedTime = recordedAt,
            Sequence = position.SequenceText,
            Data = data,
        };
}
