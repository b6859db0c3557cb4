using BayEdge.Core.Commissioning.Rules;
using BayEdge.Core.Configuration;
using BayEdge.Service.Commissioning.Rules;
using BayEdge.Service.Tests.Recording;
using BayEdge.Simulator.Scenarios;
using BayEdge.Storage.Recording;
using BayEdge.TestKit;

namespace BayEdge.Service.Tests.Commissioning.Rules;

public sealed class ReplayedSegmentsTests
{
    private static readonly Scenario Day = Scenario.Create(new ScenarioOptions { Seed = 4, Sources = SourceSet.Tags, Duration = TimeSpan.FromHours(16) });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task The_rules_that_held_come_out_alike_and_more_careful_ones_tell_departures_later()
    {
        using var folder = new TemporaryFolder();
        await using var device = new RecordedDevice(Day, folder.Path);
        await device.RunAsync(Cancellation);
        var segments = ReplayedSegments.Since(DateTimeOffset.MinValue, RecordedSegment.In(folder.Path));

        var (present, again, careful) = (Play(segments, new()), Play(segments, new()), Play(segments, new() { Departures = Caution.Careful }));

        Assert.True(present.Departures > 5, $"{present.Departures} departures");
        Assert.Empty(RuleComparison.Of(present, again).Differences);
        Assert.True(careful.UsualDepartureDelay > present.UsualDepartureDelay, $"{careful.UsualDepartureDelay} is not longer than {present.UsualDepartureDelay}");
    }

    [Fact(Timeout = 120_000)]
    public async Task Of_a_long_recording_only_the_end_is_replayed_and_comes_out_as_in_the_whole()
    {
        using var folder = new TemporaryFolder();
        await using var device = new RecordedDevice(Day, folder.Path);
        await device.RunAsync(Cancellation);
        var from = Day.End - TimeSpan.FromHours(3);
        var all = RecordedSegment.In(folder.Path).ToList();
        var read = new HashSet<string>();
        var watched = all.Select(segment => segment with { Lines = Watch(segment, read) });

        var end = Play(ReplayedSegments.Since(from, watched), new());

        Assert.True(all.Count > 3, $"{all.Count} segments");
        Assert.DoesNotContain(all[0].Name, read);
        var whole = Play(ReplayedSegments.Since(DateTimeOffset.MinValue, all), new());
        Assert.Equal(whole.Visits.Where(visit => visit.IsToldSince(from)).Select(visit => (visit.VisitId, visit.Left)), end.Visits.Select(visit => (visit.VisitId, visit.Left)));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_segment_that_makes_room_meanwhile_is_left_out_and_all_rules_decide_over_the_rest()
    {
        using var folder = new TemporaryFolder();
        await using var device = new RecordedDevice(Day, folder.Path);
        await device.RunAsync(Cancellation);
        var all = RecordedSegment.In(folder.Path).ToList();
        var segments = ReplayedSegments.Since(DateTimeOffset.MinValue, all);
        File.Delete(Directory.GetFiles(folder.Path, all[0].Name, SearchOption.AllDirectories).Single());

        var outcomes = segments.Play([new(), new()], Cancellation)!;

        Assert.True(outcomes[0].Departures > 3, $"{outcomes[0].Departures} departures");
        Assert.Empty(RuleComparison.Of(outcomes[0], outcomes[1]).Differences);
    }

    private static ReplayOutcome Play(ReplayedSegments segments, RulesConfiguration rules) => segments.Play([rules], Cancellation)![0];

    private static IEnumerable<string> Watch(RecordedSegment segment, HashSet<string> read)
    {
        foreach (var line in segment.Lines)
        {
            read.Add(segment.Name);
            yield return line;
        }
    }
}
