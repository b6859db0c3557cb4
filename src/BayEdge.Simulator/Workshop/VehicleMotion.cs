namespace BayEdge.Simulator.Workshop;

/// <summary>How a vehicle drives into a bay, stands and backs out.</summary>
/// <remarks>
/// It comes into view rolling and brakes to rest in <see cref="DriveTime"/>; leaving is the same film backwards. All figures
/// are assumed.
/// </remarks>
public static class VehicleMotion
{
    /// <summary>Where the bay's line is, on the way from 0 (coming into view) to 1 (parked).</summary>
    public const double LineApproach = 0.3;

    /// <summary>From coming into view to standing still.</summary>
    public static readonly TimeSpan DriveTime = TimeSpan.FromSeconds(6);

    /// <summary>From coming into view to crossing the line, and from crossing it to being out of view.</summary>
    public static readonly TimeSpan OutsideTime = DriveTime * (1 - Math.Sqrt(1 - LineApproach));

    public static DateTimeOffset InViewFrom(TrueVisit visit) => visit.EnteredAt - OutsideTime;

    public static DateTimeOffset InViewUntil(TrueVisit visit) => visit.LeftAt + OutsideTime;

    /// <summary>How far in the vehicle is, 0 to 1; null while it is out of view.</summary>
    public static double? ApproachAt(TrueVisit visit, DateTimeOffset at)
    {
        var (sinceInView, untilGone) = (at - InViewFrom(visit), InViewUntil(visit) - at);
        if (sinceInView < TimeSpan.Zero || untilGone < TimeSpan.Zero)
            return null;

        var rolled = Math.Min(1, Math.Min(sinceInView / DriveTime, untilGone / DriveTime));
        return 1 - ((1 - rolled) * (1 - rolled));
    }
}
