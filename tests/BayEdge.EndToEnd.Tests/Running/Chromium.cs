using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using BayEdge.TestKit;

namespace BayEdge.EndToEnd.Tests.Running;

/// <summary>A real browser as wide as a phone, led over the Chrome DevTools Protocol (1.3).</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string Announced = "DevTools listening on ";

    private readonly TemporaryFolder _folder;
    private readonly ToolProcess _process;
    private readonly ClientWebSocket _page = new();
    private readonly List<Uri> _requests = [];
    private int _lastId;

    private Chromium(TemporaryFolder folder, ToolProcess process) => (_folder, _process) = (folder, process);

    /// <summary>Whatever the page has asked for.</summary>
    public IReadOnlyList<Uri> Requests => _requests;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<Chromium> OpenAsync(Uri address)
    {
        var folder = new TemporaryFolder();
        var browser = new Chromium(folder, ToolProcess.Start(
            "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
            "--remote-debugging-port=0", $"--user-data-dir={folder.Path}", "--window-size=390,844", "about:blank"));
        var line = await browser._process.WaitForLineAsync(line => line.Contains(Announced, StringComparison.Ordinal), Cancellation);
        await browser.ConnectAsync(new Uri(line[(line.IndexOf(Announced, StringComparison.Ordinal) + Announced.Length)..]));
        await browser.SendAsync("Network.enable", []);
        await browser.SendAsync("Page.navigate", new JsonObject { ["url"] = address.ToString() });
        return browser;
    }

    /// <summary>The value of a JavaScript expression.</summary>
    public async Task<string> EvaluateAsync(string expression)
    {
        var answer = await SendAsync("Runtime.evaluate", new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        if (answer["exceptionDetails"] is { } exception)
            Assert.Fail($"{expression}: {exception}");
        return answer["result"]!["value"]?.ToString() ?? "";
    }

    /// <summary>Waits until a JavaScript condition holds.</summary>
    public async Task WaitAsync(string condition)
    {
        while (await EvaluateAsync($"!!({condition})") != "true")
        {
            if (Cancellation.IsCancellationRequested)
                Assert.Fail($"Waited in vain for {condition}");
            await Task.Delay(50, CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _page.Dispose();
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private async Task ConnectAsync(Uri browser)
    {
        using var client = new HttpClient();
        using var pages = JsonDocument.Parse(await client.GetStringAsync(new Uri($"http://{browser.Authority}/json/list"), Cancellation));
        var page = pages.RootElement.EnumerateArray().First(target => target.GetProperty("type").GetString() == "page");
        await _page.ConnectAsync(new Uri(page.GetProperty("webSocketDebuggerUrl").GetString()!), Cancellation);
    }

    private async Task<JsonNode> SendAsync(string method, JsonObject parameters)
    {
        var id = ++_lastId;
        var command = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        await _page.SendAsync(JsonSerializer.SerializeToUtf8Bytes(command), WebSocketMessageType.Text, true, Cancellation);
        while (true)
        {
            var message = await ReceiveAsync();
            if (message["method"]?.ToString() == "Network.requestWillBeSent")
                _requests.Add(new Uri(message["params"]!["request"]!["url"]!.ToString()));
            if (message["id"]?.GetValue<int>() == id)
                return message["result"] ?? throw new InvalidOperationException($"{method}: {message}");
        }
    }

    private async Task<JsonNode> ReceiveAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        WebSocketReceiveResult part;
        do
        {
            part = await _page.ReceiveAsync(buffer, Cancellation);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(message.ToArray())!;
    }
}
