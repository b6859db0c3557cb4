using System.Collections.Immutable;
using System.Text.Json;
using BayEdge.Contracts.Events;
using BayEdge.Contracts.Json;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Commissioning.Walk;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Service.Bays;

namespace BayEdge.Service.Commissioning;

/// <summary>Runs one walk test at a time: leads what happens at the bays and on the way to the central system into its judge.</summary>
internal sealed class WalkService(CommissioningKeeper keeper, TimeProvider bayClock) : BackgroundService, IBayObserver, ISightingObserver, IDeliveryListener
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private WalkState? _state;
    private BayLayout? _layout;
    private bool _linkIsUp;

    /// <summary>The test that runs, or ended last; null before the first.</summary>
    public WalkState? State
    {
        get
        {
            lock (_lock)
                return _state;
        }
    }

    /// <returns>False while another test runs.</returns>
    public bool Begin(WalkPlan plan, EdgeConfiguration configuration)
    {
        lock (_lock)
        {
            if (_state is { EndedAt: null })
                return false;
            _layout = new BayLayout(configuration);
            _state = WalkTest.Begin(plan with { Watched = WatchedBy.Of(configuration, plan.Bay) }, bayClock.Observe(), _linkIsUp);
        }

        keeper.Announce();
        return true;
    }

    public void DrivesOff() => Tell(now => new WalkDrivesOff(now));

    public void Stop() => Tell(now => new WalkStopped(now));

    public void Saw(Sighting sighting)
    {
        if (State is { EndedAt: null } && _layout?.BayOf(sighting) is { } bay)
            Tell(now => new WalkSaw(now, bay, sighting), announce: false);
    }

    public void Decided(Transition transition) => Tell(now => new WalkDecided(now, transition));

    public void BaysChanged(IReadOnlyList<BayStateMessage> bays)
    {
        // The decisions say as much.
    }

    public void StorageChanged(Phrase? fault)
    {
        // A decision is heard of when it is stored.
    }

    public void Connected(string broker) => LinkChanged(true);

    public void Disconnected(string reason) => LinkChanged(false);

    public void Confirmed(IReadOnlyList<OutboxEntry> entries)
    {
        if (State is not { EndedAt: null })
            return;
        var confirmed = entries.Select(Read).OfType<ConfirmedEvent>().ToImmutableArray();
        Tell(now => new WalkConfirmed(now, confirmed));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, bayClock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Tell(now => new WalkTimePassed(now));
    }

    private static ConfirmedEvent? Read(OutboxEntry entry)
    {
        var header = JsonSerializer.Deserialize(entry.Payload.Span, ContractsJson.Wire.CloudEventJsonElement)!;
        return EventTypes.IsVisit(header.Type) && header.Data.TryGetProperty("visitId", out var visit)
            ? new ConfirmedEvent(entry.Position, visit.GetString()!, header.Type)
            : null;
    }

    private void LinkChanged(bool isUp)
    {
        lock (_lock)
            _linkIsUp = isUp;
        Tell(now => new WalkLink(now, isUp));
    }

    private void Tell(Func<ObservedAt, WalkInput> input, bool announce = true)
    {
        WalkState? ended;
        IReadOnlyCollection<string> bays;
        lock (_lock)
        {
            if (_state is not { EndedAt: null })
                return;
            _state = WalkTest.Step(_state, input(bayClock.Observe()));
            (ended, bays) = (_state.EndedAt is null ? null : _state, _layout!.Bays);
        }

        if (ended is not null)
            keeper.Update(progress => progress.With(WalkTest.Result(ended), bays));
        else if (announce)
            keeper.Announce();
    }
}
