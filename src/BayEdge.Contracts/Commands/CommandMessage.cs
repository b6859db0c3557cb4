namespace BayEdge.Contracts.Commands;

/// <summary>A command that says nothing but its name, which stands in the topic.</summary>
public sealed record CommandMessage
{
    /// <summary>
    /// The caller's own id of this command, 1 to 64 visible ASCII characters. The reply repeats it, and a command that comes again
    /// with the same one is answered from memory and changes nothing.
    /// </summary>
    public required string Transaction { get; init; }
}

/// <summary>A command with what it needs to know.</summary>
public sealed record CommandMessage<TData>
    where TData : class
{
    /// <inheritdoc cref="CommandMessage.Transaction"/>
    public required string Transaction { get; init; }

    public required TData Data { get; init; }
}
