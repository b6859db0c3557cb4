using BayEdge.Core.Timing;

namespace BayEdge.Messaging.Certificates;

/// <summary>The renewed certificates that the broker refused last, and when they are worth another login: somebody may mend the broker.</summary>
/// <param name="first">The wait after the first refusal; it doubles with each, up to an hour.</param>
/// <param name="random">Numbers from 0 to 1, for the jitter of the waits.</param>
internal sealed class RefusedFiles(TimeSpan first, Func<double> random, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Backoff _waits = new(first, Longest, random);
    private string? _stamp;
    private string _fault = "";
    private long _since;
    private TimeSpan _wait;

    /// <summary>Why these were refused; null when they are to be tried.</summary>
    public string? Find(string stamp) => stamp == _stamp && time.GetElapsedTime(_since) < _wait ? _fault : null;

    public void Note(string stamp, string fault)
    {
        if (stamp != _stamp)
            _waits.Succeeded();
        (_stamp, _fault, _since, _wait) = (stamp, fault, time.GetTimestamp(), _waits.Next());
    }
}
