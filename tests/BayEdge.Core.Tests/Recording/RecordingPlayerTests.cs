using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Recording;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.TestKit;

namespace BayEdge.Core.Tests.Recording;

/// <summary>What a replay says when it cannot be what the device decided.</summary>
public sealed class RecordingPlayerTests
{
    private const string Tag = "E28068940000501234567890";

    private static readonly ObservedAt Eight = new(BayScenario.Time("08:00:00"), TimeSpan.FromMinutes(10));

    [Fact]
    public void A_recording_as_it_was_made_is_replayed_without_a_word()
    {
        var recorded = TwoSegments();

        var (decided, remarks) = RecordedDay.Replay(recorded.Segments);

        Assert.Equal(["VehicleEntered", "VehicleLeft"], decided.Select(transition => transition.GetType().Name));
        Assert.Empty(remarks);
    }

    [Fact]
    public void Where_a_line_was_changed_the_next_segment_finds_that_the_replay_knows_other_things()
    {
        var segments = TwoSegments().Segments;
        var changed = segments[0].LastIndexOf("\"rssi\":-55", StringComparison.Ordinal);

        var (decided, remarks) = RecordedDay.Replay([segments[0][..changed] + "\"rssi\":-75" + segments[0][(changed + "\"rssi\":-55".Length)..], segments[1]]);

        Assert.Equal(
            new Remark("segment 1: the replay has come to know other things than the device; from here on it goes on with what the device knew", IsWrong: true),
            Assert.Single(remarks));
        Assert.Equal(2, decided.Count);
    }

    [Fact]
    public void Under_other_rules_the_same_recording_is_decided_otherwise_and_nothing_is_wrong_with_that()
    {
        var segments = TwoSegments().Segments;

        var (decided, remarks) = RecordedDay.Replay(segments, new RulesConfiguration { Departures = Caution.Prompt });

        Assert.Equal(["VehicleEntered", "VehicleLeft"], decided.Select(transition => transition.GetType().Name));
        Assert.True(decided[1].DecidedAt.Monotonic < RecordedDay.Replay(segments).Decided[1].DecidedAt.Monotonic);
        Assert.Empty(remarks);
    }

    [Fact]
    public void Where_a_replay_begins_anew_it_says_which_visits_the_device_had()
    {
        var recorded = new RecordedDay(Eight);
        for (var second = 1; second <= 120; second++)
            recorded.Take(new SightingInput(new TagSighting(Eight + TimeSpan.FromSeconds(second), Workshop.Reader, 1, Tag, -55, 1)));
        recorded.BeginNextSegment();
        recorded.Restart(Eight + TimeSpan.FromMinutes(3));
        recorded.End();
        var player = new RecordingPlayer(RecordedDay.Product);
        var begins = new List<BegunAnew>();
        foreach (var segment in recorded.Segments)
        {
            player.BeginSegment();
            begins.AddRange(segment.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => player.Play(line).Begins).OfType<BegunAnew>());
        }

        Assert.Equal(3, recorded.Segments.Count);
        Assert.Equal([0, 1], begins.Select(begin => begin.Standing.Length));
        Assert.Equal(Assert.Single(recorded.Decided).VisitId, begins[1].Standing[0].VisitId);
    }

    [Fact]
    public void A_recording_of_before_there_were_rules_is_replayed_under_those_that_held()
    {
        var segments = TwoSegments().Segments.Select(segment => Regex.Replace(segment, ",\"rules\":\\{[^}]*\\}", "")).ToList();

        var (decided, remarks) = RecordedDay.Replay(segments);

        Assert.DoesNotContain("rules", segments[0], StringComparison.Ordinal);
        Assert.Equal(RecordedDay.Replay(TwoSegments().Segments).Decided.Select(RecordedDay.Tell), decided.Select(RecordedDay.Tell));
        Assert.Empty(remarks);
    }

    [Fact]
    public void A_segment_that_breaks_off_leaves_a_gap_which_is_told()
    {
        var segments = TwoSegments().Segments;
        var torn = segments[0][..segments[0].LastIndexOf("{\"at\"", StringComparison.Ordinal)];

        var (_, remarks) = RecordedDay.Replay([torn, segments[1]]);

        Assert.Equal(new Remark("segment 1: the recording has a gap before it; what was decided in the gap is missing", IsWrong: false), Assert.Single(remarks));
    }

    [Fact]
    public void A_line_that_cannot_be_read_is_told_and_skipped()
    {
        var segments = TwoSegments().Segments;

        var (decided, remarks) = RecordedDay.Replay([segments[0], segments[1] + "{\"at\":"]);

        Assert.Equal(2, decided.Count);
        Assert.Equal(
            new Remark("expected one JSON object as this version writes it, but something is missing or of another kind (line 1, byte 7); the line is skipped", IsWrong: true),
            Assert.Single(remarks));
    }

    [Fact]
    public void A_recording_of_another_version_is_told_once()
    {
        var player = new RecordingPlayer("2.0.0");
        var remarks = new List<Remark>();
        foreach (var segment in TwoSegments().Segments)
        {
            player.BeginSegment();
            remarks.AddRange(segment.Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(line => player.Play(line).Remarks));
        }

        Assert.Equal(new Remark("recorded by version 1.0.0, replayed by 2.0.0: the decisions may differ", IsWrong: false), Assert.Single(remarks));
    }

    [Fact]
    public void A_snapshot_that_this_version_cannot_read_is_told_and_the_bays_begin_empty()
    {
        var lines = TwoSegments().Segments[1].Split('\n');
        var start = JsonNode.Parse(lines[0])!;
        start["start"]!["state"]!["snapshot"] = Convert.ToBase64String("{}"u8);

        var (decided, remarks) = RecordedDay.Replay([string.Join('\n', [start.ToJsonString(), .. lines[1..]])]);

        Assert.Empty(decided);
        Assert.Equal(
            "segment 1: expected a snapshot of the bays that this version can read, but it was written by version 1.0.0; replay it with that version, "
            + "for here the bays begin empty",
            Assert.Single(remarks).Text);
    }

    // The vehicle comes in the first segment and goes in the second.
    private static RecordedDay TwoSegments()
    {
        var recorded = new RecordedDay(Eight);
        for (var second = 1; second <= 120; second++)
            recorded.Take(new SightingInput(new TagSighting(Eight + TimeSpan.FromSeconds(second), Workshop.Reader, 1, Tag, -55, 1)));
        recorded.BeginNextSegment();
        recorded.Take(new TimePassed(Eight + TimeSpan.FromMinutes(30)));
        recorded.End();
        return recorded;
    }
}
