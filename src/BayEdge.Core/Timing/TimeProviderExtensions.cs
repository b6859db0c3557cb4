namespace BayEdge.Core.Timing;

public static class TimeProviderExtensions
{
    /// <summary>Reads both clocks of the provider at once.</summary>
    public static ObservedAt Observe(this TimeProvider time) => new(time.GetUtcNow(), time.GetElapsedTime(0));
}
