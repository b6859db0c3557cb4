using BayEdge.Contracts.Events;
using BayEdge.Core.Delivery;
using BayEdge.Core.Timing;

namespace BayEdge.Messaging.Publishing;

/// <summary>The topics that the broker takes no events on for now, each with its first event, which asks again and again.</summary>
/// <remarks>One topic must not hold up the others: the device's own notices may have no listener, or one bay no right.</remarks>
internal sealed class HeldTopics(MqttPublisherOptions options, Func<double> random, TimeProvider time)
{
    private readonly Dictionary<string, HeldTopic> _topics = new(StringComparer.Ordinal);

    public bool IsEmpty => _topics.Count == 0;

    public bool Contains(string topic) => _topics.ContainsKey(topic);

    /// <summary>Whether an event comes behind the first one of a held topic, so that no ack, being cumulative, can reach it.</summary>
    public bool IsOutOfReach(EventPosition position) =>
        _topics.Values.Any(held => held.First.Position.Epoch == position.Epoch && held.First.Position < position);

    /// <summary>Holds the topic from this event on, or notes that its first event was refused again.</summary>
    /// <returns>Whether the topic was free before.</returns>
    public bool Add(OutboxEntry entry)
    {
        var isNew = !_topics.TryGetValue(entry.Topic, out var held);
        if (isNew)
            _topics[entry.Topic] = held = new HeldTopic(entry, new Backoff(options.FirstRetry, options.LongestRetry, random));
        if (held!.First.Position == entry.Position)
            (held.IsAsking, held.RefusedAt, held.Wait) = (false, time.GetTimestamp(), held.Waits.Next());
        return isNew;
    }

    /// <summary>How often the broker found fault with the event itself, this time included.</summary>
    public int CountFault(OutboxEntry entry) =>
        _topics.TryGetValue(entry.Topic, out var held) && held.First.Position == entry.Position ? ++held.Faults : 0;

    /// <returns>Whether the event was the first of a held topic, which is free from now on.</returns>
    public bool Release(OutboxEntry entry) =>
        _topics.TryGetValue(entry.Topic, out var held) && held.First.Position == entry.Position && _topics.Remove(entry.Topic);

    /// <summary>The first events whose wait is over; each is under way until it is added again or released.</summary>
    public IReadOnlyList<OutboxEntry> TakeDue()
    {
        if (_topics.Count == 0)
            return [];

        var due = _topics.Values.Where(held => !held.IsAsking && UntilDue(held) <= TimeSpan.Zero).ToList();
        due.ForEach(held => held.IsAsking = true);
        return [.. due.Select(held => held.First)];
    }

    /// <summary>Null when none waits.</summary>
    public TimeSpan? UntilDue() =>
        _topics.Values.Where(held => !held.IsAsking).Select(held => (TimeSpan?)UntilDue(held)).Min();

    private TimeSpan UntilDue(HeldTopic held) => held.Wait - time.GetElapsedTime(held.RefusedAt);

    private sealed class HeldTopic(OutboxEntry first, Backoff waits)
    {
        public OutboxEntry First { get; } = first;

        public Backoff Waits { get; } = waits;

        public TimeSpan Wait { get; set; }

        public long RefusedAt { get; set; }

        public bool IsAsking { get; set; }

        public int Faults { get; set; }
    }
}
