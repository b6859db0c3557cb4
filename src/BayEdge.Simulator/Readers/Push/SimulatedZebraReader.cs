using System.Globalization;
using System.Text.Json.Nodes;

namespace BayEdge.Simulator.Readers.Push;

/// <summary>A Zebra reader with IoT Connector: writes the events that it sends by itself.</summary>
/// <param name="send">Takes a message, as <see cref="SimulatedMqttPusher"/> and <see cref="SimulatedHttpPusher"/> send it.</param>
public sealed class SimulatedZebraReader(Func<string, CancellationToken, Task> send, TimeProvider time)
{
    /// <summary>How far the reader's clock is ahead. The default value is zero.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>Sends one event, or several in a row without anything between, as the reader's TCP and MQTT endpoints do.</summary>
    public Task SendAsync(CancellationToken cancellationToken, params JsonObject[] events) =>
        send(string.Concat(events.Select(found => found.ToJsonString())), cancellationToken);

    /// <summary>Sends events as a list, as the reader's HTTP endpoint does.</summary>
    public Task SendListAsync(CancellationToken cancellationToken, params JsonObject[] events) => send(new JsonArray([.. events]).ToJsonString(), cancellationToken);

    /// <param name="age">How long before now it was seen.</param>
    public JsonObject Tag(string epc, int antenna, double rssi, int reads = 1, TimeSpan age = default) => new()
    {
        ["type"] = "INVENTORY",
        ["timestamp"] = Clock(age),
        ["data"] = new JsonObject
        {
            ["MAC"] = "84:24:8D:EE:55:01",
            ["antenna"] = antenna,
            ["eventNum"] = 1,
            ["format"] = "epc",
            ["idHex"] = epc.ToLowerInvariant(),
            ["peakRssi"] = rssi,
            ["reads"] = reads,
        },
    };

    public JsonObject Heartbeat() => new()
    {
        ["component"] = "RC",
        ["eventType"] = "heartbeat",
        ["timestamp"] = Clock(TimeSpan.Zero),
        ["data"] = new JsonObject { ["system"] = new JsonObject { ["uptime"] = "0 days, 1:02:03" } },
    };

    private string Clock(TimeSpan age) => (time.GetUtcNow() + ClockOffset - age).ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture) + "+0000";
}
