using BayEdge.Core.Sightings;
using BayEdge.Simulator.Scenarios;
using BayEdge.Simulator.Workshop;

namespace BayEdge.Simulator.Tests.Scenarios;

public sealed class ContactSignalsTests
{
    private static readonly Scenario Hard = Days.Of(Days.Hard with
    {
        Duration = TimeSpan.FromDays(4),
        Noise = Days.Hard.Noise with { Contacts = Days.Hard.Noise.Contacts with { ContactShare = 1 } },
    });

    private static readonly ILookup<string, (DateTimeOffset At, PresenceSighting Sighting)> Changes =
        Hard.All<PresenceSighting>().ToLookup(change => change.Sighting.Source);

    [Fact]
    public void A_contact_tells_when_a_vehicle_crosses_the_line()
    {
        var visits = Hard.Visits.Where(visit => Works(visit, visit.EnteredAt) && Works(visit, visit.LeftAt)).ToList();

        Assert.NotEmpty(visits);
        Assert.All(visits, visit =>
        {
            Assert.Contains(ChangesAt(visit), change => change.At == visit.EnteredAt && change.Sighting.Present);
            Assert.Contains(ChangesAt(visit), change => change.At == visit.LeftAt && !change.Sighting.Present);
        });
    }

    [Fact]
    public void A_contact_chatters_while_a_vehicle_drives_over_it() => Assert.Contains(
        Hard.Visits, visit => ChangesAt(visit).Count(change => (change.At - visit.EnteredAt).TotalSeconds is >= 0 and < 6) >= 5);

    [Fact]
    public void A_contact_opens_for_a_moment_under_a_parked_vehicle() => Assert.Contains(
        Hard.Visits, visit => ChangesAt(visit).Any(change => !change.Sighting.Present && visit.IsParkedAt(change.At) && Works(visit, change.At)));

    [Fact]
    public void A_contact_closes_for_a_trolley_in_an_empty_bay() => Assert.Contains(
        Hard.Bays, bay => Changes[Loop(bay)].Any(change => change.Sighting.Present && !Hard.Visits.Any(
            visit => visit.Bay == bay && visit.EnteredAt <= change.At && change.At <= visit.LeftAt.AddSeconds(10))));

    [Fact]
    public void A_contact_that_is_connected_again_says_how_it_stands() => Assert.All(
        Hard.Silences.Where(silence => silence.Source.StartsWith("loop-", StringComparison.Ordinal)),
        silence => Assert.Contains(Changes[silence.Source], change => change.At == silence.To));

    private static IEnumerable<(DateTimeOffset At, PresenceSighting Sighting)> ChangesAt(TrueVisit visit) => Changes[Loop(visit.Bay)];

    private static bool Works(TrueVisit visit, DateTimeOffset at) =>
        Hard.Silences.All(silence => silence.Source != Loop(visit.Bay) || at < silence.From || at > silence.To.AddSeconds(1));

    private static string Loop(SimulatedBay bay) => $"loop-{bay.Index + 1}";
}
