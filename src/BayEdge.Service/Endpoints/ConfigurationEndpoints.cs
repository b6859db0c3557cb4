using System.Collections.Immutable;
using BayEdge.Core.Configuration;
using BayEdge.Core.Drivers;
using BayEdge.Service.Access;
using BayEdge.Service.Configuring;
using BayEdge.Service.Hosting;
using BayEdge.Service.Status;

namespace BayEdge.Service.Endpoints;

/// <param name="Text">The configuration as JSON, its secrets hidden; where the file is no JSON, its text.</param>
internal sealed record ConfigurationView(string Revision, string Text, ImmutableArray<Problem> Problems, DateTimeOffset? ConfirmBy);

/// <param name="Text">As <see cref="ConfigurationView.Text"/>, and changed.</param>
/// <param name="Revision">What the change was made on; null where it does not matter.</param>
/// <param name="ConfirmSeconds">Taken back unless it is confirmed within this time; null when it holds at once.</param>
internal sealed record ConfigurationRequest(string Text, string? Revision, string? Why, int? ConfirmSeconds);

internal sealed record ConfirmRequest(string Revision);

internal sealed record VersionView(int Version, DateTimeOffset At, string Who, string Why, string Text);

/// <summary>The configuration, its history, and the drivers from whose descriptors the page makes its forms.</summary>
internal static class ConfigurationEndpoints
{
    private const int LongestWhy = 200;
    private const int LongestConfirmSeconds = 3600;

    public static void MapConfiguration(this IEndpointRouteBuilder routes)
    {
        var installer = routes.MapGroup("").RequireAuthorization(Roles.Installer);
        installer.MapGet("/api/configuration", (ConfigurationKeeper keeper) => TypedResults.Json(View(keeper), PageJson.Default.ConfigurationView))
            .Produces<ConfigurationView>();
        installer.MapPut("/api/configuration", ProposeAsync).Produces<ConfigurationView>().Produces<Refusal>(StatusCodes.Status422UnprocessableEntity);
        installer.MapPost("/api/configuration/confirm", ConfirmAsync).Produces<ConfigurationView>();
        installer.MapGet("/api/configuration/history", IResult (ConfigurationKeeper keeper) => TypedResults.Json(
            [.. keeper.History().Select(kept => new VersionView(kept.Id, kept.At, kept.Who, kept.Why, kept.Configuration))], PageJson.Default.IReadOnlyListVersionView)).Produces<IReadOnlyList<VersionView>>();
        installer.MapPost("/api/configuration/history/{version:int}/revert", RevertAsync).Produces<ConfigurationView>();
        installer.MapGet("/api/drivers", IResult (DriverSet drivers) => TypedResults.Json(
            [.. drivers.Catalogue.All.Select(driver => driver.Descriptor)], PageJson.Default.IReadOnlyListDriverDescriptor)).Produces<IReadOnlyList<DriverDescriptor>>();
    }

    private static ConfigurationView View(ConfigurationKeeper keeper)
    {
        var current = keeper.Current;
        return new ConfigurationView(current.Revision, keeper.Show(), current.Problems, current.ConfirmBy);
    }

    private static async Task<IResult> ProposeAsync(ConfigurationRequest request, ConfigurationKeeper keeper, HttpContext context, CancellationToken cancellationToken)
    {
        if (request.Text is null || request.ConfirmSeconds is < 5 or > LongestConfirmSeconds)
            return Refusal.Of(StatusCodes.Status400BadRequest, PageTexts.BadRequest.With(("reason", $"expected 'text', and 'confirmSeconds' from 5 to {LongestConfirmSeconds} or none")));
        var confirmWithin = request.ConfirmSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : default(TimeSpan?);
        var why = request.Why is { Length: > LongestWhy } longest ? longest[..LongestWhy] : request.Why ?? "";
        return Answer(keeper, await keeper.ProposeAsync(request.Text, context.User.Identity!.Name!, why, confirmWithin, cancellationToken, request.Revision));
    }

    private static async Task<IResult> ConfirmAsync(ConfirmRequest request, ConfigurationKeeper keeper, CancellationToken cancellationToken) =>
        await keeper.ConfirmAsync(request.Revision ?? "", cancellationToken)
            ? TypedResults.Json(View(keeper), PageJson.Default.ConfigurationView)
            : Refusal.Of(StatusCodes.Status409Conflict, PageTexts.NothingToConfirm.With());

    private static async Task<IResult> RevertAsync(int version, ConfigurationKeeper keeper, HttpContext context, CancellationToken cancellationToken) =>
        await keeper.RevertAsync(version, context.User.Identity!.Name!, cancellationToken) is { } result
            ? Answer(keeper, result)
            : Refusal.Of(StatusCodes.Status404NotFound, PageTexts.NoSuchVersion.With(("version", $"{version}")));

    /// <summary>What holds now, or why it was refused.</summary>
    internal static IResult Answer(ConfigurationKeeper keeper, ProposalResult result) => result switch
    {
        { Outdated: true } => Refusal.Of(StatusCodes.Status409Conflict, PageTexts.ChangedMeanwhile.With()),
        { Applied: true } => TypedResults.Json(View(keeper), PageJson.Default.ConfigurationView),
        { Fault: { } fault } => Refusal.Of(StatusCodes.Status507InsufficientStorage, fault),
        _ => Refusal.Of(result.Problems),
    };
}
