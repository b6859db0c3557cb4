using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using BayEdge.Contracts.State;
using BayEdge.Core.Bays;
using BayEdge.Core.Recording;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.TestKit;

namespace BayEdge.Core.Tests.Recording;

public sealed class SegmentTests
{
    private static readonly ObservedAt Eight = new(BayScenario.Time("08:00:00"), TimeSpan.FromMinutes(10));

    public static TheoryData<TrackerInput, string> Inputs => new()
    {
        {
            new SightingInput(new TagSighting(Second(1), "reader-1", 1, "E280", -58.5, 3)),
            """{"at":"2026-03-02T08:00:01.000Z","kind":"tag","source":"reader-1","antenna":1,"tag":"E280","rssi":-58.5,"count":3}"""
        },
        { new TimePassed(Second(2)), """{"at":"2026-03-02T08:00:02.000Z","kind":"time"}""" },
        {
            new NeighbourHeard(Second(3), "pi-02", "bay-03", "E280", -61, 4, true),
            """{"at":"2026-03-02T08:00:03.000Z","kind":"neighbour","device":"pi-02","bay":"bay-03","tag":"E280","rssi":-61,"count":4,"visiting":true}"""
        },
        {
            new NeighbourHeard(Second(3), "pi-02", "bay-03", "E280", null, 4, false),
            """{"at":"2026-03-02T08:00:03.000Z","kind":"neighbour","device":"pi-02","bay":"bay-03","tag":"E280","count":4,"visiting":false}"""
        },
        {
            new PlateStated("bay-01", "bay-01-20260302T080000000Z", "沪AD12345"),
            """{"at":"2026-03-02T08:00:00.000Z","kind":"stated","bay":"bay-01","visit":"bay-01-20260302T080000000Z","plate":"沪AD12345"}"""
        },
        { new NeighboursReachable(Second(4), false), """{"at":"2026-03-02T08:00:04.000Z","kind":"neighbours","reachable":false}""" },
    };

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Every_input_is_written_as_documented_and_read_back(TrackerInput input, string line)
    {
        var lines = Write(writer => writer.Write(input));

        Assert.Equal(line, Assert.Single(lines.Skip(1)));
        Assert.Equal(input, Assert.IsType<InputLine>(Read(lines)[^1]).Input);
    }

    [Fact]
    public void A_list_of_expected_vehicles_is_written_and_read_back()
    {
        var lines = Write(writer => writer.Write(new VehiclesExpected([new ExpectedVehicle { Ref = "WO-1", Plate = "沪AD12345", Tags = ["E280"] }])));

        Assert.Equal(
            """{"at":"2026-03-02T08:00:00.000Z","kind":"vehicles","expected":{"vehicles":[{"ref":"WO-1","plate":"沪AD12345","tags":["E280"]}]}}""", lines[^1]);
        var vehicle = Assert.Single(Assert.IsType<VehiclesExpected>(Assert.IsType<InputLine>(Read(lines)[^1]).Input).Vehicles);
        Assert.Equal(("WO-1", "沪AD12345", "E280"), (vehicle.Ref, vehicle.Plate, Assert.Single(vehicle.Tags)));
    }

