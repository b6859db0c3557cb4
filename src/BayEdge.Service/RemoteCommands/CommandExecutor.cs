using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using BayEdge.Contracts.Commands;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;
using BayEdge.Core.Bays;
using BayEdge.Core.Commands;
using BayEdge.Core.Delivery;
using BayEdge.Messaging.Publishing;
using BayEdge.Service.Bays;

namespace BayEdge.Service.RemoteCommands;

/// <summary>Carries commands out that are understood and allowed.</summary>
internal sealed class CommandExecutor(
    IOutbox outbox,
    MqttPublisher publisher,
    ExpectedVehicleBoard vehicles,
    Diagnostics diagnostics,
    IEvidencePictures pictures,
    ConfigurationCommands configuration,
    BayLoop bays,
    ServiceRestart restart)
{
    /// <exception cref="StorageFaultException">The disk does not take what must be kept; nothing was changed.</exception>
    public async Task<CommandOutcome> RunAsync(AskedCommand command, CancellationToken cancellationToken) => command switch
    {
        ReplayAsked asked => Replay(asked.From),
        DiagnosticsAsked => new CommandOutcome(Json(diagnostics.Collect(), ContractsJson.Wire.DiagnosticsResult)),
        PictureAsked asked => await FindPictureAsync(asked.Id, cancellationToken),
        PlateAsked asked => await CorrectPlateAsync(asked, cancellationToken),
        RestartAsked => new CommandOutcome { Then = restart.Request },
        ConfigurationAsked => configuration.Show(),
        NewConfigurationAsked asked => await configuration.SetAsync(asked, cancellationToken),
        ConfirmationAsked asked => await configuration.ConfirmAsync(asked, cancellationToken),
        VehiclesAsked asked => await ListVehiclesAsync(asked, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "A command that nobody carries out."),
    };

    private CommandOutcome Replay(EventPosition wanted)
    {
        var status = outbox.GetStatus();
        var last = new EventPosition(outbox.Epoch, status.LastSequence);
        if (wanted > last)
        {
            return CommandOutcome.Failed(
                CommandErrors.ReplayUnknown,
                $"Event {wanted.Sequence} of epoch {wanted.Epoch} has never been given out; the newest is {last.Sequence} of epoch {last.Epoch}. Ask for one that was.");
        }

        var first = outbox.Read(wanted with { Sequence = wanted.Sequence - 1 }, 1);
        if (first.Count > 0)
            publisher.Replay(first[0].Position);
        return new CommandOutcome(Json(
            new ReplayResult { From = first.Count > 0 ? EventNumber.Of(first[0].Position) : null, Last = EventNumber.Of(last) },
            ContractsJson.Wire.ReplayResult));
    }

    private async Task<CommandOutcome> FindPictureAsync(string id, CancellationToken cancellationToken) =>
        await pictures.FindAsync(id, cancellationToken) is { } picture
            ? new CommandOutcome(Json(
                new PictureResult { Id = picture.Id, ContentType = picture.ContentType, Content = Convert.ToBase64String(picture.Content.Span) },
                ContractsJson.Wire.PictureResult))
            : CommandOutcome.Failed(CommandErrors.PictureUnknown, $"No picture '{id}' is kept, or not any longer.");

    private async Task<CommandOutcome> CorrectPlateAsync(PlateAsked asked, CancellationToken cancellationToken) =>
        await bays.AskAsync(new PlateStated(asked.Bay, asked.VisitId, asked.Plate), cancellationToken) switch
        {
            null => throw new OperationCanceledException("The bays are no longer watched."),
            { Problem: null, Told: var told } => new CommandOutcome(Json(new CorrectPlateResult { Told = told }, ContractsJson.Wire.CorrectPlateResult)),
            { Problem: PlateProblem.Elsewhere } => CommandOutcome.Failed(
                CommandErrors.PlateElsewhere, $"A vehicle with the plate {asked.Plate} stands in another bay. Correct that visit first."),
            _ => CommandOutcome.Failed(
                CommandErrors.VisitUnknown, $"The bay '{asked.Bay}' has no visit '{asked.VisitId}', nor was it the last one there. Only those two can be corrected."),
        };

    private async Task<CommandOutcome> ListVehiclesAsync(VehiclesAsked asked, CancellationToken cancellationToken)
    {
        if (await vehicles.CommandAsync(asked, cancellationToken) is not { } all)
        {
            return CommandOutcome.Failed(
                CommandErrors.DataInvalid, $"Expected at most {VehicleLists.MostCommanded} vehicles by command, but there would be more. Remove those that have left.");
        }

        var result = new ExpectedVehiclesResult { Count = all.Count, Vehicles = asked.Changes ? null : all };
        return new CommandOutcome(Json(result, ContractsJson.Wire.ExpectedVehiclesResult));
    }

    private static JsonNode? Json<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToNode(value, type);
}
