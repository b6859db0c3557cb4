namespace BayEdge.Contracts.State;

/// <summary>The central system's word that it holds every event of an epoch up to and including a sequence number.</summary>
public sealed record Ack
{
    public required int Epoch { get; init; }

    public required long UpTo { get; init; }
}
