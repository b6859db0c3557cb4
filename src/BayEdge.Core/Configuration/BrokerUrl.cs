using BayEdge.Contracts;

namespace BayEdge.Core.Configuration;

/// <summary>What is wrong with a broker's URL, in a form that the page can say in its language.</summary>
public static class BrokerUrl
{
    /// <param name="url">One that <see cref="BrokerAddress"/> refused.</param>
    /// <param name="problem">What it said.</param>
    public static Problem Problem(string where, string url, string problem)
    {
        ArgumentNullException.ThrowIfNull(url);

        // Before anything repeats the text: it may hold a password.
        return url.Contains('@', StringComparison.Ordinal)
            ? new Problem(where, problem)
            : new Problem(where, $"expected a broker URL such as mqtt://192.0.2.1:1883 or mqtts://broker:8883, but found '{url}'");
    }
}
