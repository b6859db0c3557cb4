using BayEdge.Core.Bays;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Core.Tags;
using BayEdge.Core.Timing;
using BayEdge.Service.Bays;
using BayEdge.Service.Commissioning;
using BayEdge.Service.Neighbours;
using BayEdge.Service.Status;

namespace BayEdge.Service.Sources;

/// <summary>Leads what one connection of a source sees into the bay loop.</summary>
/// <param name="filter">Which tags are those of vehicles.</param>
/// <param name="observers">Whoever else listens.</param>
/// <param name="gate">What of it reaches the bays; null for all.</param>
/// <param name="neighbours">Where the other devices of the site hear of what is read; null when they do not.</param>
internal sealed class SupervisedSink(
    string source,
    TagFilter filter,
    BayLoop loop,
    StatusBoard board,
    HeardTags heard,
    ContactStates contacts,
    ReadPlates plates,
    NeighbourBoard? neighbours,
    TimeProvider time,
    Action onReady,
    IEnumerable<ISightingObserver>? observers = null,
    ISightingGate? gate = null) : ISightingSink
{
    private Task _up = Task.CompletedTask;
    private bool _ready;
    private long _readyAt;

    /// <summary>How long ago the source became ready; zero when it never did.</summary>
    public TimeSpan UpFor => _ready ? time.GetElapsedTime(_readyAt) : TimeSpan.Zero;

    public void Ready()
    {
        if (_ready)
            return;
        (_ready, _readyAt) = (true, time.GetTimestamp());
        // A full channel serves its writers in their order, so this stands before every sighting that follows.
        _up = Report(SourceState.Up, CancellationToken.None).AsTask();
        board.SourceUp(source, time.GetUtcNow());
        onReady();
    }

    public async ValueTask PublishAsync(Sighting sighting, CancellationToken cancellationToken)
    {
        if (sighting is TagSighting tag)
        {
            var counts = filter.Admits(tag.Tag);
            heard.Saw(tag, counts);
            if (!counts)
            {
                board.CountIgnored(source);
                return;
            }

            neighbours?.Saw(tag);
        }

        if (sighting is PresenceSighting contact)
            contacts.Said(source, contact.Present);
        if (sighting is PlateSighting plate)
            plates.Saw(plate);
        board.CountSighting(source);
        foreach (var observer in observers ?? [])
            observer.Saw(sighting);
        if (gate?.Admits(sighting) == false)
            return;
        await loop.SendAsync(new SightingInput(sighting), cancellationToken);
    }

    /// <summary>From now on the source's silence means nothing.</summary>
    public async ValueTask DownAsync(Phrase reason, CancellationToken cancellationToken)
    {
        board.SourceDown(source, reason, time.GetUtcNow());
        contacts.Lost(source);
        if (!_ready)
            return;
        await _up;
        await Report(SourceState.Down, cancellationToken);
    }

    private ValueTask Report(SourceState state, CancellationToken cancellationToken) =>
        loop.SendAsync(new SightingInput(new SourceSighting(time.Observe(), source, state)), cancellationToken);
}
