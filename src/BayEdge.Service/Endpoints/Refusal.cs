using System.Collections.Immutable;
using System.Text.Json;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Service.Hosting;
using BayEdge.Service.Status;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BayEdge.Service.Endpoints;

/// <summary>Why the device does not do what was asked.</summary>
/// <param name="Says">In one sentence.</param>
/// <param name="Problems">What is wrong with a configuration, each with its place; null when this is not about one.</param>
internal sealed record Refusal(Phrase Says, ImmutableArray<Problem>? Problems = null)
{
    public static JsonHttpResult<Refusal> Of(int status, Phrase says) => TypedResults.Json(new Refusal(says), PageJson.Default.Refusal, statusCode: status);

    /// <summary>A configuration is refused for its problems; the first is said.</summary>
    public static JsonHttpResult<Refusal> Of(ImmutableArray<Problem> problems) => TypedResults.Json(
        new Refusal(PageTexts.ConfigurationBroken.With(("problem", PageTexts.Of(problems[0]))), problems), PageJson.Default.Refusal, statusCode: StatusCodes.Status422UnprocessableEntity);

    public static Task WriteAsync(HttpContext context, int status, Phrase says)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new Refusal(says), PageJson.Default.Refusal), context.RequestAborted).AsTask();
    }
}
