using System.Globalization;
using BayEdge.Core.Bays;
using BayEdge.Service.Hosting;

namespace BayEdge.Service.Endpoints;

/// <summary>Answers what cannot be served with a sentence: whatever comes in is the sender's fault, never a failure of the device.</summary>
internal static class RequestErrors
{
    /// <summary>What a request may carry at most, where its endpoint does not say otherwise.</summary>
    public const long MostBytes = 1024 * 1024;

    public static void UseRequestErrors(this IApplicationBuilder app)
    {
        app.UseStatusCodePages(statuses => Refusal.WriteAsync(statuses.HttpContext, statuses.HttpContext.Response.StatusCode, SayFor(statuses.HttpContext)));
        app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            catch (BadHttpRequestException exception) when (!context.Response.HasStarted)
            {
                await Refusal.WriteAsync(context, exception.StatusCode, exception.StatusCode == StatusCodes.Status413PayloadTooLarge
                    ? TooLarge(context)
                    : PageTexts.BadRequest.With(("reason", Wording.Of($"reload the page and try again (in detail: '{(exception.InnerException ?? exception).Message}')").Phrase)));
            }
        });
    }

    private static Phrase SayFor(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status405MethodNotAllowed => PageTexts.NoSuchMethod.With(("path", context.Request.Path.ToString()), ("method", context.Request.Method)),
        StatusCodes.Status413PayloadTooLarge => TooLarge(context),
        StatusCodes.Status415UnsupportedMediaType => PageTexts.BadRequest.With(("reason", "expected Content-Type: application/json")),
        StatusCodes.Status404NotFound => PageTexts.NotFound.With(("path", context.Request.Path.ToString())),
        var status => PageTexts.BadRequest.With(("reason", string.Create(CultureInfo.InvariantCulture, $"HTTP {status}"))),
    };

    private static Phrase TooLarge(HttpContext context)
    {
        var most = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? MostBytes;
        return PageTexts.TooLarge.With(("limit", string.Create(CultureInfo.InvariantCulture, $"{most / 1024} kB")));
    }
}
