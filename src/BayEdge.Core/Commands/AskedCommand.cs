using System.Collections.Immutable;
using System.Text.Json.Nodes;
using BayEdge.Contracts.Commands;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.State;

namespace BayEdge.Core.Commands;

/// <summary>A command that is understood and has yet to be allowed and carried out.</summary>
/// <param name="Right">What the central system must be allowed.</param>
public abstract record AskedCommand(CommandRight Right)
{
    /// <summary>Whether it must not be carried out twice.</summary>
    public bool Changes => Right > CommandRight.Read;
}

public sealed record ReplayAsked(EventPosition From) : AskedCommand(CommandRight.Operate);

public sealed record DiagnosticsAsked() : AskedCommand(CommandRight.Read);

public sealed record PictureAsked(string Id) : AskedCommand(CommandRight.Read);

/// <param name="Plate">As it is compared.</param>
public sealed record PlateAsked(string Bay, string VisitId, string Plate) : AskedCommand(CommandRight.Operate);

public sealed record RestartAsked() : AskedCommand(CommandRight.Operate);

public sealed record ConfigurationAsked() : AskedCommand(CommandRight.Read);

/// <param name="Revision">What the change was made on; null where it does not matter.</param>
/// <param name="ConfirmWithin">Null when it is to hold at once.</param>
public sealed record NewConfigurationAsked(JsonObject Configuration, string? Revision, TimeSpan? ConfirmWithin) : AskedCommand(CommandRight.Configure);

public sealed record ConfirmationAsked(string Revision) : AskedCommand(CommandRight.Configure);

/// <param name="Vehicles">Plates and tags as they are compared.</param>
/// <param name="Remove">References.</param>
public sealed record VehiclesAsked(VehicleListAction Action, ImmutableArray<ExpectedVehicle> Vehicles, ImmutableArray<string> Remove)
    : AskedCommand(Action == VehicleListAction.Get ? CommandRight.Read : CommandRight.Operate);
