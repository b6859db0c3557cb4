namespace BayEdge.Vision.Plates.Measuring;

/// <summary>Adds up how long each stage takes for one picture.</summary>
internal sealed class StageClock(TimeProvider timeProvider)
{
    private readonly TimeSpan[] _spent = new TimeSpan[Enum.GetValues<Stage>().Length];

    public TimeSpan this[Stage stage] => _spent[(int)stage];

    public void Reset() => Array.Clear(_spent);

    public T Measure<T>(Stage stage, Func<T> work)
    {
        var start = timeProvider.GetTimestamp();
        try
        {
            return work();
        }
        finally
        {
            _spent[(int)stage] += timeProvider.GetElapsedTime(start);
        }
    }
}

internal enum Stage
{
    Loading,
    Locating,
    Reading,
    Decoding,
}
