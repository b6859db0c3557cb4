using System.Globalization;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Commissioning;
using BayEdge.Core.Commissioning.Walk;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;
using BayEdge.Service.Access;
using BayEdge.Service.Bays;
using BayEdge.Service.Commissioning;
using BayEdge.Service.Configuring;
using BayEdge.Service.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;

namespace BayEdge.Service.Endpoints;

/// <summary>The steps that any phone can go on with: what is tried, what came of it, the walk test and the handover.</summary>
internal static class CommissioningEndpoints
{
    private const int LongestName = 64;

    public static void MapCommissioning(this IEndpointRouteBuilder routes)
    {
        var installer = routes.MapGroup("/api/setup").RequireAuthorization(Roles.Installer);
        installer.MapGet("", (CommissioningTopic topic) => TypedResults.Json(topic.Read(), SetupJson.Default.CommissioningView)).Produces<CommissioningView>();
        installer.MapGet("/handover", IResult (Handovers handovers) => handovers.Read() is { } handover
            ? TypedResults.Json(handover, ContractsJson.Wire.DeviceHandover)
            : TypedResults.NoContent()).Produces<DeviceHandover>().Produces(StatusCodes.Status204NoContent);
        installer.MapPost("/central", Central).Produces(StatusCodes.Status204NoContent);
        installer.MapPost("/bays", BaysAsync).Produces<StepRecord>().Produces(StatusCodes.Status204NoContent);
        installer.MapPost("/adopt", AdoptAsync).Produces(StatusCodes.Status204NoContent);
        installer.MapPost("/steps/{step}", FinishAsync).Produces<StepRecord>();
        installer.MapPost("/walk", Walk).Produces(StatusCodes.Status204NoContent);
        installer.MapPost("/walk/drives-off", (WalkService walk) => Done(walk.DrivesOff));
        installer.MapPost("/walk/stop", (WalkService walk) => Done(walk.Stop));
        installer.MapPost("/handover", Sign).Produces<DeviceHandover>();
    }

    private static IResult Central(CentralRequest request, CentralStep step, HttpContext context) =>
        step.Begin(request, context.User.Identity!.Name!) ?? TypedResults.NoContent();

    private static async Task<IResult> BaysAsync(
        BaysRequest request, ConfigurationKeeper configurations, SetupSteps steps, HttpContext context, CancellationToken cancellationToken)
    {
        if (configurations.Current.Configuration is null)
            return Refusal.Of(StatusCodes.Status409Conflict, SetupSentences.NoConfiguration.With());
        if (request.Bays is null || request.Bays.Any(bay => bay?.Id is null || string.IsNullOrWhiteSpace(bay.Name) || bay.Name.Length > LongestName))
            return Refused(new Problem("bays", $"expected a name for each bay, of at most {LongestName} characters"));
        IReadOnlyList<BayEntry> wanted = [.. request.Bays.Select(bay => new BayEntry(bay.Id, bay.Name.Trim()))];
        var refused = await ChangeAsync(
            configurations,
            (present, document) =>
            {
                var known = present.Configuration?.Bays.Select(bay => new BayEntry(bay.Id, bay.Name)).ToList() ?? [];
                if (request.From is { } from && !known.SequenceEqual(from) && !known.SequenceEqual(wanted))
                    return Faster();
                document.Bays([.. wanted.Select(bay => (bay.Id, bay.Name))]);
                return null;
            },
            "bays",
            context,
            cancellationToken);
        return refused ?? Recorded(await steps.FinishAsync(CommissioningStep.Bays, cancellationToken));
    }

    private static async Task<IResult> AdoptAsync(
        AdoptRequest request, ConfigurationKeeper configurations, CommissioningKeeper keeper, HttpContext context, TimeProvider time, CancellationToken cancellationToken)
    {
        var device = configurations.Current.Configuration?.Device ?? DeviceSerial.Read();
        AdoptedConfiguration adopted;
        try
        {
            adopted = SisterConfiguration.Adopt(request.Text ?? "", device, SecretMask.Text);
        }
        catch (FormatException exception)
        {
            return Refused(new Problem("", exception.Message));
        }

        var result = await configurations.ProposeAsync(adopted.Json, context.User.Identity!.Name!, $"takenOver:{adopted.Sister}", null, cancellationToken, request.Revision);
        if (Refused(result) is { } refused)
            return refused;
        keeper.Update(progress => progress.Adopting(adopted.Sister, adopted.LeftOut, time.GetUtcNow()));
        return TypedResults.NoContent();
    }

