using BayEdge.Core.Drivers;

namespace BayEdge.Drivers.Tests;

internal static class Capabilities
{
    /// <summary>The source as something that can more than report.</summary>
    public static T Can<T>(this ISource source)
        where T : class => source.Find<T>() ?? throw new InvalidOperationException($"The source is no {typeof(T).Name}.");
}
