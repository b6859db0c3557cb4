using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BayEdge.Core.Commissioning;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;
using BayEdge.Core.Drivers;
using BayEdge.Service.Access;
using BayEdge.Service.Commissioning;
using BayEdge.Service.Commissioning.Network;
using BayEdge.Service.Configuring;
using BayEdge.Service.Hosting;
using BayEdge.Service.Sources;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BayEdge.Service.Endpoints;

/// <summary>What an installer does with the things around the device: its network, readers and cameras.</summary>
internal static class SetupDeviceEndpoints
{
    // As all readers with a power of their own call it.
    private const string PowerField = "powerDbm";

    private static readonly string[] Sections = ["readers", "cameras"];

    private static readonly Problem NoSource = new("", "expected a reader or camera as one object in { }, each setting once");

    public static void MapSetupDevices(this IEndpointRouteBuilder routes)
    {
        var installer = routes.MapGroup("/api/setup").RequireAuthorization(Roles.Installer);
        installer.MapPost("/network/check", CheckNetworkAsync).Produces<StepRecord>();
        installer.MapGet("/network", ReadNetworkAsync).Produces<NetworkView>();
        installer.MapPut("/network", ChangeNetworkAsync).Produces(StatusCodes.Status204NoContent);
        installer.MapPost("/network/confirm", async (NetworkChange change, CancellationToken cancellationToken) =>
            await change.ConfirmAsync(cancellationToken) ? Results.NoContent() : Refusal.Of(StatusCodes.Status409Conflict, PageTexts.NothingToConfirm.With()))
            .Produces(StatusCodes.Status204NoContent);
        installer.MapPost("/readers/scan", (SourceTrials trials) =>
        {
            trials.BeginScan();
            return TypedResults.NoContent();
        });
        installer.MapGet("/readers/trial", (TagsWatch tags) =>
        {
            tags.Ask();
            return TypedResults.NoContent();
        });
        installer.MapPost("/readers/{id}/antennas", AntennaAsync).Produces(StatusCodes.Status204NoContent);
        installer.MapGet("/readers/{id}/power", (string id, RuntimeKeeper runtimes, CancellationToken cancellationToken) =>
            PowerAsync(id, runtimes, power => power.GetPowerAsync(cancellationToken))).Produces<TransmitPower>();
        installer.MapPut("/readers/{id}/power", SetPowerAsync).Produces<TransmitPower>().Produces(StatusCodes.Status204NoContent);
        installer.MapPost("/{section}/probe", ProbeAsync).Produces<ProbeView>();
        installer.MapPut("/{section}", KeepAsync).Produces(StatusCodes.Status204NoContent);
        installer.MapDelete("/{section}/{id}", RemoveAsync).Produces(StatusCodes.Status204NoContent);
        installer.MapGet("/cameras/{id}/look", Look).Produces<LookView>();
        installer.MapGet("/cameras/{id}/still", Still).Produces<Stream>(contentType: "image/jpeg");
        installer.MapPut("/cameras/{id}/zones", ZoneAsync).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> CheckNetworkAsync(CommissioningKeeper keeper, INetworkSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        var checks = await NetworkFacts.CheckAsync(KernelClock.Describe);
        var isManaged = await IsManagedAsync(settings, cancellationToken);
        checks = checks.Add(new Check("managed", StepState.Ok, (isManaged ? SetupSentences.ManagedHere : SetupSentences.ManagedElsewhere).With()));
        // A device on its own bench has no cable, and works.
        var state = StepRecord.WorstOf(checks) == StepState.Ok ? StepState.Ok : StepState.Warning;
        var record = new StepRecord(state, SetupSentences.NetworkChecked.With(), checks, time.GetUtcNow());
        keeper.Finish(CommissioningStep.Network, record);
        return TypedResults.Json(record, SetupJson.Default.StepRecord);
    }

    private static async Task<IResult> ReadNetworkAsync(INetworkSettings settings, NetworkChange change, CancellationToken cancellationToken)
    {
        try
        {
            var view = new NetworkView(await settings.ReadAsync(cancellationToken), change.Remaining?.TotalSeconds, NetworkChange.ConfirmWithin.TotalSeconds);
            return TypedResults.Json(view, SetupJson.Default.NetworkView);
        }
        catch (NetworkFaultException exception)
        {
            return Refusal.Of(StatusCodes.Status409Conflict, SetupSentences.NetworkRefused.With(("reason", exception.Says)));
        }
    }

    private static async Task<IResult> ChangeNetworkAsync(AddressRequest request, NetworkChange change)
    {
        var wanted = request.Automatic
            ? new AddressSettings(true, null, null, [])
            : new AddressSettings(false, request.Address, request.Gateway is { Length: > 0 } gateway ? gateway : null, [.. request.NameServers ?? []]);
        if (AddressRules.FaultOf(wanted) is { } problem)
            return CommissioningEndpoints.Refused(problem);
        try
        {
            return await change.ApplyAsync(wanted, request.From) ? TypedResults.NoContent() : CommissioningEndpoints.Faster();
        }
        catch (NetworkFaultException exception)
        {
            return Refusal.Of(StatusCodes.Status409Conflict, SetupSentences.NetworkRefused.With(("reason", exception.Says)));
        }
        catch (StorageFaultException exception)
        {
            return Refusal.Of(StatusCodes.Status507InsufficientStorage, PageTexts.NotSaved.With(("reason", exception.Says)));
        }
    }

    private static async Task<IResult> ProbeAsync(string section, JsonElement body, SourceTrials trials, HttpContext context, CancellationToken cancellationToken)
    {
        if (!Sections.Contains(section))
            return NotFound(context);
        if (ConfigurationText.Parse(body.GetRawText()) is not { } source)
            return CommissioningEndpoints.Refused(NoSource);
        var (report, problems) = await trials.ProbeAsync(section, source, cancellationToken);
        return report is null
            ? CommissioningEndpoints.Refused(problems[0])
            : TypedResults.Json(new ProbeView(report.Answered, report.Says, report.Facts, report.Antennas), SetupJson.Default.ProbeView);
    }

    private static async Task<IResult> KeepAsync(string section, JsonElement body, ConfigurationKeeper configurations, HttpContext context, CancellationToken cancellationToken)
    {
        if (!Sections.Contains(section))
            return NoSuchSource(section);
        if (ConfigurationText.Parse(body.GetRawText()) is not { } source)
            return CommissioningEndpoints.Refused(NoSource);
        return await ChangeAsync(
            configurations,
            document =>
            {
                // Two phones take the same free name.
                if (source["id"] is { } id && document.SourceOf(section, id.ToString()) is { } present && !JsonNode.DeepEquals(present, source))
                    return CommissioningEndpoints.Faster();
                document.Source(section, source);
                return null;
            },
            section,
            context,
            cancellationToken);
    }

    private static Task<IResult> RemoveAsync(
        string section, string id, [FromBody] RemoveRequest? request, ConfigurationKeeper configurations, HttpContext context, CancellationToken cancellationToken) =>
        ChangeAsync(
            configurations,
            document => !Sections.Contains(section) || document.SourceOf(section, id) is not { } present ? NoSuchSource(id)
                : request?.From is { } from && !JsonNode.DeepEquals(present, from) ? CommissioningEndpoints.Faster()
                : document.RemoveSource(section, id) ? null : NoSuchSource(id),
            id,
            context,
            cancellationToken);

    private static async Task<IResult> AntennaAsync(
        string id, AntennaRequest request, ConfigurationKeeper configurations, CommissioningKeeper keeper, HttpContext context, CancellationToken cancellationToken)
    {
        var bay = request.Bay ?? "";
        var looks = configurations.Current.Configuration?.Readers.FirstOrDefault(reader => reader.Id == id)?.Antennas ?? [];
        var result = looks.Contains(new AntennaConfiguration(request.Port, bay))
            ? TypedResults.NoContent()
            : await ChangeAsync(
                configurations,
                document =>
                {
                    var present = configurations.Current.Configuration?.Readers.FirstOrDefault(reader => reader.Id == id)?.Antennas.FirstOrDefault(antenna => antenna.Port == request.Port)?.Bay ?? "";
                    if (request.From is { } from && from != present)
                        return CommissioningEndpoints.Faster();
                    return document.Antenna(id, request.Port, bay) ? null : NoSuchSource(id);
                },
                id,
                context,
                cancellationToken);
        if (result is NoContent)
            keeper.Update(progress => progress.With(bay, new HeldAntenna(id, request.Port)));
        return result;
    }

    private static async Task<IResult> SetPowerAsync(
        string id, PowerRequest request, RuntimeKeeper runtimes, ConfigurationKeeper configurations, HttpContext context, CancellationToken cancellationToken)
    {
        if (!request.Keep)
            return await PowerAsync(id, runtimes, power => power.SetPowerAsync(request.Dbm, cancellationToken));
        return await ChangeAsync(
            configurations,
            document => request.From is { } from && !IsSameNumber(document.SourceOf("readers", id)?[PowerField], from) ? CommissioningEndpoints.Faster()
                : document.Setting("readers", id, PowerField, request.Dbm) ? null : NoSuchSource(id),
            id,
            context,
            cancellationToken);
    }

    private static async Task<IResult> PowerAsync(string id, RuntimeKeeper runtimes, Func<ITransmitPower, Task<TransmitPower>> ask)
    {
        var state = runtimes.State;
        if (state.Runtime?.Services.GetRequiredService<RunningSources>().Find<ITransmitPower>(id) is not { } power)
            return Refusal.Of(StatusCodes.Status409Conflict, (state.Fault is null ? SetupSentences.NoPower : PageTexts.NotRunning).With());
        try
        {
            return TypedResults.Json(await ask(power), SetupJson.Default.TransmitPower);
        }
        catch (DeviceFaultException fault)
        {
            return Refusal.Of(StatusCodes.Status409Conflict, SetupSentences.DeviceRefused.With(("reason", fault.Says)));
        }
    }

    private static Task<IResult> ZoneAsync(string id, ZoneRequest request, ConfigurationKeeper configurations, HttpContext context, CancellationToken cancellationToken)
    {
        if (request.Corners is null || request.Corners.Any(corner => corner is not [_, _]))
            return Task.FromResult(CommissioningEndpoints.Refused(new Problem("corners", "expected corners such as [0.1, 0.2], each 0 to 1 of the picture")));
        return ChangeAsync(
            configurations,
            document =>
            {
                var present = document.ZoneOf(id, request.Bay ?? "");
                if (request.From is { } from && !AreSame(present, from) && !AreSame(present, request.Corners))
                    return CommissioningEndpoints.Faster();
                return document.Zone(id, request.Bay ?? "", [.. request.Corners.Select(corner => (corner[0], corner[1]))]) ? null : NoSuchSource(id);
            },
            id,
            context,
            cancellationToken);
    }

    private static IResult Look(string id, CameraLooks looks, ConfigurationKeeper configurations, RuntimeKeeper runtimes)
    {
        if (CameraOf(configurations, id) is not { } camera)
            return NoSuchSource(id);
        var seen = looks.Watch(id);
        var state = runtimes.State;
        var reason = state.Fault is not null ? PageTexts.NotRunning.With()
            : state.Runtime?.Board is { } board && board.Sources().All(source => source.Id != id || !source.Up) ? board.ReasonOf(id) : null;
        var least = SetupSteps.LeastPlateWidth(camera);
        return TypedResults.Json(
            seen is [var newest, ..]
                ? new LookView(newest.At.Wall, newest.Width, newest.Height, newest.Plates, SetupSteps.MostAlike(seen), seen.Length, SetupSteps.EnoughRead, least, reason)
                : new LookView(null, 0, 0, [], 0, 0, SetupSteps.EnoughRead, least, reason),
            SetupJson.Default.LookView);
    }

    private static IResult Still(string id, CameraLooks looks, ConfigurationKeeper configurations, HttpContext context)
    {
        if (CameraOf(configurations, id) is null)
            return NoSuchSource(id);
        if (looks.Watch(id) is not [var newest, ..])
            return NotFound(context);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Bytes(newest.Jpeg, "image/jpeg");
    }

    private static async Task<IResult> ChangeAsync(
        ConfigurationKeeper configurations, Func<SetupDocument, IResult?> change, string what, HttpContext context, CancellationToken cancellationToken) =>
        await CommissioningEndpoints.ChangeAsync(configurations, (_, document) => change(document), what, context, cancellationToken) ?? TypedResults.NoContent();

    private static bool AreSame(IReadOnlyList<IReadOnlyList<double>> corners, IReadOnlyList<IReadOnlyList<double>> others) =>
        corners.Count == others.Count && corners.Zip(others).All(pair => pair.Second is not null && pair.First.SequenceEqual(pair.Second));

    private static bool IsSameNumber(JsonNode? present, string text) => present is null
        ? text.Length == 0
        : double.TryParse(text, CultureInfo.InvariantCulture, out var number) && present is JsonValue value && value.TryGetValue(out double known) && known == number;

    private static JsonHttpResult<Refusal> NoSuchSource(string id) => Refusal.Of(StatusCodes.Status404NotFound, SetupSentences.NoSuchSource.With(("id", id)));

    private static async Task<bool> IsManagedAsync(INetworkSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            return await settings.ReadAsync(cancellationToken) is not null;
        }
        catch (NetworkFaultException)
        {
            // It is there and refuses; whoever tries to change the address hears why.
            return true;
        }
    }

    private static CameraConfiguration? CameraOf(ConfigurationKeeper configurations, string id) =>
        configurations.Current.Configuration?.Cameras.FirstOrDefault(camera => camera.Id == id);

    private static JsonHttpResult<Refusal> NotFound(HttpContext context) =>
        Refusal.Of(StatusCodes.Status404NotFound, PageTexts.NotFound.With(("path", context.Request.Path.ToString())));
}
