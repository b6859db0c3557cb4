namespace BayEdge.Simulator.Workshop;

/// <summary>Answers what truly happened, to compare an event with.</summary>
public sealed class GroundTruth(IReadOnlyList<TrueVisit> visits)
{
    /// <summary>The visit to that bay whose entering lies nearest to the time; null when there is none.</summary>
    /// <param name="identity">Only visits of the vehicle with this reference, plate or tag; any when null.</param>
    public TrueVisit? FindEntered(string bay, DateTimeOffset time, string? identity = null) =>
        Nearest(bay, identity, visit => (visit.EnteredAt - time).Duration());

    /// <summary>The visit to that bay whose leaving lies nearest to the time; null when there is none.</summary>
    /// <param name="identity">Only visits of the vehicle with this reference, plate or tag; any when null.</param>
    public TrueVisit? FindLeft(string bay, DateTimeOffset time, string? identity = null) =>
        Nearest(bay, identity, visit => (visit.LeftAt - time).Duration());

    /// <summary>The vehicle truly in that bay at that time; null when it is empty.</summary>
    public TrueVisit? PresentAt(string bay, DateTimeOffset time) =>
        visits.FirstOrDefault(visit => visit.Bay.Id == bay && visit.EnteredAt <= time && time < visit.LeftAt);

    private TrueVisit? Nearest(string bay, string? identity, Func<TrueVisit, TimeSpan> distance) =>
        visits.Where(visit => visit.Bay.Id == bay && (identity is null || visit.Vehicle.IsKnownAs(identity))).MinBy(distance);
}
