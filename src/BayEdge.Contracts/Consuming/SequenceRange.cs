namespace BayEdge.Contracts.Consuming;

/// <summary>Sequence numbers from <paramref name="First"/> to <paramref name="Last"/>, both included.</summary>
public readonly record struct SequenceRange(long First, long Last)
{
    public long Count => Last - First + 1;

    public bool Contains(long sequence) => First <= sequence && sequence <= Last;

    public override string ToString() => First == Last ? $"{First}" : $"{First} to {Last}";
}
