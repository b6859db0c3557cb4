using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace BayEdge.Simulator.Readers.ImpinjIot;

/// <summary>An Impinj reader with the IoT device interface, over plain HTTP on a loopback port.</summary>
/// <remarks>Its paths and fields are those of the Impinj IoT Device Interface as programs of others use it. Members may be called from any thread.</remarks>
public sealed class SimulatedImpinjIot : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly List<Channel<string?>> _streams = [];
    private readonly TagMemories _memories = new();
    private Task _serving = Task.CompletedTask;
    private JsonNode? _preset;

    private SimulatedImpinjIot(int port, TimeProvider time)
    {
        (Port, _time) = (port, time);
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
    }

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    /// <summary>How far the reader's clock is ahead. The default value is zero.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>The default value is <c>root:impinj</c>.</summary>
    public string Credentials { get; set; } = "root:impinj";

    /// <summary>Refuses to read with this message; null reads. The default value is null.</summary>
    public string? Refusal { get; set; }

    /// <summary>As the reader names it; null for firmware that does not tell. The default value is that of China.</summary>
    public string? Region { get; set; } = "China 920-925 MHz";

    /// <summary>The default value is 4.</summary>
    public int AntennaPorts { get; set; } = 4;

    /// <summary>More than this it refuses. The default value is 3000: 30 dBm.</summary>
    public int MostPowerCentiDbm { get; set; } = 3000;

    /// <summary>Sends with this power, whatever it is told; null obeys. The default value is null.</summary>
    public int? StubbornPowerCentiDbm { get; set; }

    /// <summary>The levels of its inputs; null for firmware that does not tell.</summary>
    public IReadOnlyDictionary<int, bool>? Inputs { get; set; } = new Dictionary<int, bool> { [1] = false, [2] = true };

    /// <summary>The levels of its outputs.</summary>
    public IDictionary<int, bool> Outputs { get; } = new Dictionary<int, bool> { [1] = false, [2] = false, [3] = false };

    /// <summary>Whether it describes its interface with the ports and powers that it has. The default value is true.</summary>
    public bool DescribesItself { get; set; } = true;

    /// <summary>Which interface it serves: <c>rest</c> or <c>llrp</c>, which a client may change. The default value is <c>llrp</c>.</summary>
    public string Interface { get; set; } = "llrp";

    /// <summary>What it was told to read, as the client sent it; null while it does not read.</summary>
    public JsonNode? Preset
    {
        get
        {
            lock (_lock)
                return _preset?.DeepClone();
        }
    }

    /// <param name="port">A free TCP port of 127.0.0.1.</param>
    public static SimulatedImpinjIot Start(int port, TimeProvider time)
    {
        var reader = new SimulatedImpinjIot(port, time);
        reader._listener.Start();
        reader._serving = reader.ServeAllAsync();
        return reader;
    }

    /// <summary>Reads a tag.</summary>
    /// <param name="age">How long before it is reported it was seen.</param>
    /// <returns>Whether anybody gets to know.</returns>
    public bool Report(int antenna, string epc, int rssiCentiDbm, TimeSpan age = default)
    {
        lock (_lock)
        {
            if (_streams.Count == 0 || _preset?["antennaConfigs"]?.AsArray().FirstOrDefault(config => (int?)config?["antennaPort"] == antenna) is not { } ordered)
                return false;
            var seen = new JsonObject
            {
                ["epcHex"] = epc, ["antennaPort"] = antenna, ["peakRssiCdbm"] = rssiCentiDbm, ["lastSeenTime"] = Clock(age),
                ["transmitPowerCdbm"] = StubbornPowerCentiDbm ?? (int)ordered["transmitPowerCdbm"]!,
            };
            if (ordered["tagMemoryReads"]?[0] is { } read)
                seen["tagMemoryData"] = new JsonArray(MemoryOf(epc, read));
            SendLine(new JsonObject { ["timestamp"] = Clock(TimeSpan.Zero), ["eventType"] = "tagInventory", ["tagInventoryEvent"] = seen }.ToJsonString());
            return true;
        }
    }

    /// <summary>Gives a tag a bank of memory, which is told with it where the client asks for that.</summary>
    public void Hold(string epc, int bank, string hex)
    {
        lock (_lock)
            _memories.Hold(epc, bank, hex);
    }

    /// <summary>Sends a line of the stream as it is.</summary>
    public void SendLine(string line)
    {
        lock (_lock)
        {
            foreach (var stream in _streams)
                stream.Writer.TryWrite(line);
        }
    }

    /// <summary>Stops reading without being asked to.</summary>
    /// <param name="saySo">Whether it tells so on the stream.</param>
    public void StopReading(bool saySo)
    {
        lock (_lock)
            _preset = null;
        if (saySo)
            SendLine("""{"eventType":"inventoryStatus","inventoryStatusEvent":{"inventoryStatus":"idle"}}""");
    }

    /// <summary>Ends the streams, as a restart does.</summary>
    public void DropStreams()
    {
        lock (_lock)
        {
            foreach (var stream in _streams)
                stream.Writer.TryWrite(null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        DropStreams();
        _listener.Close();
        await _serving;
    }

    private string Clock(TimeSpan age) =>
        (_time.GetUtcNow() + ClockOffset - age).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private async Task ServeAllAsync()
    {
        List<Task> serving = [];
        try
        {
            while (true)
                serving.Add(ServeAsync(await _listener.GetContextAsync()));
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Disposed: the reader is switched off.
        }

        await Task.WhenAll(serving);
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        try
        {
            if (context.Request.Headers["Authorization"] != $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Credentials))}")
                await AnswerAsync(context, 401, "{}");
            else if (context.Request is { HttpMethod: "GET", RawUrl: "/api/v1/data/stream" })
                await StreamAsync(context);
            else
                await ObeyAsync(context);
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or IOException)
        {
            // The client went, or the reader was switched off.
        }
    }

    private async Task ObeyAsync(HttpListenerContext context)
    {
        using var body = new StreamReader(context.Request.InputStream);
        var json = await body.ReadToEndAsync();
        var (status, answer) = Obey($"{context.Request.HttpMethod} {context.Request.RawUrl}", json);
        await AnswerAsync(context, status, answer);
    }

    private (int Status, string Answer) Obey(string request, string json)
    {
        lock (_lock)
        {
            switch (request)
            {
                case "GET /api/v1/status":
                    return (200, new JsonObject { ["status"] = _preset is null ? "idle" : "running" }.ToJsonString());
                case "GET /api/v1/system":
                    return (200, """{"productModel":"R700","serialNumber":"370-21-09-0042"}""");
                case "GET /api/v1/system/region" when Region is { } region:
                    return (200, new JsonObject { ["operatingRegion"] = region }.ToJsonString());
                case "GET /api/v1/system/image":
                    return (200, """{"primaryFirmware":"8.3.0.240","secondaryFirmware":"8.2.0.240"}""");
                case "GET /api/v1/device/gpis" when Inputs is { } inputs:
                    return (200, Pins("gpi", inputs));
                case "GET /api/v1/device/gpos":
                    return (200, Pins("gpo", Outputs));
                case "PUT /api/v1/device/gpos":
                    foreach (var pin in JsonNode.Parse(json)!["gpoConfigurations"]!.AsArray())
                        Outputs[(int)pin!["gpo"]!] = (string?)pin["state"] == "high";
                    return (204, "");
                case "GET /api/v1/openapi.json" when DescribesItself:
                    return (200, Description());
                case "GET /api/v1/system/rfid/interface":
                    return (200, new JsonObject { ["rfidInterface"] = Interface }.ToJsonString());
                case "PUT /api/v1/system/rfid/interface":
                    Interface = (string?)JsonNode.Parse(json)?["rfidInterface"] ?? "";
                    return (204, "");
                case "POST /api/v1/profiles/stop":
                    if (_preset is not null)
                        SendLine("""{"eventType":"inventoryStatus","inventoryStatusEvent":{"inventoryStatus":"idle"}}""");
                    _preset = null;
                    return (204, "");
                case "POST /api/v1/profiles/inventory/start" when Refusal is { } refusal:
                    return (400, new JsonObject { ["message"] = refusal }.ToJsonString());
                case "POST /api/v1/profiles/inventory/start" when Interface == "rest":
                    var preset = JsonNode.Parse(json);
                    if (preset?["antennaConfigs"]?.AsArray().Any(config => (int?)config?["transmitPowerCdbm"] > MostPowerCentiDbm) == true)
                        return (400, new JsonObject { ["message"] = "transmitPowerCdbm exceeds what the region allows" }.ToJsonString());
                    _preset = preset;
                    return (204, "");
                default:
                    return (404, """{"message":"not found"}""");
            }
        }
    }

    private JsonObject MemoryOf(string epc, JsonNode read)
    {
        var (bank, first) = ((string?)read["memoryBank"], (int)read["wordOffset"]!);
        var memory = _memories.Read(epc, Array.IndexOf(["reserved", "epc", "tid", "user"], bank), first, (int)read["wordCount"]!) ?? [];
        return new JsonObject { ["memoryBank"] = bank, ["wordOffset"] = first, ["tagDataHex"] = Convert.ToHexString(memory) };
    }

    private static string Pins(string kind, IEnumerable<KeyValuePair<int, bool>> levels) => new JsonObject
    {
        [$"{kind}Configurations"] = new JsonArray([.. levels.Select(pin => new JsonObject { [kind] = pin.Key, ["state"] = pin.Value ? "high" : "low" })]),
    }.ToJsonString();

    private string Description() => new JsonObject
    {
        ["swagger"] = "2.0",
        ["definitions"] = new JsonObject
        {
            ["AntennaPort"] = new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = AntennaPorts },
            ["TransmitPowerCdbm"] = new JsonObject { ["type"] = "integer", ["minimum"] = 1000, ["maximum"] = MostPowerCentiDbm },
        },
    }.ToJsonString();

    private async Task StreamAsync(HttpListenerContext context)
    {
        var lines = Channel.CreateUnbounded<string?>();
        lock (_lock)
            _streams.Add(lines);
        try
        {
            context.Response.SendChunked = true;
            context.Response.ContentType = "application/x-ndjson";
            await WriteAsync(context.Response, "\n");
            await foreach (var line in lines.Reader.ReadAllAsync())
            {
                if (line is null)
                    break;
                await WriteAsync(context.Response, line + "\n");
            }

            context.Response.Close();
        }
        finally
        {
            lock (_lock)
                _streams.Remove(lines);
        }
    }

    private static async Task AnswerAsync(HttpListenerContext context, int status, string answer)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        if (answer.Length > 0)
            await WriteAsync(context.Response, answer);
        context.Response.Close();
    }

    private static async Task WriteAsync(HttpListenerResponse response, string text)
    {
        await response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
        await response.OutputStream.FlushAsync();
    }
}
