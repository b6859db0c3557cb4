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
        Assert.All(changing.Where(route => !OfEverybody.Contains(route.RoutePattern.RawText)), route => Assert.Contains(
            route.Metadata.GetOrderedMetadata<IAuthorizeData>(), authorize => authorize.Policy == Roles.Installer));
    }

    public void Dispose() => _folder.Dispose();

    private static List<RouteEndpoint> RoutesOf(WebApplication service) =>
        [.. ((IEndpointRouteBuilder)service).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];
}
