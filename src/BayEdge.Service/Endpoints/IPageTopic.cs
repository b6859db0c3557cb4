namespace BayEdge.Service.Endpoints;

/// <summary>Something that a page may watch. Registered as a service, it can be asked for with <c>GET /api/events?topics=NAME,...</c>.</summary>
internal interface IPageTopic
{
    /// <summary>Names the topic in the request, and its messages in the stream.</summary>
    string Name { get; }

    /// <summary>Who alone may watch it, of <see cref="Access.Roles"/>; null for everybody.</summary>
    string? Role => null;

    /// <summary>The present state at once, then whatever changes; each message is one line of JSON. Ends when cancelled.</summary>
    IAsyncEnumerable<string> WatchAsync(CancellationToken cancellationToken);
}
