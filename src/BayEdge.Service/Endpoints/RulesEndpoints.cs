using BayEdge.Core.Configuration;
using BayEdge.Service.Access;
using BayEdge.Service.Commissioning;
using BayEdge.Service.Commissioning.Rules;
using BayEdge.Service.Configuring;
using BayEdge.Service.Hosting;

namespace BayEdge.Service.Endpoints;

/// <summary>How sure and how patient the device is, and what another setting would have made of what was recorded.</summary>
internal static class RulesEndpoints
{
    private const int LeastMinutes = 1;
    private const int MostMinutes = 7 * 24 * 60;

    public static void MapRules(this IEndpointRouteBuilder routes)
    {
        var installer = routes.MapGroup("/api/rules").RequireAuthorization(Roles.Installer);
        installer.MapGet("", (ConfigurationKeeper configurations) => TypedResults.Json(
            new RulesView(configurations.Current.Configuration?.Rules ?? new RulesConfiguration(), RulesView.AllLimits), SetupJson.Default.RulesView)).Produces<RulesView>();
        installer.MapPut("", SaveAsync).Produces(StatusCodes.Status204NoContent);
        installer.MapPost("/replay", ReplayAsync).Produces<RuleReplayView>();
    }

    private static async Task<IResult> SaveAsync(RulesRequest request, ConfigurationKeeper configurations, HttpContext context, CancellationToken cancellationToken)
    {
        if (configurations.Current.Configuration is null)
            return Refusal.Of(StatusCodes.Status409Conflict, SetupSentences.NoConfiguration.With());
        if (RulesSection.Read(request.Rules, out var problems) is null)
            return CommissioningEndpoints.Refused(problems[0]);
        var from = request.From is { } seen ? RulesSection.Read(seen, out _) : null;
        var refused = await CommissioningEndpoints.ChangeAsync(
            configurations,
            (present, document) =>
            {
                if (request.From is not null && from != present.Configuration?.Rules)
                    return Refusal.Of(StatusCodes.Status409Conflict, PageTexts.ChangedMeanwhile.With());
                document.Rules(request.Rules);
                return null;
            },
            "rules",
            context,
            cancellationToken);
        return refused ?? TypedResults.NoContent();
    }

    private static async Task<IResult> ReplayAsync(RuleReplayRequest request, RuleReplay replay, CancellationToken cancellationToken)
    {
        if (RulesSection.Read(request.Rules, out var problems) is not { } rules)
            return CommissioningEndpoints.Refused(problems[0]);
        if (request.Minutes is < LeastMinutes or > MostMinutes)
            return CommissioningEndpoints.Refused(new Problem("minutes", $"expected a whole number from {LeastMinutes} to {MostMinutes}, but found {request.Minutes}"));
        var length = TimeSpan.FromMinutes(request.Minutes);
        return TypedResults.Json(RuleReplayView.Of(await replay.CompareAsync(rules, length, cancellationToken), length), SetupJson.Default.RuleReplayView);
    }
}
