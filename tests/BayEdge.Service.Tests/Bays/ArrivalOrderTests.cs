using BayEdge.Core.Bays;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Service.Bays;
using BayEdge.TestKit;

namespace BayEdge.Service.Tests.Bays;

public sealed class ArrivalOrderTests
{
    private const string Tag = "E28068940000501234567890";

    private static readonly TrackerState Empty = TrackerState.Start(new BayLayout(Workshop.WithBays(1)), [], At(0));

    private readonly ArrivalOrder _order = new();

    [Fact]
    public void What_a_neighbour_heard_comes_between_the_own_sightings_before_and_after_it()
    {
        Add(Sighting(3), Neighbour(2), Reachability(2.5), Sighting(1));

        Assert.Equal([Sighting(1), Neighbour(2), Reachability(2.5), Sighting(3)], TakeAll(Empty, settled: 0));
    }

    [Fact]
    public void What_a_neighbour_heard_after_a_deadline_waits_until_the_deadline_is_settled()
    {
        var occupied = WithDeadline(out var deadline);
        Add(Neighbour(deadline + 1), Sighting(deadline + 2));

        Assert.Empty(TakeAll(occupied, settled: deadline - 1));

        // A late sighting still comes before both, and the neighbour's word before the sighting that follows it.
        Add(Sighting(deadline - 1));
        Assert.Equal(Sighting(deadline - 1), _order.Next(occupied, At(deadline - 1)));
        Assert.IsType<TimePassed>(_order.Next(occupied, At(deadline)));
        Assert.Equal([Neighbour(deadline + 1), Sighting(deadline + 2)], TakeAll(Empty, settled: deadline));
    }

    [Fact]
    public void What_is_seen_at_the_very_instant_of_a_deadline_is_told_before_the_deadline_is_met()
    {
        var occupied = WithDeadline(out var deadline);
        Add(Sighting(deadline));

        Assert.Equal(Sighting(deadline), _order.Next(occupied, At(deadline + 1)));
    }

    [Fact]
    public void What_is_of_no_instant_does_not_wait()
    {
        Assert.False(_order.TryAdd(new VehiclesExpected([])));
        Assert.Empty(TakeAll(Empty, settled: 0));
    }

    /// <summary>A bay with a vehicle that is no longer read: the tracker waits for the moment to believe that it has gone.</summary>
    private static TrackerState WithDeadline(out double seconds)
    {
        var state = Empty;
        for (var second = 0; second < 10; second++)
            state = BayTracker.Step(state, Sighting(second)).State;
        seconds = state.NextDeadline!.Value.Monotonic.TotalSeconds;
        return state;
    }

    private static ObservedAt At(double seconds) => new(BayScenario.Time("08:00:00") + TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds));

    private static SightingInput Sighting(double at) => new(new TagSighting(At(at), Workshop.Reader, 1, Tag, -55, 1));

    private static NeighbourHeard Neighbour(double at) => new(At(at), "pi-02", "bay-01", Tag, -55, 1, IsVisiting: false);

    private static NeighboursReachable Reachability(double at) => new(At(at), Reachable: true);

    private void Add(params TrackerInput[] inputs) => Assert.All(inputs, input => Assert.True(_order.TryAdd(input)));

    private List<TrackerInput> TakeAll(TrackerState state, double settled)
    {
        var taken = new List<TrackerInput>();
        while (_order.Next(state, At(settled)) is { } next)
            taken.Add(next);
        return taken;
    }
}
