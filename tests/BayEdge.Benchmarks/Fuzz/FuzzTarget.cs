namespace BayEdge.Benchmarks.Fuzz;

/// <summary>One decoder and what it is fed.</summary>
/// <param name="Seeds">Good input, from which damaged input is made.</param>
/// <param name="Decode">Takes the input in; throws where that is the decoder's way to refuse.</param>
/// <param name="IsRefusal">Whether an exception is a refusal in words and no crash.</param>
/// <param name="MostAllocated">Bytes that one case may allocate, by the length of its input.</param>
internal sealed record FuzzTarget(
    string Name, IReadOnlyList<byte[]> Seeds, Action<ReadOnlyMemory<byte>> Decode, Func<Exception, bool> IsRefusal, Func<int, long> MostAllocated);
