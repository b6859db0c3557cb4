namespace BayEdge.Core.Timing;

/// <summary>How long to wait before the next attempt: doubling, capped, with full jitter.</summary>
/// <remarks>
/// Full jitter keeps a hundred devices from knocking at the same second after a power cut. Never below a tenth of the
/// step, so that a dead counterpart is not hammered.
/// </remarks>
public sealed class Backoff(TimeSpan first, TimeSpan longest, Func<double> random)
{
    private int _failures;

    /// <summary>1 s to 60 s.</summary>
    public static Backoff ForDevices(Func<double> random) => new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), random);

    /// <summary>Counts a failure and returns the wait before the next attempt.</summary>
    public TimeSpan Next()
    {
        var step = first * Math.Pow(2, Math.Min(_failures++, 30));
        var ceiling = step < longest ? step : longest;
        return ceiling * (0.1 + (0.9 * random()));
    }

    public void Succeeded() => _failures = 0;
}
