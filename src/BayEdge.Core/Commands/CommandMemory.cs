using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using BayEdge.Contracts.Commands;
using BayEdge.Contracts.Json;

namespace BayEdge.Core.Commands;

/// <summary>The newest commands that changed something, with what was said of them; a value.</summary>
public sealed class CommandMemory
{
    /// <summary>The oldest is forgotten beyond this many.</summary>
    public const int MostKept = 64;

    private readonly ImmutableList<RememberedCommand> _commands;

    private CommandMemory(ImmutableList<RememberedCommand> commands) => _commands = commands;

    public static CommandMemory Empty { get; } = new([]);

    /// <summary>What is said of a command that came before; null when it is new.</summary>
    public CommandReply<JsonNode>? Recall(string command, CommandReading reading)
    {
        if (_commands.FindLast(known => known.Transaction == reading.Transaction) is not { } before)
            return null;
        return before.Fingerprint == reading.Fingerprint
            ? before.Reply with { Repeated = true }
            : Replies.Error(command, reading.Transaction, new CommandError(
                CommandErrors.TransactionReused,
                $"The transaction '{reading.Transaction}' came before with another command or other data. Choose a new one for every command."));
    }

    public CommandMemory With(CommandReading reading, CommandReply<JsonNode> reply)
    {
        var more = _commands.Add(new RememberedCommand(reading.Transaction!, reading.Fingerprint, reply));
        return new CommandMemory(more.Count > MostKept ? more.RemoveRange(0, more.Count - MostKept) : more);
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes([.. _commands], CommandMemoryJson.Default.IReadOnlyListRememberedCommand);

    /// <exception cref="JsonException">It is not what <see cref="Write"/> made.</exception>
    public static CommandMemory Read(ReadOnlySpan<byte> content) => new(
        [.. JsonSerializer.Deserialize(content, CommandMemoryJson.Default.IReadOnlyListRememberedCommand) ?? []]);
}

internal sealed record RememberedCommand(
    [property: JsonRequired] string Transaction, [property: JsonRequired] string Fingerprint, [property: JsonRequired] CommandReply<JsonNode> Reply);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    Converters = [typeof(CamelCaseEnumConverter<CommandStatus>)])]
[JsonSerializable(typeof(IReadOnlyList<RememberedCommand>))]
internal sealed partial class CommandMemoryJson : JsonSerializerContext;
