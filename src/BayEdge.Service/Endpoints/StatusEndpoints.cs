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
        var views = board.WatchAsync(either.Token).GetAsyncEnumerator(either.Token);
        await using (views)
        {
            while (await MovesOnAsync(views))
                yield return JsonSerializer.Serialize(views.Current, PageJson.Default.StatusView);
        }
    }

    private static async Task<bool> MovesOnAsync(IAsyncEnumerator<StatusView> views)
    {
        try
        {
            return await views.MoveNextAsync();
        }
        catch (OperationCanceledException)
        {
            // The page was closed or the service stops: the stream simply ends.
            return false;
        }
    }
}
