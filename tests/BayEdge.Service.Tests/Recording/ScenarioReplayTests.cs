using System.Text;
using BayEdge.Contracts.Events;
using BayEdge.Core.Bays;
using BayEdge.Core.Delivery;
using BayEdge.Service.Commands;
using BayEdge.Simulator.Scenarios;
using BayEdge.Storage.Recording;
using BayEdge.TestKit;

namespace BayEdge.Service.Tests.Recording;

/// <summary>Whole days of an invented workshop: what the device decided, and what the replay of its recording decides.</summary>
public sealed class ScenarioReplayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 240_000)]
    [InlineData(1, SourceSet.All)]
    [InlineData(2, SourceSet.All)]
    [InlineData(3, SourceSet.Tags)]
    [InlineData(4, SourceSet.Cameras)]
    public async Task A_day_with_restarts_power_cuts_and_clock_steps_is_decided_again_exactly(int seed, SourceSet sources)
    {
        var scenario = Turbulent(seed, sources);
        await using var device = new RecordedDevice(scenario, _folder.Path);
        await device.RunAsync(Cancellation);

        using var errors = new StringWriter();
        using var events = new StringWriter { NewLine = "\n" };
        var isRight = await new RecordingReplay(events, errors).RunAsync(RecordedSegment.In(_folder.Path), Cancellation);

        Assert.Contains(scenario.Interruptions, interruption => interruption.PowerWasCut);
        Assert.Contains(scenario.Interruptions, interruption => !interruption.PowerWasCut);
        Assert.NotEmpty(device.Decided.OfType<VehicleLeft>());
        Assert.Equal(Events(scenario, device.Decided), events.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Contains($"recorded by version {Replays.Product}", line, StringComparison.Ordinal));
        Assert.True(isRight);
    }

    [Fact(Timeout = 240_000)]
    public async Task A_replay_that_begins_with_any_segment_decides_the_rest_of_the_day_exactly()
    {
        var scenario = Turbulent(5, SourceSet.Tags);
        await using var device = new RecordedDevice(scenario, _folder.Path);
        await device.RunAsync(Cancellation);
        var all = Events(scenario, device.Decided);
        var segments = RecordedSegment.In(_folder.Path).Select(segment => segment with { Lines = [.. segment.Lines] }).ToList();
        Assert.InRange(segments.Count, 15, 100);

        for (var first = 0; first < segments.Count; first += 6)
        {
            var (decided, remarks) = Replays.Of(segments.Skip(first));

            Assert.Empty(remarks);
            Assert.Equal(device.Decided.TakeLast(decided.Count).Select(Replays.Tell), decided.Select(Replays.Tell));
            Assert.InRange(decided.Count, first == 0 ? all.Count : 0, all.Count);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static Scenario Turbulent(int seed, SourceSet sources) => Scenario.Create(new ScenarioOptions
    {
        Seed = seed,
        Bays = 2,
        Duration = TimeSpan.FromHours(16),
        Sources = sources,
        Noise = ScenarioNoise.Hard with
        {
            Device = ScenarioNoise.Hard.Device with { RestartsPerDay = 6, PowerCutsPerDay = 4, ClockStepsPerDay = 12 },
        },
        Traffic = new TrafficOptions { LongStayShare = 0, LongestEmpty = TimeSpan.FromMinutes(30) },
    });

    private static IReadOnlyList<string> Events(Scenario scenario, IEnumerable<Transition> transitions)
    {
        var composer = new EventComposer(scenario.Configuration.Site, scenario.Configuration.Device);
        var clock = new ClockInfo(ClockState.Synced, 0, "replay");
        return [.. transitions.Select((transition, index) => Encoding.UTF8.GetString(composer.Compose(transition, clock).Compose(new EventPosition(1, index + 1))))];
    }
}
