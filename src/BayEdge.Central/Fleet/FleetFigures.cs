using System.Collections.Concurrent;

namespace BayEdge.Central.Fleet;

/// <summary>Collects what a run measures.</summary>
internal sealed class FleetFigures
{
    private readonly ConcurrentBag<double> _toBroker = [];
    private readonly ConcurrentBag<double> _toAcknowledgement = [];
    private readonly ConcurrentDictionary<string, int> _problems = new(StringComparer.Ordinal);
    private int _sentAgain;

    public int Acknowledgements => _toAcknowledgement.Count;

    public int EventsSentAgain => _sentAgain;

    /// <summary>What the broker refused, in sentences, with how often.</summary>
    public IReadOnlyDictionary<string, int> Problems => _problems;

    public void TakenByBroker(TimeSpan after) => _toBroker.Add(after.TotalMilliseconds);

    public void Acknowledged(TimeSpan after) => _toAcknowledgement.Add(after.TotalMilliseconds);

    public void SentAgain() => Interlocked.Increment(ref _sentAgain);

    public void Refused(string problem) => _problems.AddOrUpdate(problem, 1, (_, times) => times + 1);

    /// <summary>Milliseconds from sending to the broker's own acknowledgement.</summary>
    public (double Median, double P99) ToBroker => Quantiles(_toBroker);

    /// <summary>Milliseconds from sending to the consumer's acknowledgement, at the device.</summary>
    public (double Median, double P99) ToAcknowledgement => Quantiles(_toAcknowledgement);

    private static (double Median, double P99) Quantiles(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? (0, 0) : (At(0.5), At(0.99));

        // The nearest rank.
        double At(double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)];
    }
}
