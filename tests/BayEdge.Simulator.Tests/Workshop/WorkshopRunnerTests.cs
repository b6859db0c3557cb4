using System.Collections.Concurrent;
using BayEdge.Simulator.Time;
using BayEdge.Simulator.Workshop;
using Microsoft.Extensions.Time.Testing;

namespace BayEdge.Simulator.Tests.Workshop;

public sealed class WorkshopRunnerTests
{
    private readonly FakeTimeProvider _realTime = new(Workshops.Morning);
    private readonly Tape _tape = new();

    [Fact(Timeout = 30_000)]
    public async Task Every_read_of_its_reader_is_handed_over_once_and_in_order()
    {
        var script = Workshops.OneVisit();
        var signals = new WorkshopSignals(script, seed: 1);
        var time = new AcceleratedTimeProvider(_realTime, 60);

        var expected = signals.Reads(Workshops.Morning, Workshops.Morning.AddMinutes(12)).ToList();
        await PlayAsync(
            new WorkshopRunner(script, signals, Readers(), time),
            TimeSpan.FromSeconds(12),
            () => _tape.Reads.Count == expected.Count,
            TestContext.Current.CancellationToken);

        Assert.Equal(expected, _tape.Reads);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_first_arrival_is_heard_within_seconds_of_the_start()
    {
        var time = new AcceleratedTimeProvider(_realTime, 1);
        var script = WorkshopScript.Generate(new WorkshopOptions(), time.GetUtcNow());

        await PlayAsync(
            new WorkshopRunner(script, new WorkshopSignals(script, seed: 1), Readers(), time),
            TimeSpan.FromSeconds(4),
            () => !_tape.Reads.IsEmpty,
            TestContext.Current.CancellationToken);

        Assert.Contains(_tape.Reads, read => read.Antenna == 1 && script.Visits[0].Vehicle.IsKnownAs(read.Epc));
    }

    [Fact]
    public void The_scene_is_that_of_the_workshops_clock()
    {
        var time = new AcceleratedTimeProvider(_realTime, 60);
        var script = Workshops.OneVisit();
        var runner = new WorkshopRunner(script, new WorkshopSignals(script, seed: 1), Readers(), time);
        Assert.Null(runner.CurrentScene("bay-02").Car);

        _realTime.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(1, runner.CurrentScene("bay-02").Car!.Approach);
        Assert.Equal(Workshops.Morning.AddMinutes(5), runner.CurrentScene("bay-02").At);
    }

    [Fact]
    public void A_bay_that_is_not_there_is_named_with_those_that_are()
    {
        var error = Assert.Throws<ArgumentException>(() => Workshops.OneVisit().Bay("bay-09"));

        Assert.StartsWith("The workshop has the bays bay-01, bay-02, bay-03, but not 'bay-09'.", error.Message, StringComparison.Ordinal);
    }

    private Dictionary<string, ITagReadSink> Readers() => new() { ["reader-1"] = _tape };

    // The runner's ticks are taken up by another thread, so the end is waited for, within bounds.
    private async Task PlayAsync(WorkshopRunner runner, TimeSpan realTime, Func<bool> played, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = runner.RunAsync(stop.Token);
        for (var passed = TimeSpan.Zero; passed < realTime; passed += WorkshopRunner.Tick)
        {
            _realTime.Advance(WorkshopRunner.Tick);
            await Task.Yield();
        }

        for (var wait = 0; wait < 1000 && !played(); wait++)
            await Task.Delay(10, cancellation);

        await stop.CancelAsync();
        await running;
    }

    private sealed class Tape : ITagReadSink
    {
        public ConcurrentQueue<TagRead> Reads { get; } = [];

        public void Report(int antenna, string epcHex, double rssiDbm, int count, DateTimeOffset lastSeen) =>
            Reads.Enqueue(new TagRead(lastSeen, "reader-1", antenna, epcHex, rssiDbm, count));
    }
}
