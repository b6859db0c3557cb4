using BayEdge.Core.Bays;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;
using BayEdge.Core.Drivers;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Drivers.Llrp;
using BayEdge.Service.Bays;
using BayEdge.Service.Sources;
using BayEdge.Service.Status;
using BayEdge.Service.Tests.Timing;
using BayEdge.Simulator.Readers;
using Microsoft.Extensions.Logging.Abstractions;

namespace BayEdge.Service.Tests.Sources;

public sealed class GatedReaderTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_reader_rests_while_its_contact_says_that_nobody_is_there_and_says_why()
    {
        var time = TimeProvider.System;
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), time);
        var contact = new Contact();
        var configuration = new EdgeConfiguration
        {
            Site = "s", Device = "d", Bays = [new BayConfiguration("bay-01", "1")],
            Readers =
            [
                new ReaderConfiguration(
                    "reader-1", "llrp",
                    DriverSettings.Of(("address", reader.Address), ("session", "S1"), ("keepAliveSeconds", "10"), ("identity", "EPC")),
                    [new AntennaConfiguration(1, "bay-01")])
                {
                    Gate = new GateConfiguration(["loop-1"], LingerSeconds: 0, null),
                },
            ],
            Presence = [new PresenceConfiguration("loop-1", "contact", DriverSettings.Empty, "bay-01")],
        };
        var board = new StatusBoard(configuration, time);
        using var loop = new BayLoop(
            TrackerState.Start(new BayLayout(configuration), [], time.Observe()),
            new NoJournal(), new EventComposer("s", "d"), Clocks.Synced(time), [board], time, NullLogger<BayLoop>.Instance);
        using var supervisor = new SourceSupervisor(
            configuration, new DriverCatalogue([new LlrpDriver(time), contact]), loop, board,
            new RunningSources(), new HeardTags(time), new ContactStates(time), new ReadPlates(), time, NullLogger<SourceSupervisor>.Instance, []);

        await supervisor.StartAsync(TestContext.Current.CancellationToken);
        await HoldsAsync(() => contact.Sink is not null);
        foreach (var present in (bool[])[false, true, false, true])
        {
            await contact.SayAsync(present, time);

            // Until the contact has spoken the reader reads, so only its state with the reason for it tells that it has settled.
            var reason = present ? null : "It rests, as configured: it sends while loop-1 says that something is there, and 0 s longer.";
            await HoldsAsync(() => board.Sources().Single(source => source.Id == "reader-1") is var state
                && (reader.IsReading, state.Up, state.Detail) == (present, present, reason));
        }

        await supervisor.StopAsync(TestContext.Current.CancellationToken);
    }

    private static async Task HoldsAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(10, TestContext.Current.CancellationToken);
    }

    /// <summary>A contact that the test closes and opens.</summary>
    private sealed class Contact : ISourceDriver, ISource
    {
        public DriverDescriptor Descriptor { get; } = new("contact", SourceKind.Presence, new LocalizedText("c", "c"), []);

        public ISightingSink? Sink { get; private set; }

        public ISource Create(SourceConfiguration configuration) => this;

        public Task<ProbeReport> ProbeAsync(SourceConfiguration configuration, CancellationToken cancellationToken) => throw new NotSupportedException("Nobody asks.");

        public Task RunAsync(ISightingSink sink, CancellationToken cancellationToken)
        {
            sink.Ready();
            Sink = sink;
            return Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        public ValueTask SayAsync(bool present, TimeProvider time) => Sink!.PublishAsync(new PresenceSighting(time.Observe(), "loop-1", present), CancellationToken.None);
    }
}
