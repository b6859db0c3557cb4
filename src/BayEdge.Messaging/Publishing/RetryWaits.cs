using BayEdge.Core.Timing;

namespace BayEdge.Messaging.Publishing;

/// <summary>How long to wait before the next attempt, for ever: also after a refused password, since somebody will mend the broker.</summary>
internal sealed class RetryWaits(MqttPublisherOptions options, Func<double> random)
{
    private readonly Backoff _refused = new(options.FirstRetry, options.LongestRetry, random);
    private readonly Backoff _unanswered = new(options.FirstRetry, options.LongestRetryUnanswered, random);

    public TimeSpan After(BrokerFaultKind kind) => kind switch
    {
        BrokerFaultKind.Renewed => TimeSpan.Zero,
        BrokerFaultKind.NobodyThere => _unanswered.Next(),
        _ => _refused.Next(),
    };

    /// <param name="lasted">How long the connection was of use: one that breaks at once is no success, or a sick broker would be hammered.</param>
    public void Connected(TimeSpan lasted)
    {
        _unanswered.Succeeded();
        if (lasted > options.LongestRetry)
            _refused.Succeeded();
    }
}
