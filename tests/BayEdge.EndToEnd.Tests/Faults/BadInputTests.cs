using BayEdge.Contracts;
using BayEdge.EndToEnd.Tests.Running;
using BayEdge.Simulator.Readers;
using BayEdge.TestKit;

namespace BayEdge.EndToEnd.Tests.Faults;

/// <summary>What a running service makes of things that are broken around it.</summary>
public sealed class BadInputTests
{
    private static readonly string AckTopic = Topics.Ack(DeviceConfiguration.Site, DeviceConfiguration.Device);

    [Fact(Timeout = 120_000)]
    public async Task A_reader_that_sends_nonsense_goes_down_and_comes_up_again()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);
        await using var device = await RunningDevice.StartAsync(new DeviceConfiguration { Readers = [reader.Address] });
        await device.WaitForOutputAsync("reader-1 is up");

        reader.SendGarbage("GET / HTTP/1.1\r\n\r\n"u8.ToArray());

        await device.WaitForOutputAsync($"reader-1 is down: The reader at {reader.Address} sent a damaged message");
        await Wait.UntilAsync(() => device.Output.Split("reader-1 is up").Length == 3, "the reader to come up again", () => device.Output);
        await using var vehicle = await TaggedVehicle.ArriveAsync(reader);
        await device.WaitForStatusAsync(status => status.GetProperty("events").GetArrayLength() == 1, "a vehicle");
        Assert.Equal(0, await device.StopAsync());
    }

    [Fact(Timeout = 120_000)]
    public async Task An_ack_that_makes_no_sense_confirms_nothing()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var wire = await WireTap.ConnectAsync(broker);
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);
        await using var device = await RunningDevice.StartAsync(new DeviceConfiguration { Readers = [reader.Address], Broker = broker.Url });
        await using var vehicle = await TaggedVehicle.ArriveAsync(reader);
        var said = await wire.WaitForAsync(WireTap.StatusTopic, status => status.GetProperty("backlog").GetInt64() == 1, "an event in the outbox");
        var epoch = said.GetProperty("epoch").GetInt32();

        foreach (var nonsense in new[] { "", "{", "[]", "null", $$"""{"epoch":{{epoch}}}""", $$"""{"epoch":"{{epoch}}","upTo":1}""", $$"""{"epoch":{{epoch}},"upTo":4711}""", $$"""{"epoch":{{epoch - 1}},"upTo":1}""" })
            await wire.SendAsync(AckTopic, nonsense);
        await device.WaitForOutputAsync("Ignored an ack");
        var delivery = (await device.GetStatusAsync()).GetProperty("delivery");
        Assert.Equal((0, true), (delivery.GetProperty("confirmed").GetInt64(), delivery.GetProperty("connected").GetBoolean()));

        await wire.SendAsync(AckTopic, $$"""{"epoch":{{epoch}},"upTo":1}""");
        await device.WaitForStatusAsync(status => status.GetProperty("delivery").GetProperty("confirmed").GetInt64() == 1, "the confirmation");
        Assert.Single(device.Output.Split('\n'), line => line.Contains("Ignored an ack", StringComparison.Ordinal));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_reader_that_is_missing_does_not_hide_what_the_other_sees()
    {
        await using var reader = SimulatedLlrpReader.Start(new SimulatedReaderOptions(), TimeProvider.System);
        var missing = $"127.0.0.1:{LoopbackPorts.Free()}";
        await using var device = await RunningDevice.StartAsync(new DeviceConfiguration { Readers = [missing, reader.Address] });

        await using var vehicle = await TaggedVehicle.ArriveAsync(reader);

        await device.WaitForStatusAsync(status => status.GetProperty("events").GetArrayLength() == 1, "a vehicle");
        var status = await device.GetStatusAsync();
        Assert.Equal("bay-02", status.GetProperty("events")[0].GetProperty("bay").GetString());
        Assert.Equal("unknown", status.GetProperty("bays")[0].GetProperty("state").GetString());
        Assert.Single(device.Output.Split('\n'), line => line.Contains($"reader-1 is down: No reader answers at {missing}", StringComparison.Ordinal));
    }

    [Fact(Timeout = 120_000)]
    public async Task The_page_opens_when_neither_broker_nor_reader_is_there()
    {
        await using var device = await RunningDevice.StartAsync(new DeviceConfiguration
        {
            Readers = [$"127.0.0.1:{LoopbackPorts.Free()}"],
            Broker = $"mqtt://127.0.0.1:{LoopbackPorts.Free()}",
        });

        Assert.Contains("<html", await device.GetPageAsync("/"), StringComparison.OrdinalIgnoreCase);
        await device.WaitForStatusAsync(
            status => status.GetProperty("sources")[0].TryGetProperty("detail", out _) && status.GetProperty("delivery").TryGetProperty("detail", out _),
            "why nothing answers");
    }
}
