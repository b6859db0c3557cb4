using BayEdge.Service.Status;

namespace BayEdge.Service.Endpoints;

/// <summary>What the local page reads.</summary>
internal static class StatusEndpoints
{
    public static void MapStatus(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/status", (StatusBoard board) => TypedResults.Json(board.Read(), PageJson.Default.StatusView));
        routes.MapGet("/api/status/stream", (StatusBoard board, CancellationToken cancellationToken) =>
            TypedResults.ServerSentEvents(board.WatchAsync(cancellationToken), "status"));
        routes.MapGet("/healthz", () => TypedResults.Text("ok"));
    }
}
