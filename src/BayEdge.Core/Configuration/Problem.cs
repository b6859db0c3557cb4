using BayEdge.Core.Bays;

namespace BayEdge.Core.Configuration;

/// <summary>Something in the configuration that cannot stay so.</summary>
/// <param name="Where">The item, such as <c>readers[0].address</c>.</param>
/// <param name="Says">What was expected, what was found and what to do.</param>
public sealed record Problem(string Where, Phrase Says)
{
    public Problem(string where, Wording message)
        : this(where, message.Phrase)
    {
    }

    public string Message => Says.Text;

    public override string ToString() => Where.Length == 0 ? Message : $"{Where}: {Message}";
}
