using BayEdge.Contracts.Commands;
using BayEdge.Core.Bays;
using BayEdge.Core.Identity;
using BayEdge.Service.Access;
using BayEdge.Service.Bays;
using BayEdge.Service.Hosting;
using BayEdge.Service.Pictures;
using BayEdge.Service.Sources;
using BayEdge.Service.Status;

namespace BayEdge.Service.Endpoints;

/// <param name="VisitId">The bay's visit, or its last one.</param>
internal sealed record PlateRequest(string Bay, string VisitId, string Plate);

/// <summary>The plates that were read last, how they looked, and a person's word where one was misread.</summary>
internal static class PlateEndpoints
{
    public static void MapPlates(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/plates", IResult (RuntimeKeeper keeper) => TypedResults.Json(
            keeper.Runtime?.Services.GetRequiredService<ReadPlates>().Read() ?? [], PageJson.Default.IReadOnlyListReadPlateView)).Produces<IReadOnlyList<ReadPlateView>>();
        routes.MapGet("/api/plates/picture", Picture).Produces<Stream>(contentType: "image/jpeg");
        routes.MapPost("/api/plates/correct", CorrectAsync).RequireAuthorization(Roles.Installer).Produces<CorrectPlateResult>();
    }

    private static IResult Picture(string? source, string? bay, string? plate, PictureTray tray, HttpContext context)
    {
        if (source is null || bay is null || plate is null || tray.PlateOf(source, bay, plate, since: null) is not { Picture.Crop: { IsEmpty: false } crop })
            return Refusal.Of(StatusCodes.Status404NotFound, PageTexts.NotFound.With(("path", context.Request.Path)));
        // A picture of a person's car does not stay in the cache of a borrowed phone.
        context.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Bytes(crop, "image/jpeg");
    }

    private static async Task<IResult> CorrectAsync(PlateRequest request, RuntimeKeeper keeper, CancellationToken cancellationToken)
    {
        if (keeper.Runtime is not { } runtime)
            return Refusal.Of(StatusCodes.Status503ServiceUnavailable, PageTexts.NotRunning.With());
        var plate = PlateText.Normalize(request.Plate ?? "");
        if (!PlateText.IsPlausible(plate))
            return Refusal.Of(StatusCodes.Status422UnprocessableEntity, PageTexts.PlateImplausible.With(("least", PlateText.FewestCharacters), ("most", PlateText.MostCharacters)));
        if (!runtime.Configuration.Bays.Any(bay => bay.Id == request.Bay))
            return Refusal.Of(StatusCodes.Status404NotFound, PageTexts.NoSuchBay.With(("bay", request.Bay ?? "")));
        return await runtime.Services.GetRequiredService<BayLoop>().AskAsync(new PlateStated(request.Bay, request.VisitId ?? "", plate), cancellationToken) switch
        {
            null => Refusal.Of(StatusCodes.Status503ServiceUnavailable, PageTexts.NotRunning.With()),
            { Problem: null, Told: var told } => TypedResults.Json(new CorrectPlateResult { Told = told }, PageJson.Default.CorrectPlateResult),
            { Problem: PlateProblem.Elsewhere } => Refusal.Of(StatusCodes.Status409Conflict, PageTexts.PlateElsewhere.With(("plate", plate))),
            _ => Refusal.Of(StatusCodes.Status404NotFound, PageTexts.NoSuchVisit.With(("bay", request.Bay))),
        };
    }
}
