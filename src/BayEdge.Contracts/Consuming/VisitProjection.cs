using BayEdge.Contracts.Events;

namespace BayEdge.Contracts.Consuming;

/// <summary>Makes visits of their events.</summary>
/// <remarks>
/// The order of arrival does not matter: events speak in the order of their <see cref="EventPosition"/>, and the later
/// word holds. A correction that has <c>enteredAt</c> restates the leaving (and with it the entering), one without restates
/// the entering, and one that says <c>stillPresent</c> also takes the leaving back: the visit is open again. A retracted visit
/// stays retracted.
/// </remarks>
public static class VisitProjection
{
    /// <summary>Groups events by device and visit.</summary>
    public static IReadOnlyList<Visit> Fold(IEnumerable<ReceivedEvent> events) =>
    [
        .. events
            .Where(received => received.Visit is not null)
            .GroupBy(received => (received.Source.Site, received.Source.Device, received.Visit!.VisitId))
            .Select(FoldOne),
    ];

    /// <summary>Folds the events of one visit, of which there must be at least one.</summary>
    public static Visit FoldOne(IEnumerable<ReceivedEvent> events)
    {
        Visit? visit = null;
        foreach (var received in events.OrderBy(received => received.Position))
            visit = Apply(visit ?? Begin(received), received);
        return visit ?? throw new ArgumentException("A visit has at least one event.", nameof(events));
    }

    private static Visit Begin(ReceivedEvent received) => new()
    {
        Site = received.Source.Site,
        Device = received.Source.Device,
        VisitId = received.Visit!.VisitId,
        Bay = received.Visit.Bay,
        Vehicle = received.Visit.Vehicle,
    };

    private static Visit Apply(Visit visit, ReceivedEvent received)
    {
        var data = received.Visit!;
        if (received.Type == EventTypes.VisitRetracted)
            return visit with { IsRetracted = true, Reason = data.Reason };

        var known = visit with { Bay = data.Bay, Vehicle = data.Vehicle, Reason = data.Reason ?? visit.Reason };
        return received.Type switch
        {
            EventTypes.VehicleEntered => Enter(known, received),
            EventTypes.VehicleLeft => Leave(known, received),
            EventTypes.VisitCorrected when data.StillPresent => Enter(known with { Left = null }, received),
            EventTypes.VisitCorrected => data.EnteredAt is null ? Enter(known, received) : Leave(known, received),
            _ => known,
        };
    }

    private static Visit Enter(Visit visit, ReceivedEvent received)
    {
        var entered = MomentOf(received);
        return visit with { Entered = entered, OccupiedSeconds = Seconds(entered, visit.Left) };
    }

    private static Visit Leave(Visit visit, ReceivedEvent received)
    {
        var left = MomentOf(received);
        var entered = received.Visit!.EnteredAt is { } at && at != visit.Entered?.At ? new VisitMoment(at, null, null) : visit.Entered;
        return visit with
        {
            Entered = entered,
            Left = left,
            OccupiedSeconds = received.Visit.OccupiedSeconds ?? Seconds(entered, left),
        };
    }

    private static VisitMoment MomentOf(ReceivedEvent received) =>
        new(received.Envelope.Time, received.Visit!.Earliest, received.Visit.Latest);

    // A clock that was wrong at one end may even put the leaving first.
    private static double? Seconds(VisitMoment? entered, VisitMoment? left) =>
        (left?.At - entered?.At)?.TotalSeconds is { } seconds and >= 0 ? seconds : null;
}
