using BayEdge.Service.Status;

namespace BayEdge.Service.Endpoints;

/// <summary>How the device is, for its page and for those who monitor it.</summary>
internal static class StatusEndpoints
{
    public static void MapStatus(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/status", (DeviceStatus status) => TypedResults.Json(status.Read(), PageJson.Default.StatusView)).Produces<StatusView>();
        routes.MapGet("/healthz", (DeviceStatus status) => status.FaultOfWork() is { } fault
            ? TypedResults.Text(fault, statusCode: StatusCodes.Status503ServiceUnavailable)
            : TypedResults.Text("ok")).AllowAnonymous();
    }
}
