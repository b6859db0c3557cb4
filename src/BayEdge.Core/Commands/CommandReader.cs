using System.Security.Cryptography;
using System.Text.Json;
using BayEdge.Contracts;
using BayEdge.Contracts.Commands;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;
using BayEdge.Core.Identity;

namespace BayEdge.Core.Commands;

/// <summary>Reads what came on a command topic.</summary>
/// <remarks>A command is understood whole or refused: half of one that a later version would understand may be harmful.</remarks>
public static class CommandReader
{
    public const int MaximumBytes = 262_144;

    private static readonly string[] Known =
    [
        CommandNames.ConfirmConfiguration, CommandNames.CorrectPlate, CommandNames.Diagnostics, CommandNames.EvidencePicture, CommandNames.ExpectedVehicles,
        CommandNames.GetConfiguration, CommandNames.Replay, CommandNames.Restart, CommandNames.SetConfiguration,
    ];

    private static readonly ContractsJson Strict = new(new JsonSerializerOptions(ContractsJson.Wire.Options)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    });

    private static readonly JsonDocumentOptions Syntax = new() { AllowDuplicateProperties = false };

    /// <param name="name">The last level of the topic.</param>
    public static CommandReading Read(string name, ReadOnlyMemory<byte> payload)
    {
        if (payload.Length > MaximumBytes)
            return new CommandReading(null, "", null, new CommandError(CommandErrors.TooLarge, $"Expected at most {MaximumBytes} bytes, but {payload.Length} came. Send less at once."));

        var fingerprint = Fingerprint(name, payload.Span);
        string? transaction = null;
        try
        {
            using var document = JsonDocument.Parse(payload, Syntax);
            var problem = ReadEnvelope(document.RootElement, out transaction, out var data);
            if (problem is not null)
                return new CommandReading(transaction, fingerprint, null, new CommandError(CommandErrors.Malformed, problem));
            var (command, error) = ReadCommand(name, data);
            return new CommandReading(transaction, fingerprint, command, error);
        }
        catch (Exception exception) when (JsonFaults.IsFault(exception))
        {
            return transaction is null
                ? new CommandReading(null, fingerprint, null, new CommandError(CommandErrors.Malformed, $"Expected JSON such as {{\"transaction\":\"42\"}}, but {JsonFaults.Describe(exception)}."))
                : new CommandReading(transaction, fingerprint, null, Invalid($"Expected the data of {name} as its schema has it, but {JsonFaults.Describe(exception)}, or a member is not known."));
        }
    }

    private static string? ReadEnvelope(JsonElement root, out string? transaction, out JsonElement data)
    {
        (transaction, data) = (null, default);
        if (root.ValueKind != JsonValueKind.Object)
            return "Expected a JSON object such as {\"transaction\":\"42\"}, but something else came.";
        string? unknown = null;
        foreach (var member in root.EnumerateObject())
        {
            switch (member.Name)
            {
                case "transaction" when member.Value.ValueKind == JsonValueKind.String && Transactions.IsValid(member.Value.GetString()!):
                    transaction = member.Value.GetString();
                    break;
                case "transaction":
                    return $"Expected a transaction of 1 to {Transactions.MostCharacters} visible ASCII characters, but another came. Choose a new one for every command.";
                case "data":
                    data = member.Value;
                    break;
                default:
                    unknown ??= member.Name;
                    break;
            }
        }

        if (transaction is null)
            return "Expected a transaction, but there is none. Add one, such as \"transaction\":\"42\", and choose a new one for every command.";
        return unknown is null ? null : $"The member '{Shorten(unknown)}' is not known here; known are transaction and data.";
    }

    private static (AskedCommand? Command, CommandError? Error) ReadCommand(string name, JsonElement data) => name switch
    {
        CommandNames.Diagnostics => WithoutData(name, data, new DiagnosticsAsked()),
        CommandNames.Restart => WithoutData(name, data, new RestartAsked()),
        CommandNames.GetConfiguration => WithoutData(name, data, new ConfigurationAsked()),
        CommandNames.SetConfiguration => ReadConfiguration(data),
        CommandNames.ConfirmConfiguration => ReadConfirmation(data),
        CommandNames.Replay => ReadReplay(data),
        CommandNames.EvidencePicture => ReadPicture(data),
        CommandNames.CorrectPlate => ReadPlate(data),
        CommandNames.ExpectedVehicles => ReadVehicles(data),
        _ => (null, new CommandError(
            CommandErrors.Unknown,
            $"This device knows no command '{Shorten(name)}'. It knows {string.Join(", ", Known)}.")),
    };

    private static (AskedCommand? Command, CommandError? Error) WithoutData(string name, JsonElement data, AskedCommand command) =>
        data.ValueKind == JsonValueKind.Undefined ? (command, null) : (null, Invalid($"Expected no data with {name}, but some came. Leave it out."));

    private static (AskedCommand? Command, CommandError? Error) ReadReplay(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object || data.Deserialize(Strict.ReplayCommand) is not { } replay)
            return (null, Invalid("Expected data such as {\"epoch\":1,\"from\":4711}, but none came."));
        return replay is { Epoch: >= 0, From: >= 1 }
            ? (new ReplayAsked(new EventPosition(replay.Epoch, replay.From)), null)
            : (null, Invalid($"Expected an epoch of at least 0 and a number of at least 1, but {replay.Epoch} and {replay.From} came."));
    }

    private static (AskedCommand? Command, CommandError? Error) ReadConfiguration(JsonElement data)
    {
        const int Usual = 120, Least = 5, Most = 3600;
        if (data.ValueKind != JsonValueKind.Object || data.Deserialize(Strict.SetConfigurationCommand) is not { } asked)
            return (null, Invalid("Expected data with the whole configuration, such as {\"configuration\":{...}}, but none came."));
        var seconds = asked.ConfirmSeconds ?? Usual;
        return seconds is 0 or (>= Least and <= Most)
            ? (new NewConfigurationAsked(asked.Configuration, asked.Revision, seconds == 0 ? null : TimeSpan.FromSeconds(seconds)), null)
            : (null, Invalid($"Expected confirmSeconds from {Least} to {Most}, or 0, but {seconds} came."));
    }

    private static (AskedCommand? Command, CommandError? Error) ReadConfirmation(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object && data.Deserialize(Strict.ConfirmConfigurationCommand) is { } confirmed
            ? (new ConfirmationAsked(confirmed.Revision), null)
            : (null, Invalid("Expected data such as {\"revision\":\"...\"} with the revision that the change was answered with, but none came."));

    private static (AskedCommand? Command, CommandError? Error) ReadPicture(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object || data.Deserialize(Strict.PictureCommand) is not { } picture)
            return (null, Invalid("Expected data such as {\"id\":\"cam-1-20260302T001403120\"}, but none came."));
        return Topics.IsValidId(picture.Id)
            ? (new PictureAsked(picture.Id), null)
            : (null, Invalid("Expected the id of a picture as an event's evidence names it: 1 to 64 letters, digits, '-', '_' or '.'."));
    }

    private static (AskedCommand? Command, CommandError? Error) ReadPlate(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object || data.Deserialize(Strict.CorrectPlateCommand) is not { } asked)
            return (null, Invalid("Expected data such as {\"bay\":\"bay-01\",\"visitId\":\"...\",\"plate\":\"沪AD12345\"}, but none came."));
        var plate = PlateText.Normalize(asked.Plate);
        return PlateText.IsPlausible(plate)
            ? (new PlateAsked(asked.Bay, asked.VisitId, plate), null)
            : (null, Invalid($"Expected a plate of {PlateText.FewestCharacters} to {PlateText.MostCharacters} letters and digits, but '{Shorten(asked.Plate)}' came."));
    }

    private static (AskedCommand? Command, CommandError? Error) ReadVehicles(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object || data.Deserialize(Strict.ExpectedVehiclesCommand) is not { } asked)
            return (null, Invalid("Expected data such as {\"action\":\"get\"}, but none came."));
        var problem = asked switch
        {
            { Action: VehicleListAction.Get, Vehicles: null, Remove: null } => null,
            { Action: VehicleListAction.Get } => "Expected no vehicles with the action get.",
            { Action: VehicleListAction.Set, Vehicles: null } => "Expected vehicles with the action set; an empty list takes all back.",
            { Action: VehicleListAction.Set, Remove: not null } => "Expected no remove with the action set; leave those out of vehicles.",
            { Action: VehicleListAction.Merge, Vehicles: null, Remove: null } => "Expected vehicles or remove with the action merge.",
            { Remove: { } remove } when remove.Any(string.IsNullOrWhiteSpace) => "Expected references in remove, but one is empty.",
            _ => ExpectedVehicleRules.FindProblem(asked.Vehicles ?? []) is { } wrong ? $"Expected vehicles with a ref each, but {wrong}." : null,
        };
        return problem is null
            ? (new VehiclesAsked(asked.Action, [.. (asked.Vehicles ?? []).Select(ExpectedVehicleRules.Clean)], [.. asked.Remove ?? []]), null)
            : (null, Invalid(problem));
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : $"{text[..40]}…";

    private static CommandError Invalid(string text) => new(CommandErrors.DataInvalid, text);

    private static string Fingerprint(string name, ReadOnlySpan<byte> payload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{name}\n"));
        hash.AppendData(payload);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
