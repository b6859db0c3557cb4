namespace BayEdge.Core.Configuration;

/// <summary>Something in the configuration that cannot stay so.</summary>
/// <param name="Where">The item, such as <c>readers[0].address</c>.</param>
/// <param name="Message">What was expected, what was found and what to do.</param>
public sealed record Problem(string Where, string Message)
{
    public override string ToString() => Where.Length == 0 ? Message : $"{Where}: {Message}";
}
