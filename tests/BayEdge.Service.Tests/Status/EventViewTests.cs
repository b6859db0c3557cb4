using System.Text.Json;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Timing;
using BayEdge.Service.Status;
using BayEdge.TestKit;

namespace BayEdge.Service.Tests.Status;

public sealed class EventViewTests
{
    private static readonly Vehicle Known = new() { Plate = "沪AD12345" };
    private static readonly ObservedAt Came = new(BayScenario.Time("08:00:00"), TimeSpan.FromHours(1));
    private static readonly ObservedAt Went = Came + TimeSpan.FromMinutes(10);

    public static TheoryData<string, Transition, double?, string?> Transitions => new()
    {
        { "entered", new VehicleEntered("bay-01", "visit-1", Known, Came, Came, Came, Came, []), null, null },
        { "identified", new VehicleIdentified("bay-01", "visit-1", Known, Came, Came, Came, Came, []), null, null },
        { "left", new VehicleLeft("bay-01", "visit-1", Known, Went, Went, Went, Went, [], Came), 600, null },
        { "corrected", new VisitCorrected("bay-01", "visit-1", Known, Came, Came, Came, Went, [], null, false, new Phrase("why", "seen earlier")), null, "seen earlier" },
        { "corrected", new VisitCorrected("bay-01", "visit-1", Known, Went, Went, Went, Went, [], Came, false, new Phrase("why", "seen later")), 600, "seen later" },
        { "stillPresent", new VisitCorrected("bay-01", "visit-1", Known, Came, Came, Came, Went, [], null, true, new Phrase("why", "read again")), null, "read again" },
        { "retracted", new VisitRetracted("bay-01", "visit-1", Known, Came, Came, Came, Went, [], new Phrase("why", "a reflection")), null, "a reflection" },
    };

    [Theory]
    [MemberData(nameof(Transitions))]
    public void The_page_shows_every_decision_by_a_name_that_both_languages_have(string kind, Transition transition, double? seconds, string? reason)
    {
        var shown = EventView.Of(transition);

        Assert.Equal((kind, seconds, reason), (shown.Kind, shown.OccupiedSeconds, shown.Reason?.Text));
        foreach (var language in (string[])["en", "zh-CN"])
        {
            using var texts = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("src", "BayEdge.Service", "wwwroot", "i18n", $"{language}.json")));
            Assert.True(texts.RootElement.TryGetProperty(kind, out _), $"{language} has no '{kind}'");
        }
    }
}
