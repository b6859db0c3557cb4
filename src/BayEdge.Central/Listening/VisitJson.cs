using System.Text.Json;
using System.Text.Json.Nodes;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Json;

namespace BayEdge.Central.Listening;

/// <summary>A visit as JSON, the same wherever one is printed or exported.</summary>
internal static class VisitJson
{
    public static JsonObject Of(Visit visit) => new()
    {
        ["site"] = visit.Site,
        ["device"] = visit.Device,
        ["visitId"] = visit.VisitId,
        ["bay"] = visit.Bay,
        ["vehicle"] = JsonSerializer.SerializeToNode(visit.Vehicle, ContractsJson.Wire.Vehicle),
        ["enteredAt"] = Time(visit.Entered?.At),
        ["leftAt"] = Time(visit.Left?.At),
        ["occupiedSeconds"] = visit.OccupiedSeconds is { } seconds && double.IsFinite(seconds) ? seconds : null,
    };

    public static JsonNode? Time(DateTimeOffset? at) =>
        at is { } known ? JsonSerializer.SerializeToNode(known, ContractsJson.Wire.DateTimeOffset) : null;
}
