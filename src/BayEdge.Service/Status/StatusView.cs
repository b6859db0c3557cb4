using System.Text.Json.Serialization;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;

namespace BayEdge.Service.Status;

/// <summary>Everything on the local page.</summary>
/// <param name="Storage">Why the disk takes no events, in a sentence; null when it does.</param>
internal sealed record StatusView(
    string Site,
    string Device,
    string Language,
    DateTimeOffset AsOf,
    IReadOnlyList<BayView> Bays,
    IReadOnlyList<SourceHealth> Sources,
    DeliveryView Delivery,
    string? Storage,
    IReadOnlyList<EventView> Events);

internal sealed record BayView(string Id, string Name, BayOccupancy State, string? VisitId, Vehicle? Vehicle, DateTimeOffset? Since);

/// <param name="Detail">The broker when connected, else the reason in a sentence.</param>
/// <param name="Confirmed">Events confirmed since the service started.</param>
internal sealed record DeliveryView(bool Connected, string? Detail, long Confirmed, DateTimeOffset? LastConfirmedAt);

/// <param name="Kind"><c>entered</c>, <c>identified</c> or <c>left</c>.</param>
internal sealed record EventView(
    string Kind, string Bay, string VisitId, Vehicle Vehicle, DateTimeOffset At, DateTimeOffset DecidedAt, double? OccupiedSeconds, IReadOnlyList<Evidence> Evidence)
{
    public static EventView Of(Transition transition) => new(
        transition switch
        {
            VehicleEntered => "entered",
            VehicleIdentified => "identified",
            VehicleLeft => "left",
            _ => throw new ArgumentOutOfRangeException(nameof(transition), transition, "A transition that the page cannot show."),
        },
        transition.Bay,
        transition.VisitId,
        transition.Vehicle,
        transition.At.Wall,
        transition.DecidedAt.Wall,
        transition is VehicleLeft { Occupied: { } occupied } ? Math.Round(occupied.TotalSeconds, 3) : null,
        transition.Evidence);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcMillisecondsConverter), typeof(CamelCaseEnumConverter<BayOccupancy>)])]
[JsonSerializable(typeof(StatusView))]
internal sealed partial class PageJson : JsonSerializerContext;
