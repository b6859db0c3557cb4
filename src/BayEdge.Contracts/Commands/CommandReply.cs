using System.Text.Json.Serialization;

namespace BayEdge.Contracts.Commands;

/// <summary>What became of a command.</summary>
public sealed record CommandReply<TData>
    where TData : class
{
    /// <summary>The caller's id; absent where none could be read.</summary>
    public string? Transaction { get; init; }

    public required string Command { get; init; }

    public required CommandStatus Status { get; init; }

    /// <summary>Where <see cref="Status"/> is <see cref="CommandStatus.Error"/>: what is wrong; nothing was changed.</summary>
    public CommandError? Error { get; init; }

    /// <summary>What the command asked for, where it asks for something.</summary>
    public TData? Data { get; init; }

    /// <summary>The command had been carried out before; this is what was said then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Repeated { get; init; }
}

public enum CommandStatus
{
    Ok,
    Error,
}

/// <param name="Key">One of <see cref="CommandErrors"/>.</param>
/// <param name="Text">What was expected, what came and what to do, in English.</param>
public sealed record CommandError(
    [property: JsonRequired] string Key,
    [property: JsonRequired] string Text);
