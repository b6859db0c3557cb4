using System.Collections.Immutable;
using BayEdge.Contracts.Commands;
using BayEdge.Contracts.State;

namespace BayEdge.Core.Commands;

/// <summary>The expected vehicles by who named them; a value. Where two name one reference, the command's holds before the site's, and that before the configuration's.</summary>
public sealed record VehicleLists(
    ImmutableArray<ExpectedVehicle> Commanded, ImmutableArray<ExpectedVehicle> OfSite, ImmutableArray<ExpectedVehicle> Configured)
{
    /// <summary>More than any workshop expects in one day; a list without bound would fill the device.</summary>
    public const int MostCommanded = 5000;

    public IReadOnlyList<ListedVehicle> All()
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        return
        [
            .. Listed(Commanded, VehicleOrigin.Command)
                .Concat(Listed(OfSite, VehicleOrigin.Site))
                .Concat(Listed(Configured, VehicleOrigin.Configuration))
                .Where(listed => known.Add(listed.Vehicle.Ref)),
        ];
    }

    /// <summary>The lists after a command.</summary>
    /// <returns>Null when the command names more vehicles than <see cref="MostCommanded"/>.</returns>
    public VehicleLists? After(VehiclesAsked asked)
    {
        if (asked.Action == VehicleListAction.Get)
            return this;

        // Of two with one reference the last one holds.
        var named = asked.Vehicles.Reverse().DistinctBy(vehicle => vehicle.Ref).Reverse().ToList();
        var gone = named.Select(vehicle => vehicle.Ref).Concat(asked.Remove).ToHashSet(StringComparer.Ordinal);
        var kept = asked.Action == VehicleListAction.Set ? [] : Commanded.Where(vehicle => !gone.Contains(vehicle.Ref));
        ImmutableArray<ExpectedVehicle> commanded = [.. kept, .. named];
        return commanded.Length > MostCommanded ? null : this with { Commanded = commanded };
    }

    private static IEnumerable<ListedVehicle> Listed(ImmutableArray<ExpectedVehicle> vehicles, VehicleOrigin origin) =>
        vehicles.Select(vehicle => new ListedVehicle { Origin = origin, Vehicle = vehicle });
}
