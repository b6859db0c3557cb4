using BayEdge.Core.Bays;
using BayEdge.Service.Bays;
using BayEdge.Service.Status;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BayEdge.Service.Endpoints;

/// <summary>Why a bay is taken to be as it is.</summary>
internal static class WhyEndpoint
{
    public static void MapWhy(this IEndpointRouteBuilder routes) => routes.MapGet(
        "/api/bays/{bay}/why",
        Results<JsonHttpResult<WhyView>, NotFound<string>> (string bay, BayLoop loop, DecisionHistory history) =>
        {
            var state = loop.Stored;
            return state.Layout.Bays.Contains(bay)
                ? TypedResults.Json(WhyView.Of(BayTracker.Explain(state, bay), history.Of(bay)), PageJson.Default.WhyView)
                : TypedResults.NotFound($"expected one of the bays {string.Join(", ", state.Layout.Bays)}, but found '{bay}'");
        });
}