    private static async Task<IResult> FinishAsync(string step, SetupSteps steps, HttpContext context, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<CommissioningStep>(step, ignoreCase: true, out var known) || !SetupSteps.Finished.Contains(known))
            return Refusal.Of(StatusCodes.Status404NotFound, PageTexts.NotFound.With(("path", context.Request.Path.ToString())));
        return await steps.FinishAsync(known, cancellationToken) is { } record
            ? Recorded(record)
            : Refusal.Of(StatusCodes.Status409Conflict, SetupSentences.NoConfiguration.With());
    }

    private static IResult Walk(WalkRequest request, WalkService walk, RuntimeKeeper runtimes)
    {
        if (runtimes.Runtime is not { } runtime)
            return Refusal.Of(StatusCodes.Status409Conflict, PageTexts.NotRunning.With());
        var bays = runtime.Configuration.Bays;
        if (bays.All(bay => bay.Id != request.Bay))
            return Refusal.Of(StatusCodes.Status404NotFound, SetupSentences.NoSuchBay.With(("bay", request.Bay ?? "")));
        var stored = runtime.Services.GetRequiredService<BayLoop>().Stored;
        if (BayStates.Of(stored).Any(bay => bay.Bay == request.Bay && bay.State == BayOccupancy.Occupied))
            return Refusal.Of(StatusCodes.Status409Conflict, SetupSentences.BayOccupied.With(("bay", request.Bay!)));
        var begins = walk.Begin(
            new WalkPlan
            {
                Bay = request.Bay!,
                OtherBays = [.. bays.Select(bay => bay.Id).Where(bay => bay != request.Bay)],
                Plate = TypedOrNull(request.Plate),
                Tag = TypedOrNull(request.Tag)?.ToUpper(CultureInfo.InvariantCulture),
                HasCentral = runtime.Configuration.Mqtt is not null,
                WithCut = request.Cut,
            },
            runtime.Configuration);
        return begins ? TypedResults.NoContent() : Refusal.Of(StatusCodes.Status409Conflict, SetupSentences.WalkRuns.With());
    }

    private static IResult Sign(SignRequest request, Handovers handovers, ConfigurationKeeper configurations)
    {
        if (configurations.Current is not { Configuration: { } configuration } current)
            return Refusal.Of(StatusCodes.Status409Conflict, SetupSentences.NoConfiguration.With());
        if (TypedOrNull(request.By) is not { } by || by.Length > LongestName)
            return Refused(new Problem("by", $"expected the name of whoever hands the device over, of at most {LongestName} characters"));
        try
        {
            return TypedResults.Json(handovers.Sign(configuration, current.Revision, by), ContractsJson.Wire.DeviceHandover);
        }
        catch (StorageFaultException exception)
        {
            return Refusal.Of(StatusCodes.Status507InsufficientStorage, PageTexts.NotSaved.With(("reason", exception.Says)));
        }
    }

    /// <summary>As <see cref="SetupEdit"/>.</summary>
    /// <param name="change">Called with what holds; returns null, or why it must not be changed so.</param>
    /// <returns>Null, or why it does not hold.</returns>
    internal static async Task<IResult?> ChangeAsync(
        ConfigurationKeeper configurations, Func<ConfigurationState, SetupDocument, IResult?> change, string why, HttpContext context, CancellationToken cancellationToken)
    {
        IResult? refused = null;
        var result = await SetupEdit.ApplyAsync(
            configurations, (present, document) => (refused = change(present, document)) is null, context.User.Identity!.Name!, why, cancellationToken);
        return result is null ? refused : Refused(result);
    }

    /// <summary>What somebody began to change is no longer what holds.</summary>
    internal static JsonHttpResult<Refusal> Faster() => Refusal.Of(StatusCodes.Status409Conflict, SetupSentences.AnotherFaster.With());

    internal static IResult Refused(Problem problem) => Refusal.Of([problem]);

    private static IResult? Refused(ProposalResult result) => result switch
    {
        { Applied: true } => null,
        { Outdated: true } => Faster(),
        { Fault: { } fault } => Refusal.Of(StatusCodes.Status507InsufficientStorage, fault),
        _ => Refused(result.Problems[0]),
    };

    private static IResult Recorded(StepRecord? record) =>
        record is null ? TypedResults.NoContent() : TypedResults.Json(record, SetupJson.Default.StepRecord);

    private static NoContent Done(Action work)
    {
        work();
        return TypedResults.NoContent();
    }

    private static string? TypedOrNull(string? text) => text?.Trim() is { Length: > 0 } typed ? typed : null;
}
