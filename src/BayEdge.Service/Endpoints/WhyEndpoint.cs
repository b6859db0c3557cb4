using BayEdge.Core.Bays;
using BayEdge.Service.Bays;
using BayEdge.Service.Hosting;
using BayEdge.Service.Status;

namespace BayEdge.Service.Endpoints;

/// <summary>Why a bay is taken to be as it is.</summary>
internal static class WhyEndpoint
{
    public static void MapWhy(this IEndpointRouteBuilder routes) => routes.MapGet("/api/bays/{bay}/why", IResult (string bay, RuntimeKeeper keeper) =>
    {
        if (keeper.Runtime is not { } runtime)
            return Refusal.Of(StatusCodes.Status503ServiceUnavailable, PageTexts.NotRunning.With());
        var state = runtime.Services.GetRequiredService<BayLoop>().Stored;
        return state.Layout.Bays.Contains(bay)
            ? TypedResults.Json(WhyView.Of(BayTracker.Explain(state, bay), runtime.Services.GetRequiredService<DecisionHistory>().Of(bay)), PageJson.Default.WhyView)
            : Refusal.Of(StatusCodes.Status404NotFound, PageTexts.NoSuchBay.With(("bay", bay)));
    }).Produces<WhyView>();
}
