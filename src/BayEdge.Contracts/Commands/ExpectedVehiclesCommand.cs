using BayEdge.Contracts.State;

namespace BayEdge.Contracts.Commands;

/// <summary>Reads or changes the vehicles that are expected at this device, beside those of the site's topic.</summary>
public sealed record ExpectedVehiclesCommand
{
    public required VehicleListAction Action { get; init; }

    /// <summary>With <c>set</c> the whole list, with <c>merge</c> what is added or replaced, by reference.</summary>
    public IReadOnlyList<ExpectedVehicle>? Vehicles { get; init; }

    /// <summary>With <c>merge</c>: the references that are no longer expected.</summary>
    public IReadOnlyList<string>? Remove { get; init; }
}

public enum VehicleListAction
{
    Get,
    Set,
    Merge,
}

public sealed record ExpectedVehiclesResult
{
    /// <summary>How many vehicles the device expects from now on, from every origin.</summary>
    public required int Count { get; init; }

    /// <summary>With <c>get</c>: all of them.</summary>
    public IReadOnlyList<ListedVehicle>? Vehicles { get; init; }
}

/// <summary>A vehicle and who named it.</summary>
public sealed record ListedVehicle
{
    public required VehicleOrigin Origin { get; init; }

    public required ExpectedVehicle Vehicle { get; init; }
}

/// <summary>Where two name the same reference, the earlier of these holds.</summary>
public enum VehicleOrigin
{
    /// <summary>This command.</summary>
    Command,

    /// <summary>The site's retained list.</summary>
    Site,

    /// <summary>The device's configuration.</summary>
    Configuration,
}
