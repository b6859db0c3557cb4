using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace BayEdge.Simulator.Readers.Push;

/// <summary>The local REST interface of a Zebra reader, as far as it tells how the reader is set; over plain HTTP on a loopback port.</summary>
public sealed class SimulatedZebraManagement : IAsyncDisposable
{
    private const string Token = "eyJhbGciOi";

    private readonly HttpListener _listener = new();
    private Task _serving = Task.CompletedTask;

    private SimulatedZebraManagement(int port) => _listener.Prefixes.Add($"http://127.0.0.1:{port}/cloud/");

    /// <summary>The default value is <c>admin:change</c>.</summary>
    public string Credentials { get; set; } = "admin:change";

    /// <summary>The answer of /cloud/region.</summary>
    public JsonObject Region { get; set; } = new() { ["country"] = "China", ["regulatoryStandard"] = "CHINA", ["channelData"] = new JsonArray(920_625, 924_375) };

    /// <summary>The answer of /cloud/mode.</summary>
    public JsonObject Mode { get; set; } = new() { ["type"] = "INVENTORY", ["transmitPower"] = 27 };

    /// <summary>The answer of /cloud/version; null for firmware that does not know the question.</summary>
    public JsonObject? Version { get; set; } = new() { ["model"] = "FX9600", ["serialNumber"] = "84248dee5721", ["readerApplication"] = "3.25.60.0", ["radioFirmware"] = "2.1.14.0" };

    /// <summary>The answer of /cloud/status; null for firmware that does not know the question.</summary>
    public JsonObject? Status { get; set; } = new() { ["radioActivity"] = "active", ["antennas"] = new JsonObject { ["1"] = "connected", ["2"] = "disconnected" } };

    /// <summary>The answer of /cloud/gpi.</summary>
    public JsonObject Inputs { get; set; } = new() { ["1"] = "HIGH", ["2"] = "LOW" };

    /// <summary>The levels of its outputs.</summary>
    public IDictionary<int, bool> Outputs { get; } = new Dictionary<int, bool> { [1] = false, [2] = false, [3] = false, [4] = false };

    /// <summary>Whether it tells how its outputs are set. The default value is true.</summary>
    public bool TellsOutputs { get; set; } = true;

    /// <param name="port">A free TCP port of 127.0.0.1.</param>
    public static SimulatedZebraManagement Start(int port)
    {
        var management = new SimulatedZebraManagement(port);
        management._listener.Start();
        management._serving = management.ServeAllAsync();
        return management;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAllAsync()
    {
        try
        {
            while (true)
                Answer(await _listener.GetContextAsync());
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // Disposed: the reader is switched off.
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var (path, login) = (context.Request.Url!.AbsolutePath, context.Request.Headers["Authorization"]);
        var basic = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(Credentials))}";
        var mayAsk = login == $"Bearer {Token}";
        var answer = path switch
        {
            "/cloud/localRestLogin" when login == basic => new JsonObject { ["code"] = 0, ["message"] = Token },
            "/cloud/region" when mayAsk => Region,
            "/cloud/mode" when mayAsk => Mode,
            "/cloud/version" when mayAsk => Version,
            "/cloud/status" when mayAsk => Status,
            "/cloud/gpi" when mayAsk => Inputs,
            "/cloud/gpo" when mayAsk && context.Request.HttpMethod == "PUT" => SetOutput(context.Request.InputStream),
            "/cloud/gpo" when mayAsk && TellsOutputs => OutputLevels(),
            _ => null,
        };
        context.Response.StatusCode = answer is not null ? 200 : mayAsk ? 404 : 401;
        context.Response.Close(Encoding.UTF8.GetBytes(answer?.ToJsonString() ?? "{}"), willBlock: true);
    }

    private JsonObject OutputLevels()
    {
        var levels = new JsonObject();
        foreach (var (port, isHigh) in Outputs.OrderBy(output => output.Key))
            levels[port.ToString(CultureInfo.InvariantCulture)] = isHigh ? "HIGH" : "LOW";
        return levels;
    }

    private JsonObject SetOutput(Stream body)
    {
        var wanted = JsonNode.Parse(body)!;
        Outputs[(int)wanted["port"]!] = (bool)wanted["state"]!;
        return [];
    }
}
