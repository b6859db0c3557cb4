namespace BayEdge.Vision.Plates.Measuring;

/// <summary>Adds up how long each stage takes for one picture.</summary>
internal sealed class StageClock(TimeProvider timeProvider)
{
    private readonly TimeSpan[] _spent = new TimeSpan[Enum.GetValues<Stage>().Length];
    private readonly int[] _times = new int[Enum.GetValues<Stage>().Length];

    public TimeSpan this[Stage stage] => _spent[(int)stage];

    /// <summary>How many times the stage was gone through.</summary>
    public int TimesOf(Stage stage) => _times[(int)stage];

    public void Reset()
    {
        Array.Clear(_spent);
        Array.Clear(_times);
    }

    /// <summary>Counts the time until the result is disposed of.</summary>
    public Measurement Measure(Stage stage) => new(this, stage, timeProvider.GetTimestamp());

    private void Add(Stage stage, long start)
    {
        _spent[(int)stage] += timeProvider.GetElapsedTime(start);
        _times[(int)stage]++;
    }

    public readonly struct Measurement(StageClock clock, Stage stage, long start) : IDisposable
    {
        public void Dispose() => clock.Add(stage, start);
    }
}

internal enum Stage
{
    Loading,
    Locating,
    Reading,
    Decoding,
}
