namespace BayEdge.Core.Timing;

public static class TimeProviderExtensions
{
    private const int MostReadings = 5;

    // Far below what counts as a step of the clock.
    private static readonly TimeSpan ReadAtOnce = TimeSpan.FromMilliseconds(20);

    /// <summary>Reads both clocks of the provider at once.</summary>
    public static ObservedAt Observe(this TimeProvider time) => new(time.GetUtcNow(), time.GetElapsedTime(0));

    /// <summary>Reads both clocks so close together that their distance can be told from it; null on a computer too busy for that.</summary>
    public static ObservedAt? ObserveClosely(this TimeProvider time)
    {
        for (var reading = 0; reading < MostReadings; reading++)
        {
            var before = time.GetElapsedTime(0);
            var wall = time.GetUtcNow();
            var after = time.GetElapsedTime(0);
            if (after - before <= ReadAtOnce)
                return new ObservedAt(wall, after);
        }

        return null;
    }
}
