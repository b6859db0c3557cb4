namespace BayEdge.Simulator.Scenarios;

/// <summary>Brings the sightings of several sources, each in order of time, into one order.</summary>
internal sealed class SourceMerge(IEnumerable<IEnumerable<TimedSighting>> sources)
{
    public IEnumerable<TimedSighting> Sightings()
    {
        // What happens at the same instant comes in the order of the sources: the same every time.
        var heads = new PriorityQueue<Head, (long At, int Order)>();
        foreach (var source in sources)
        {
            var head = new Head(source.GetEnumerator(), heads.Count);
            heads.Enqueue(head, head.Source.MoveNext() ? head.Priority : (long.MaxValue, head.Order));
        }

        while (heads.TryPeek(out var head, out var priority) && priority.At != long.MaxValue)
        {
            yield return head.Source.Current;
            heads.DequeueEnqueue(head, head.Source.MoveNext() ? head.Priority : (long.MaxValue, head.Order));
        }
    }

    private sealed record Head(IEnumerator<TimedSighting> Source, int Order)
    {
        public (long At, int Order) Priority => (Source.Current.At.UtcTicks, Order);
    }
}
