using System.Text.Json;
using BayEdge.Service.Tests.Hosting;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace BayEdge.Service.Tests.Endpoints;

public sealed class InterfaceDescriptionTests : IDisposable
{
    // It never ends, so no schema describes it.
    private const string Stream = "get /api/events";

    // The description itself is no part of what it describes.
    private const string Description = "get /api/openapi.json";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task Whoever_reads_the_description_learns_of_every_request_what_comes_back()
    {
        await using var service = RunningService.Build(_folder, json: null);
        await service.StartAsync(Cancellation);
        using var client = await service.LogInAsync(Cancellation);
        using var document = JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/openapi.json", UriKind.Relative), Cancellation));
        var described = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => (Request: $"{method.Name} {path.Name}", Responses: method.Value.GetProperty("responses"))))
            .ToDictionary(entry => entry.Request, entry => entry.Responses, StringComparer.Ordinal);

        var routes = ((IEndpointRouteBuilder)service).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(route => route.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Select(method => $"{method.ToLowerInvariant()} {PathOf(route)}"))
            .Where(request => request.Contains(" /api/", StringComparison.Ordinal) && request != Description)
            .ToList();

        Assert.True(routes.Count > 40, string.Join('\n', routes));
        var silent = routes.Where(route => !described.TryGetValue(route, out var responses) || !(route == Stream || SaysWhatComesBack(responses))).ToList();
        Assert.Empty(silent);
        await service.StopAsync(Cancellation);
    }

    public void Dispose() => _folder.Dispose();

    private static string PathOf(RouteEndpoint route) => $"/{string.Join('/', route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part =>
        part is RoutePatternParameterPart parameter ? $"{{{parameter.Name}}}" : ((RoutePatternLiteralPart)part).Content))))}";

    private static bool SaysWhatComesBack(JsonElement responses)
    {
        var good = responses.EnumerateObject().Where(response => response.Name.StartsWith('2')).ToList();
        return good.Count > 0 && good.All(response => response.Name == "204"
            || (response.Value.TryGetProperty("content", out var content) && content.EnumerateObject().Any() && content.EnumerateObject().All(type => type.Value.TryGetProperty("schema", out _))));
    }
}
