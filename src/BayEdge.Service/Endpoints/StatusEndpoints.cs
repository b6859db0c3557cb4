using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using BayEdge.Core.Timing;
using BayEdge.Service.Bays;
using BayEdge.Service.Status;

namespace BayEdge.Service.Endpoints;

/// <summary>What the local page reads.</summary>
internal static class StatusEndpoints
{
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(30);

    public static void MapStatus(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/status", (StatusBoard board) => TypedResults.Json(board.Read(), PageJson.Default.StatusView));
        routes.MapGet("/api/status/stream", (StatusBoard board, IHostApplicationLifetime lifetime, CancellationToken cancellationToken) =>
            TypedResults.ServerSentEvents(WatchAsync(board, lifetime, cancellationToken), "status"));
        routes.MapGet("/healthz", (BayLoop loop, StatusBoard board, TimeProvider time) => FaultOf(loop, board, time) is { } fault
            ? TypedResults.Text(fault, statusCode: StatusCodes.Status503ServiceUnavailable)
            : TypedResults.Text("ok"));
    }

    /// <summary>What keeps the device from its work, in a sentence; null when nothing does.</summary>
    internal static string? FaultOf(BayLoop loop, StatusBoard board, TimeProvider time)
    {
        var silence = time.Observe().Monotonic - loop.LastTurn;
        return silence < LongestTurn
            ? board.Read().Storage
            : string.Create(CultureInfo.InvariantCulture, $"The bays have not been looked after for {silence.TotalSeconds:0} s; save the logs and restart the service.");
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
