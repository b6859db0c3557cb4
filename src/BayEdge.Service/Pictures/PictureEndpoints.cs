using BayEdge.Service.Endpoints;
using BayEdge.Service.Hosting;

namespace BayEdge.Service.Pictures;

internal static class PictureEndpoints
{
    /// <summary>Whatever the id looks like, it is only compared with those of the pictures that are kept.</summary>
    public static void MapPictures(this IEndpointRouteBuilder routes) => routes.MapGet(
        "/api/pictures/{id}",
        async Task<IResult> (string id, EvidencePictures pictures, HttpContext context, CancellationToken cancellationToken) =>
        {
            if (await pictures.FindAsync(id, cancellationToken) is not { } picture)
                return Refusal.Of(StatusCodes.Status404NotFound, PageTexts.NotFound.With(("path", context.Request.Path)));
            // A picture of a person's car does not stay in the cache of a borrowed phone.
            context.Response.Headers.CacheControl = "private, no-store";
            return TypedResults.Bytes(picture.Content, picture.ContentType);
        }).Produces<Stream>(contentType: "image/jpeg");
}
