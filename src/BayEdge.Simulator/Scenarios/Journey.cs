using BayEdge.Simulator.Workshop;

namespace BayEdge.Simulator.Scenarios;

/// <summary>Where one vehicle, or a tag without it, is for a while, as far as antennas can hear it.</summary>
internal abstract record Journey(SimulatedVehicle Vehicle, DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>Whether the vehicle stands still.</summary>
    public virtual bool IsStillAt(DateTimeOffset at) => true;

    /// <summary>The place in the row of bays, 0 before the first; between two bays for a vehicle that passes.</summary>
    public abstract double PlaceAt(DateTimeOffset at);
}

/// <summary>A vehicle drives into a bay, stands there and leaves.</summary>
internal sealed record Stay(TrueVisit Visit) : Journey(Visit.Vehicle, VehicleMotion.InViewFrom(Visit), VehicleMotion.InViewUntil(Visit))
{
    public override bool IsStillAt(DateTimeOffset at) => at - From > VehicleMotion.DriveTime && To - at > VehicleMotion.DriveTime;

    public override double PlaceAt(DateTimeOffset at) => Visit.Bay.Index;
}

/// <summary>A tag lies in a bay without its vehicle.</summary>
internal sealed record LyingTag(SimulatedVehicle Vehicle, SimulatedBay Bay, DateTimeOffset From, DateTimeOffset To) : Journey(Vehicle, From, To)
{
    public override double PlaceAt(DateTimeOffset at) => Bay.Index;
}

/// <summary>A vehicle drives past the bays, in the aisle, and may stop on the way.</summary>
/// <param name="First">The place it comes from, and where it turns up.</param>
/// <param name="PlacesPerSecond">Negative when it drives towards the first bay.</param>
/// <param name="StopPlace">Where it stops.</param>
/// <param name="Stop">How long.</param>
internal sealed record Passing(
    SimulatedVehicle Vehicle, DateTimeOffset From, DateTimeOffset To, double First, double PlacesPerSecond, double StopPlace, TimeSpan Stop)
    : Journey(Vehicle, From, To)
{
    public static Passing Along(SimulatedVehicle vehicle, DateTimeOffset from, double first, double last, TimeSpan timeABay, double stopPlace, TimeSpan stop)
    {
        var to = from + (timeABay * Math.Abs(last - first)) + stop;
        return new Passing(vehicle, from, to, first, Math.Sign(last - first) / timeABay.TotalSeconds, stopPlace, stop);
    }

    public override bool IsStillAt(DateTimeOffset at) => false;

    public override double PlaceAt(DateTimeOffset at)
    {
        var driven = (at - From).TotalSeconds;
        var beforeStop = (StopPlace - First) / PlacesPerSecond;
        var rolling = driven <= beforeStop ? driven : Math.Max(beforeStop, driven - Stop.TotalSeconds);
        return First + (PlacesPerSecond * rolling);
    }
}
