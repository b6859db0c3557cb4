using System.Text;
using BayEdge.Contracts;
using BayEdge.Core.Bays;
using BayEdge.TestKit;

namespace BayEdge.Service.Tests.Neighbours;

/// <summary>Devices of one site over Debian's Mosquitto, in real time.</summary>
public sealed class NeighbourServiceTests
{
    private const int Limit = 60_000;
    private const string Tag = "E28068940000501234567890";

    private static readonly string Topic = Topics.Neighbours("sh-01");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task A_tag_that_one_device_reads_is_told_to_the_other_with_its_bay_its_strength_and_its_second()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var here = await NeighbouringDevice.StartAsync(broker, "pi-01");
        await using var there = await NeighbouringDevice.StartAsync(broker, "pi-02");
        there.HasInVisit(Tag, "bay-02");

        // Until both are connected, what is heard is told to nobody.
        var read = there.Read(Tag, bay: 2, rssiDbm: -61.5);
        await here.UntilAsync(() =>
        {
            if (here.Heard.Count == 0 && TimeProvider.System.GetElapsedTime(0) - read.Monotonic > TimeSpan.FromSeconds(1))
                read = there.Read(Tag, bay: 2, rssiDbm: -61.5);
            return here.Heard.Count > 0;
        });

        var heard = here.Heard[0];
        Assert.Equal(("pi-02", "bay-02", Tag, -61.5, 1, true), (heard.Device, heard.Bay, heard.Tag, heard.RssiDbm, heard.Count, heard.IsVisiting));
        // Both devices are this computer: dated to the end of the second in which it was read.
        Assert.InRange(heard.At.Monotonic.TotalSeconds, read.Monotonic.TotalSeconds - 1.5, read.Monotonic.TotalSeconds + 1.5);
        Assert.Empty(there.Heard);
    }

    [Fact(Timeout = Limit)]
    public async Task Decisions_are_provisional_while_the_broker_is_away_and_no_longer_when_a_neighbour_is_heard_again()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var here = await NeighbouringDevice.StartAsync(broker, "pi-01");
        await using var there = await NeighbouringDevice.StartAsync(broker, "pi-02");
        await HearAsync(here, there);
        Assert.Null(here.Reachable);

        await broker.KillAsync();
        await here.UntilAsync(() => here.Reachable == false);
        await broker.RestartAsync(Cancellation);

        await here.UntilAsync(() => here.Reachable == true);
    }

    [Fact(Timeout = Limit)]
    public async Task A_device_that_is_alone_never_waits_for_neighbours()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var device = await NeighbouringDevice.StartAsync(broker, "pi-01");
        await using var wire = await TopicTap.ConnectAsync(broker, Topic, Cancellation);
        await device.UntilAsync(() => !wire.Said.IsEmpty);

        await broker.KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(1), Cancellation);

        Assert.Empty(device.Learnt);
    }

    [Fact(Timeout = Limit)]
    public async Task Garbage_on_the_topic_changes_nothing_and_neighbours_are_heard_beside_it()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var here = await NeighbouringDevice.StartAsync(broker, "pi-01");
        await using var wire = await TopicTap.ConnectAsync(broker, Topic, Cancellation);
        await here.UntilAsync(() => !wire.Said.IsEmpty);
        string[] garbage =
        [
            "", "null", "[]", "{}", "not json", new('x', 100_000), new('[', 30_000), "\u0000\ufffd",
            """{"device":"pi-01","bootId":"b","number":1,"ageMs":0,"tags":[{"bay":"bay-01","tag":"E2","reads":1}]}""",
            """{"device":"pi-09","bootId":"b","number":1,"ageMs":0,"tags":[{"bay":"bay-01","tag":"E2","reads":0}]}""",
            """{"device":"pi-09","bootId":"b","number":1,"ageMs":999999999,"tags":[{"bay":"bay-01","tag":"E2","reads":1}]}""",
        ];
        foreach (var text in garbage)
            await wire.SendAsync(text, Cancellation);

        // Messages of one sender are heard in their order, so when this one counts, the others have been heard.
        await wire.SendAsync("""{"device":"pi-02","bootId":"b","number":1,"ageMs":100,"tags":[{"bay":"bay-01","tag":"E280","reads":1}]}""", Cancellation);
        await here.UntilAsync(() => here.Learnt.Count > 0);

        Assert.Equal("E280", Assert.IsType<NeighbourHeard>(Assert.Single(here.Learnt)).Tag);
    }

    [Fact(Timeout = Limit)]
    public async Task What_a_device_says_keeps_to_the_contract_and_an_idle_one_says_every_few_seconds_that_it_lives()
    {
        await using var broker = await MosquittoBroker.StartAsync(Cancellation);
        await using var wire = await TopicTap.ConnectAsync(broker, Topic, Cancellation);
        await using var device = await NeighbouringDevice.StartAsync(broker, "pi-01");

        await device.UntilAsync(() => wire.Said.Count >= 2);
        device.Read(Tag, bay: 1, rssiDbm: -60);
        await device.UntilAsync(() => wire.Said.Last().Contains(Tag, StringComparison.Ordinal));

        Assert.All(wire.Said, said => ContractSchemas.AssertValid(Topic, Encoding.UTF8.GetBytes(said)));
    }

    private static async Task HearAsync(NeighbouringDevice here, NeighbouringDevice there)
    {
        while (here.Heard.Count == 0)
        {
            there.Read(Tag, bay: 1, rssiDbm: -60);
            await Task.Delay(100, Cancellation);
        }
    }
}
