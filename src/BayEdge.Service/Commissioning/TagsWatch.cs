namespace BayEdge.Service.Commissioning;

/// <summary>Whether any page looks at what the readers hear.</summary>
internal sealed class TagsWatch
{
    private int _pages;

    public bool IsWatched => Volatile.Read(ref _pages) > 0;

    public void Opened() => Interlocked.Increment(ref _pages);

    public void Closed() => Interlocked.Decrement(ref _pages);
}
