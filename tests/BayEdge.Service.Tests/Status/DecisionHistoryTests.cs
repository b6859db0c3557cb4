using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Timing;
using BayEdge.Service.Status;
using BayEdge.TestKit;

namespace BayEdge.Service.Tests.Status;

public sealed class DecisionHistoryTests
{
    private static readonly ObservedAt Eight = new(BayScenario.Time("08:00:00"), TimeSpan.FromHours(1));

    private readonly DecisionHistory _history = new();

    [Fact]
    public void A_bay_keeps_its_last_twenty_decisions_the_newest_first()
    {
        for (var number = 1; number <= 25; number++)
            _history.Decided(Entered("bay-01", $"visit-{number}"));

        Assert.Equal(Enumerable.Range(6, 20).Reverse().Select(number => $"visit-{number}"), _history.Of("bay-01").Select(decision => decision.VisitId));
    }

    [Fact]
    public void A_busy_bay_does_not_push_out_what_was_decided_in_another()
    {
        _history.Decided(Entered("bay-02", "quiet"));
        for (var number = 1; number <= 100; number++)
            _history.Decided(Entered("bay-01", $"visit-{number}"));

        Assert.Equal("quiet", Assert.Single(_history.Of("bay-02")).VisitId);
        Assert.Empty(_history.Of("bay-03"));
    }

    private static VehicleEntered Entered(string bay, string visit) => new(bay, visit, new Vehicle(), Eight, Eight, Eight, Eight, []);
}
