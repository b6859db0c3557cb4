using System.Text.Json;
using System.Text.Json.Nodes;
using BayEdge.Contracts.Commands;
using BayEdge.Contracts.Json;
using BayEdge.Core.Commands;
using BayEdge.Service.Configuring;

namespace BayEdge.Service.RemoteCommands;

/// <summary>Shows the configuration to the central system and takes another from it.</summary>
/// <remarks>
/// A change is put to the proof by its confirmation: that has to come over the broker to which the changed device connects.
/// </remarks>
internal sealed class ConfigurationCommands(ConfigurationKeeper keeper)
{
    private const string Who = "central";
    private const int MostProblems = 10;

    // What decides whether the device can be reached at all.
    private static readonly string[] Reach = ["site", "device", "mqtt"];

    public CommandOutcome Show()
    {
        var current = keeper.Current;
        return Json(
            new GetConfigurationResult
            {
                Revision = current.Revision,
                Configuration = Shown(current),
                Problems = current.Problems.IsEmpty ? null : [.. current.Problems.Select(problem => problem.ToString())],
                ConfirmBy = current.ConfirmBy,
            },
            ContractsJson.Wire.GetConfigurationResult);
    }

    public async Task<CommandOutcome> SetAsync(NewConfigurationAsked asked, CancellationToken cancellationToken)
    {
        var current = keeper.Current;
        if (asked.Revision is { } revision && revision != current.Revision)
            return Changed(revision);
        if (asked.ConfirmWithin is null && ChangesReach(asked.Configuration, Shown(current)))
        {
            return CommandOutcome.Failed(
                CommandErrors.ConfigurationNeedsConfirmation, "A change of site, device or mqtt may cut the device off. Let it be confirmed: leave confirmSeconds out, or choose 5 to 3600.");
        }

        var result = await keeper.ProposeAsync(asked.Configuration.ToJsonString(), Who, "by command", asked.ConfirmWithin, cancellationToken, asked.Revision);
        if (result.Outdated)
            return Changed(asked.Revision!);
        if (result.Fault is { } fault)
            return CommandOutcome.Failed(CommandErrors.StorageFailed, fault.Text);
        return result.Applied
            ? Json(new SetConfigurationResult { Revision = result.Revision, ConfirmBy = result.ConfirmBy }, ContractsJson.Wire.SetConfigurationResult)
            : CommandOutcome.Failed(CommandErrors.ConfigurationInvalid, string.Join("; ", result.Problems.Take(MostProblems)));
    }

    public async Task<CommandOutcome> ConfirmAsync(ConfirmationAsked asked, CancellationToken cancellationToken) =>
        await keeper.ConfirmAsync(asked.Revision, cancellationToken)
            ? new CommandOutcome()
            : CommandOutcome.Failed(
                CommandErrors.ConfigurationNotWaiting, $"No configuration of revision '{asked.Revision}' waits to be confirmed; {keeper.Current.Revision} holds. It may have been taken back, or confirmed before.");

    private CommandOutcome Changed(string revision) => CommandOutcome.Failed(
        CommandErrors.ConfigurationChanged, $"The change was made on revision {revision}, but {keeper.Current.Revision} holds by now. Get the configuration again and change that.");

    private JsonObject? Shown(ConfigurationState current) => current.Document is null ? null : JsonNode.Parse(keeper.Show()) as JsonObject;

    private static bool ChangesReach(JsonObject proposed, JsonObject? current) =>
        Reach.Any(key => !JsonNode.DeepEquals(proposed[key], current?[key]));

    private static CommandOutcome Json<T>(T value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToNode(value, type));
}
