using BayEdge.Core.Bays;
using BayEdge.Core.Sightings;
using BayEdge.Simulator.Scenarios;

namespace BayEdge.Simulator.Tests.Scenarios;

public sealed class ScenarioStreamTests
{
    private static readonly Scenario Hard = Days.Of(Days.Hard);

    [Fact]
    public void Everything_comes_in_order_of_time()
    {
        var last = DateTimeOffset.MinValue;
        foreach (var input in Hard.Inputs())
        {
            Assert.True(input.At >= last);
            last = input.At;
        }

        Assert.True(last > Hard.End - TimeSpan.FromHours(3));
    }

    [Fact]
    public void The_same_seed_gives_the_same_sightings()
    {
        Assert.Equal(Fingerprint(Hard), Fingerprint(Hard));
        Assert.Equal(Fingerprint(Hard), Fingerprint(Days.Of(Days.Hard)));
        Assert.NotEqual(Fingerprint(Hard), Fingerprint(Days.Of(Days.Hard with { Seed = 8 })));
    }

    [Fact]
    public void The_sources_of_a_workshop_do_not_change_what_happens_in_it()
    {
        var tagsOnly = Days.Of(Days.Hard with { Sources = SourceSet.Tags });

        Assert.Equal(
            Hard.Visits.Select(visit => (visit.Bay, visit.EnteredAt, visit.LeftAt)),
            tagsOnly.Visits.Select(visit => (visit.Bay, visit.EnteredAt, visit.LeftAt)));
    }

    [Theory]
    [InlineData(SourceSet.Tags, typeof(TagSighting), typeof(SourceSighting))]
    [InlineData(SourceSet.Cameras, typeof(OccupancySighting), typeof(PlateSighting), typeof(SourceSighting))]
    [InlineData(SourceSet.All, typeof(OccupancySighting), typeof(PlateSighting), typeof(PresenceSighting), typeof(SourceSighting), typeof(TagSighting))]
    public void A_workshop_has_the_sources_that_were_asked_for(SourceSet sources, params Type[] kinds)
    {
        var noise = Days.Hard.Noise with { Contacts = Days.Hard.Noise.Contacts with { ContactShare = 1 } };
        var scenario = Days.Of(Days.Hard with { Sources = sources, Noise = noise });

        Assert.Equal(kinds.Select(kind => kind.Name).Order(), scenario.Sightings().Select(sighting => sighting.GetType().Name).Distinct().Order());
    }

    [Fact]
    public void Every_sighting_speaks_of_a_configured_bay()
    {
        var layout = new BayLayout(Hard.Configuration);

        Assert.DoesNotContain(Hard.Sightings(), sighting => sighting is not SourceSighting && layout.BayOf(sighting) is null);
    }

    [Fact]
    public void A_source_says_nothing_while_it_is_silent()
    {
        var silences = Hard.Silences.ToLookup(silence => silence.Source);
        Assert.Contains(Hard.Silences, silence => silence.ToldAt is null);
        Assert.Contains(Hard.Silences, silence => silence.ToldAt > silence.From);

        Assert.DoesNotContain(
            Hard.Inputs(),
            input => input.Sighting is { } and not SourceSighting
                && silences[input.Sighting.Source].Any(silence => silence.From <= input.At && input.At < silence.To));
    }

    [Fact]
    public void Every_silence_ends_with_the_source_coming_up_and_most_are_told_when_they_begin()
    {
        var told = Hard.All<SourceSighting>().Select(told => (told.At, told.Sighting.Source, told.Sighting.State)).ToHashSet();

        Assert.All(Hard.Silences, silence => Assert.Contains((silence.To, silence.Source, SourceState.Up), told));
        Assert.All(
            Hard.Silences.Where(silence => silence.ToldAt is not null),
            silence => Assert.Contains((silence.ToldAt!.Value, silence.Source, SourceState.Down), told));
    }

    [Fact]
    public void Nothing_reaches_the_device_while_it_does_not_run()
    {
        var scenario = Days.With(device => device with { PowerCutsPerDay = 4, RestartsPerDay = 4 });
        var inputs = scenario.Inputs().ToLookup(input => input.Interruption is not null);

        Assert.Equal(scenario.Interruptions, inputs[true].Select(input => input.Interruption!));
        Assert.Contains(scenario.Interruptions, off => off.PowerWasCut);
        Assert.Contains(scenario.Interruptions, off => !off.PowerWasCut);
        Assert.Contains(scenario.Interruptions, off => scenario.Visits.Any(visit => visit.EnteredAt < off.From && off.To < visit.LeftAt));
        Assert.DoesNotContain(inputs[false], input => scenario.Interruptions.Any(off => off.From <= input.At && input.At < off.To));
    }

    // An enumeration that made a whole day first would take minutes here.
    [Fact(Timeout = 30_000)]
    public async Task Sightings_are_made_while_they_are_read()
    {
        var year = Days.Of(Days.Hard with { Bays = 8, Duration = TimeSpan.FromDays(365) });
        var first = await Task.Run(() => year.Sightings().Take(1000).Count(), TestContext.Current.CancellationToken);

        Assert.Equal(1000, first);
    }

    private static int Fingerprint(Scenario scenario)
    {
        var hash = default(HashCode);
        foreach (var input in scenario.Inputs())
            hash.Add(input.Sighting is null ? input.Interruption!.GetHashCode() : input.Sighting.GetHashCode());
        return hash.ToHashCode();
    }
}
