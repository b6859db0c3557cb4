namespace BayEdge.Storage.Tests.Journal;

/// <summary>Prints figures and judges none; run with <c>--explicit only</c>.</summary>
public sealed class AppendMeasurement(ITestOutputHelper output) : IDisposable
{
    private readonly JournalFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Explicit = true)]
    public void How_long_an_append_takes()
    {
        const int Count = 2000;
        using var journal = _folder.Open();
        var snapshot = new byte[2000];
        var took = new TimeSpan[Count];
        for (var index = 0; index < Count; index++)
        {
            var began = TimeProvider.System.GetTimestamp();
            journal.Append([JournalFolder.Event(payloadBytes: 700)], snapshot);
            took[index] = TimeProvider.System.GetElapsedTime(began);
        }

        Array.Sort(took);
        output.WriteLine(
            $"append of one event with snapshot: median {took[Count / 2].TotalMilliseconds:0.00} ms, "
            + $"p99 {took[Count * 99 / 100].TotalMilliseconds:0.00} ms, longest {took[^1].TotalMilliseconds:0.00} ms");
    }
}
