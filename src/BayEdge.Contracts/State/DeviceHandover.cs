using System.Text.Json.Serialization;
using BayEdge.Contracts.Events;

namespace BayEdge.Contracts.State;

/// <summary>What an installer proved at a device, and with which figures; retained.</summary>
public sealed record DeviceHandover
{
    public required string Site { get; init; }

    public required string Device { get; init; }

    /// <summary>Of the service.</summary>
    public required string Version { get; init; }

    /// <summary>Names the configuration that was proved.</summary>
    public required string Revision { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Whoever signed it.</summary>
    public required string By { get; init; }

    public required ClockInfo Clock { get; init; }

    /// <summary>In the order of the installation.</summary>
    public required IReadOnlyList<HandoverItem> Steps { get; init; }

    public required IReadOnlyList<HandoverBay> Bays { get; init; }
}

/// <summary>The walk test of one bay.</summary>
/// <param name="State">As bad as the worst of its items; <see cref="HandoverState.Unknown"/> where it was not walked.</param>
/// <param name="At">When the test ended; absent where there was none.</param>
public sealed record HandoverBay(
    [property: JsonRequired] string Bay,
    [property: JsonRequired] string Name,
    [property: JsonRequired] HandoverState State,
    DateTimeOffset? At,
    [property: JsonRequired] IReadOnlyList<HandoverItem> Items);

/// <summary>One thing that was proved, or was not.</summary>
/// <param name="Item">Its name, such as <c>arrive</c>.</param>
/// <param name="Detail">In words, for a person.</param>
/// <param name="Says">Names the sentence in <paramref name="Detail"/>, for a program that says it in another language.</param>
/// <param name="Values">What stands in that sentence, by name.</param>
/// <param name="Milliseconds">How long it took; absent where that says nothing.</param>
public sealed record HandoverItem(
    [property: JsonRequired] string Item,
    [property: JsonRequired] HandoverState State,
    [property: JsonRequired] string Detail,
    string? Says = null,
    IReadOnlyDictionary<string, string>? Values = null,
    double? Milliseconds = null);

public enum HandoverState
{
    /// <summary>Not tried.</summary>
    Unknown,
    Ok,

    /// <summary>Works, with a remark.</summary>
    Warning,
    Failed,
}
