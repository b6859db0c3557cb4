using BayEdge.Central.Conformance;
using BayEdge.Contracts.Consuming;
using BayEdge.Contracts.Events;

namespace BayEdge.Central.Tests.Conformance;

public sealed class VisitComparisonTests
{
    private const string Right =
        """
        {"visitId":"conformance-8-a","bay":"bay-01","plate":"沪AD1","ref":"WO-1","enteredAt":"2026-03-02T08:00:00+08:00",
         "leftAt":"2026-03-02T01:00:00.0004Z","occupiedSeconds":3600.0001}
        """;

    private static readonly DateTimeOffset Entered = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private static readonly Visit Finished = new()
    {
        Site = "sh-01",
        Device = "pi-77",
        VisitId = "conformance-8-a",
        Bay = "bay-01",
        Vehicle = new Vehicle { Plate = "沪A\0D1", Ref = "WO-1" },
        Entered = new VisitMoment(Entered, null, null),
        Left = new VisitMoment(Entered.AddHours(1), null, null),
        OccupiedSeconds = 3600,
    };

    private static readonly Visit Retracted = Finished with { VisitId = "conformance-8-b", IsRetracted = true };

    [Theory]
    [InlineData($"[{Right}]")]
    [InlineData($$"""{"visits":[{{Right}},{"visitId":"conformance-8-b","retracted":true}],"exportedBy":"us"}""")]
    [InlineData($$"""[{{Right}},{"visitId":"conformance-6-of-a-run-before"},{"visitId":"real-visit","mood":1},{}]""")]
    public void Visits_that_say_the_same_do_not_differ(string json) => Assert.Empty(VisitComparison.Differences(json, [Finished, Retracted]));

    [Theory]
    [InlineData("[]", "visit conformance-8-a is missing")]
    [InlineData($"[{Right},{Right}]", "visit conformance-8-a is there 2 times")]
    [InlineData($$"""[{{Right}},{"visitId":"conformance-8-b"}]""", "visit conformance-8-b was retracted and still stands")]
    [InlineData($$"""[{{Right}},{"visitId":"conformance-8-c"}]""", "visit conformance-8-c was never sent")]
    public void A_visit_that_is_missing_doubled_invented_or_taken_back_is_named(string json, string expected) =>
        Assert.Equal([expected], VisitComparison.Differences(json, [Finished, Retracted]));

    [Theory]
    [InlineData("\"bay-01\"", "\"bay-02\"", "has the bay 'bay-02' instead of 'bay-01'")]
    [InlineData("沪AD1", "?AD1", "has the plate '?AD1' instead of '沪AD1'")]
    [InlineData("WO-1", "", "has the ref '' instead of 'WO-1'")]
    [InlineData("T08:00:00+08", "T08:00:01+08", "has the enteredAt 2026-03-02T08:00:01.0000000+08:00 instead of 2026-03-02T00:00:00.0000000+00:00")]
    [InlineData("3600.0001", "3601", "lasted 3601 instead of 3600 seconds")]
    [InlineData("3600.0001", "3600,\"retracted\":true", "is retracted, though nobody said so")]
    public void What_differs_within_a_visit_is_named(string right, string wrong, string expected) => Assert.Equal(
        [$"visit conformance-8-a {expected}"],
        VisitComparison.Differences($"[{Right.Replace(right, wrong, StringComparison.Ordinal)}]", [Finished, Retracted]));
}
