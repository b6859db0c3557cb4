using BayEdge.Contracts.Events;

namespace BayEdge.Contracts.Commands;

/// <summary>Asks for every event from one on, as far as the device still keeps them.</summary>
public sealed record ReplayCommand
{
    public required int Epoch { get; init; }

    /// <summary>The first sequence number that is wanted.</summary>
    public required long From { get; init; }
}

public sealed record ReplayResult
{
    /// <summary>Where the sending begins: later than asked for where older events are confirmed and gone; absent where none is kept.</summary>
    public EventNumber? From { get; init; }

    /// <summary>The newest event that was given out.</summary>
    public required EventNumber Last { get; init; }
}

/// <summary>An event's place as JSON.</summary>
public sealed record EventNumber
{
    public required int Epoch { get; init; }

    public required long Sequence { get; init; }

    public static EventNumber Of(EventPosition position) => new() { Epoch = position.Epoch, Sequence = position.Sequence };
}
