namespace BayEdge.Contracts.Events;

/// <summary>The CloudEvents <c>type</c> of every event that a device sends.</summary>
public static class EventTypes
{
    public const string VehicleEntered = "io.bayedge.vehicle.entered.v1";
    public const string VehicleIdentified = "io.bayedge.vehicle.identified.v1";
    public const string VehicleLeft = "io.bayedge.vehicle.left.v1";
    public const string VisitCorrected = "io.bayedge.visit.corrected.v1";
    public const string VisitRetracted = "io.bayedge.visit.retracted.v1";
    public const string DeviceGap = "io.bayedge.device.gap.v1";

    /// <summary>The types whose data is a <see cref="VisitData"/>.</summary>
    public static bool IsVisit(string type) =>
        type is VehicleEntered or VehicleIdentified or VehicleLeft or VisitCorrected or VisitRetracted;
}
