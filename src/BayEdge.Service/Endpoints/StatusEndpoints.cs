using System.Runtime.CompilerServices;
using System.Text.Json;
using BayEdge.Service.Status;

namespace BayEdge.Service.Endpoints;

/// <summary>What the local page reads.</summary>
internal static class StatusEndpoints
{
    public static void MapStatus(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/status", (StatusBoard board) => TypedResults.Json(board.Read(), PageJson.Default.StatusView));
        routes.MapGet("/api/status/stream", (StatusBoard board, IHostApplicationLifetime lifetime, CancellationToken cancellationToken) =>
            TypedResults.ServerSentEvents(WatchAsync(board, lifetime, cancellationToken), "status"));
        routes.MapGet("/healthz", () => TypedResults.Text("ok"));
    }

    private static async IAsyncEnumerable<string> WatchAsync(
        StatusBoard board, IHostApplicationLifetime lifetime, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // An open page must not hold up the stop of the service.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        await foreach (var view in board.WatchAsync(either.Token))
            yield return JsonSerializer.Serialize(view, PageJson.Default.StatusView);
    }
}
