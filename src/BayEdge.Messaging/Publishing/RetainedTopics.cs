using System.Diagnostics.CodeAnalysis;

namespace BayEdge.Messaging.Publishing;

/// <summary>The newest content of each retained topic, and which of them the broker does not have yet.</summary>
internal sealed class RetainedTopics
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _contents = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unpublished = new(StringComparer.Ordinal);
    private readonly Signal _changed = new();

    public void Set(string topic, ReadOnlyMemory<byte> payload)
    {
        lock (_gate)
        {
            if (_contents.TryGetValue(topic, out var before) && before.Span.SequenceEqual(payload.Span))
                return;

            _contents[topic] = payload;
            _unpublished.Add(topic);
        }

        _changed.Raise();
    }

    /// <summary>The broker may have lost everything, as a new one or one without persistence has.</summary>
    public void ForgetPublished()
    {
        lock (_gate)
            _unpublished.UnionWith(_contents.Keys);
    }

    public bool TryTake([NotNullWhen(true)] out string? topic, out ReadOnlyMemory<byte> payload)
    {
        lock (_gate)
        {
            topic = _unpublished.FirstOrDefault();
            payload = topic is null ? default : _contents[topic];
            return topic is not null && _unpublished.Remove(topic);
        }
    }

    public Task WaitForChangeAsync(CancellationToken cancellationToken) => _changed.WaitAsync(cancellationToken);
}
