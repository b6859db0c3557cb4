using BayEdge.Contracts.Events;

namespace BayEdge.Messaging.Publishing;

/// <summary>From where on the central system wants events again; an order outlives the connection that it came by.</summary>
internal sealed class ReplayOrder
{
    private readonly Lock _gate = new();
    private readonly Signal _given = new();
    private EventPosition? _from;

    public void Set(EventPosition from)
    {
        lock (_gate)
            _from = _from is { } earlier && earlier < from ? earlier : from;
        _given.Raise();
    }

    public EventPosition? Take()
    {
        lock (_gate)
        {
            var from = _from;
            _from = null;
            return from;
        }
    }

    public Task WaitAsync(CancellationToken cancellationToken) => _given.WaitAsync(cancellationToken);
}
