using BayEdge.Service.Access;
using BayEdge.Service.Tests.Hosting;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BayEdge.Service.Tests.Access;

/// <summary>Walks every route that the device answers.</summary>
public sealed class RouteTableTests : IDisposable
{
    private static readonly string[] Open = ["/api/claim", "/api/login", "/api/welcome", "/healthz", "/metrics", "/readyz"];

    // Whoever is logged in may do it for himself.
    private static readonly string[] OfEverybody = ["/api/claim", "/api/login", "/api/logout"];

    // How the bays and the device are, and what decisions rest on; no setting, no log, nothing of what only an installer asks a camera or reader for.
    private static readonly string[] OfViewers =
    [
        "/api/bays/{bay}/why", "/api/events", "/api/openapi.json", "/api/pictures/{id}", "/api/plates", "/api/plates/picture", "/api/sources",
        "/api/status", "/api/system", "/api/update", "/api/visits/recent",
    ];

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Nothing_is_open_but_what_is_listed_here()
    {
        await using var service = RunningService.Build(_folder, json: null);

        var open = RoutesOf(service).Where(route => route.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(route => route.RoutePattern.RawText!);

        Assert.Subset(Open.ToHashSet(), open.ToHashSet());
        var fallback = await service.Services.GetRequiredService<IAuthorizationPolicyProvider>().GetFallbackPolicyAsync();
        Assert.Contains(fallback!.Requirements, requirement => requirement.GetType().Name == "DenyAnonymousAuthorizationRequirement");
    }

    [Fact]
    public async Task Whatever_changes_something_is_for_installers_only()
    {
        await using var service = RunningService.Build(_folder, json: null);

        var changing = RoutesOf(service).Where(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Any(method => method != "GET") ?? true).ToList();

        Assert.NotEmpty(changing);
        Assert.Empty(changing.Where(route => !IsForInstallers(route)).Select(PathOf).Except(OfEverybody));
    }

    [Fact]
    public async Task A_viewer_looks_at_what_is_listed_here_and_at_nothing_else()
    {
        await using var service = RunningService.Build(_folder, json: null);

        var looking = RoutesOf(service).Where(route => route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? true);

        Assert.Equal(OfViewers, looking.Where(route => !IsForInstallers(route)).Select(PathOf).Except(Open).Order(StringComparer.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private static bool IsForInstallers(RouteEndpoint route) => route.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(authorize => authorize.Policy == Roles.Installer);

    private static string PathOf(RouteEndpoint route) => route.RoutePattern.RawText!;

    private static List<RouteEndpoint> RoutesOf(WebApplication service) =>
        [.. ((IEndpointRouteBuilder)service).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];
}
