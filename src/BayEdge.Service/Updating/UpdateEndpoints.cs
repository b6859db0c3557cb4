using BayEdge.Core.Delivery;
using BayEdge.Service.Access;
using BayEdge.Service.Endpoints;
using BayEdge.Service.Hosting;
using BayEdge.Service.Status;
using Microsoft.AspNetCore.Http.Features;

namespace BayEdge.Service.Updating;

internal static class UpdateEndpoints
{
    public static void MapUpdates(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/update", (UpdateKeeper updates) => TypedResults.Json(updates.Show(), PageJson.Default.UpdateView)).Produces<UpdateView>();
        routes.MapPost("/api/update", TakeAsync).RequireAuthorization(Roles.Installer).Produces<UpdateView>();
    }

    private static async Task<IResult> TakeAsync(UpdateKeeper updates, HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = UpdateKeeper.MostBytes;
        try
        {
            var view = await updates.TakeAsync(context.Request.Body, context.Request.ContentLength, context.RequestAborted);
            return TypedResults.Json(view, PageJson.Default.UpdateView);
        }
        catch (UpdateRefusedException refused)
        {
            return Refusal.Of(StatusCodes.Status422UnprocessableEntity, refused.Says);
        }
        catch (StorageFaultException fault)
        {
            return Refusal.Of(StatusCodes.Status507InsufficientStorage, PageTexts.NotSaved.With(("reason", fault.Says)));
        }
    }
}