    [Fact]
    public void There_is_a_line_for_every_kind_of_input()
    {
        var kinds = typeof(TrackerInput).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(TrackerInput)));

        Assert.Equal(
            kinds.Order(new ByName()),
            Inputs.Select(row => row.Data.Item1.GetType()).Append(typeof(VehiclesExpected)).Distinct().Order(new ByName()));
    }

    [Fact]
    public void What_is_heard_late_says_by_how_much_and_the_times_do_not_decrease()
    {
        var lines = Write(writer =>
        {
            writer.Write(Presence(Second(5)));
            writer.Write(Presence(Second(4.65)));
        });

        Assert.Equal("""{"at":"2026-03-02T08:00:05.000Z","kind":"presence","source":"loop-1","present":true,"late":350}""", lines[^1]);
        Assert.Equal(Presence(Second(4.65)), Assert.IsType<InputLine>(Read(lines)[^1]).Input);
    }

    [Fact]
    public void After_a_step_of_the_clock_the_times_run_on_and_a_line_says_how_far_the_clock_is_ahead()
    {
        var stepped = Second(1) with { Wall = Eight.Wall.AddHours(-2) };

        var lines = Write(writer => writer.Write(Presence(stepped)));

        Assert.Equal(
            [
                """{"at":"2026-03-02T08:00:00.000Z","kind":"clock","ahead":-7201000}""",
                """{"at":"2026-03-02T08:00:01.000Z","kind":"presence","source":"loop-1","present":true}""",
            ],
            lines.Skip(1));
        Assert.Equal(Presence(stepped), Assert.IsType<InputLine>(Read(lines)[^1]).Input);
    }

    [Fact]
    public void An_instant_between_two_milliseconds_comes_back_to_the_tick()
    {
        var between = new ObservedAt(Eight.Wall.AddTicks(12_345), Eight.Monotonic + TimeSpan.FromTicks(12_349));

        Assert.Equal(Presence(between), Assert.IsType<InputLine>(Read(Write(writer => writer.Write(Presence(between))))[^1]).Input);
    }

    [Fact]
    public void A_segment_that_is_whole_ends_with_the_end_line_of_a_sighting_log()
    {
        var lines = Write(writer => writer.End(Second(60)));

        Assert.Equal("""{"at":"2026-03-02T08:01:00.000Z","kind":"end"}""", lines[^1]);
        Assert.Equal(new SegmentEndLine(Second(60)), Read(lines)[^1]);
    }

    [Fact]
    public void The_first_line_keeps_configuration_sources_and_expected_vehicles()
    {
        var start = Assert.IsType<SegmentStartLine>(Read(Write(_ => { }))[0]).Start;

        Assert.Equal(("1.0.0", 12, 11), (start.Product, start.Number, start.Follows));
        Assert.Equal((Eight, "boot-1", false), (start.State.Now, start.State.BootId, start.State.IsStart));
        Assert.Equal(["bay-01", "bay-02"], start.Configuration.Bays.Select(bay => bay.Id));
        Assert.Equal(["reader-1", "cam-1", "cam-2", "loop-1", "loop-2"], start.Configuration.Sources.Select(source => source.Id));
        Assert.Equal("WO-1", Assert.Single(start.State.Expected).Ref);
        Assert.True(start.State.Sources!.Values.All(source => source.Up));
    }

    [Theory]
    [InlineData("nonsense", "expected one JSON object as this version writes it, but something is missing or of another kind (line 1, byte 2)")]
    [InlineData("[]", "expected a JSON object, but found something else")]
    [InlineData("""{"at":"2026-03-02T08:00:00Z","kind":"smell"}""", "expected a kind of the sighting log or of a recording, but found 'smell'")]
    [InlineData("""{"at":"0001-01-01T00:00:00Z","kind":"time","late":1000}""", "expected a time of the years 1900 to 2500, but found the year 1")]
    [InlineData("""{"at":"2026-03-02T08:00:00Z","kind":"time","late":1e30}""", "expected 'late' to be a number of milliseconds, but found 1e30")]
    [InlineData("""{"at":"2026-03-02T08:00:00Z","kind":"clock"}""", "expected 'ahead' to be a number of milliseconds, but found nothing")]
    [InlineData("""{"at":"2026-03-02T08:00:00Z","kind":"neighbours"}""", "expected 'reachable' to be true or false, but found nothing")]
    [InlineData("""{"at":"2026-03-02T08:00:00Z","kind":"vehicles","expected":[]}""", "expected 'expected' to be an object in { }, but found []")]
    [InlineData(
        """{"at":"2026-03-02T08:00:00Z","kind":"\ud800"}""",
        "expected one JSON object as this version writes it, but a text in it holds half a character")]
    public void A_line_that_cannot_be_read_is_told_in_a_sentence(string line, string sentence) =>
        Assert.Equal(sentence, Assert.IsType<UnreadableSegmentLine>(Read([.. Write(_ => { }), line])[^1]).Message);

    [Fact]
    public void A_line_before_the_start_of_the_segment_cannot_be_dated() => Assert.Equal(
        "expected a segment to begin with a line of kind recording, but found 'time'",
        Assert.IsType<UnreadableSegmentLine>(new SegmentReader().Read("""{"at":"2026-03-02T08:00:00Z","kind":"time"}""")).Message);

    [Fact]
    public void A_start_of_which_something_is_missing_is_unreadable()
    {
        var line = JsonNode.Parse(Write(_ => { })[0])!;
        line["start"]!["state"]!.AsObject().Remove("now");

        Assert.Contains("$.state", Assert.IsType<UnreadableSegmentLine>(new SegmentReader().Read(line.ToJsonString())).Message, StringComparison.Ordinal);
    }

    private static ObservedAt Second(double second) => Eight + TimeSpan.FromSeconds(second);

    private static SightingInput Presence(ObservedAt at) => new(new PresenceSighting(at, "loop-1", true));

    private static List<string> Write(Action<SegmentWriter> write)
    {
        var configuration = Workshop.WithBays(2, new ExpectedVehicle { Ref = "WO-1", Tags = ["E280"] });
        var state = TrackerState.Start(new BayLayout(configuration), configuration.Vehicles, Eight);
        var output = new ArrayBufferWriter<byte>();
        var writer = new SegmentWriter(output, new SegmentStart
        {
            Product = "1.0.0", Number = 12, Follows = 11, Configuration = configuration, State = RecordedState.Of(state, "boot-1"),
        });
        write(writer);
        var text = Encoding.UTF8.GetString(output.WrittenSpan);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        return [.. text[..^1].Split('\n')];
    }

    private static List<SegmentLine> Read(IEnumerable<string> lines)
    {
        var reader = new SegmentReader();
        return [.. lines.Select(reader.Read)];
    }

    private sealed class ByName : IComparer<Type>
    {
        public int Compare(Type? left, Type? right) => string.CompareOrdinal(left?.Name, right?.Name);
    }
}
