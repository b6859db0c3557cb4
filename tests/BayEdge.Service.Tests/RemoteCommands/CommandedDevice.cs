using System.Text.Json;
using System.Text.Json.Nodes;
using BayEdge.Contracts;
using BayEdge.Core.Bays;
using BayEdge.Core.Commands;
using BayEdge.Core.Sightings;
using BayEdge.Core.Timing;
using BayEdge.Service.Bays;
using BayEdge.Service.Hosting;
using BayEdge.Service.Tests.Hosting;
using BayEdge.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BayEdge.Service.Tests.RemoteCommands;

/// <summary>A whole service at a real broker, and a caller that commands it.</summary>
internal sealed class CommandedDevice : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MosquittoBroker _broker;
    private readonly CommandRight _right;
    private readonly bool _hasTwoBays;
    private WebApplication? _service;

    private CommandedDevice(MosquittoBroker broker, CommandRight right, bool hasTwoBays) => (_broker, _right, _hasTwoBays) = (broker, right, hasTwoBays);

    /// <summary>What watches the bays at the moment; null while it starts.</summary>
    public EdgeRuntime? Runtime => _service!.Services.GetRequiredService<RuntimeKeeper>().Runtime;

    public IServiceProvider Services => Runtime!.Services;

    /// <summary>The parts that outlive a change of the configuration.</summary>
    public IServiceProvider Page => _service!.Services;

    public bool IsRestarting => Runtime is not { IsToBeginAnew: false };

    public TemporaryFolder Folder => _folder;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="hasTwoBays">Whether the reader's second antenna looks at a second bay.</param>
    public static async Task<CommandedDevice> StartAsync(CommandRight right = CommandRight.Operate, bool hasTwoBays = false)
    {
        var device = new CommandedDevice(await MosquittoBroker.StartAsync(Cancellation), right, hasTwoBays);
        await device.StartAgainAsync();
        return device;
    }

    /// <summary>Starts the service again with the same data folder, after it has ended if it ran.</summary>
    public async Task StartAgainAsync()
    {
        if (_service is not null)
        {
            await _service.StopAsync(CancellationToken.None);
            await _service.DisposeAsync();
        }

        await using var status = await TopicTap.ConnectAsync(_broker, Topics.Status("sh-01", "pi-01"), Cancellation);
        var known = status.Said.Count;
        var mqtt = $$"""{ "url": "{{_broker.Url}}", "commands": "{{_right.ToString().ToLowerInvariant()}}" }""";
        var configuration = JsonNode.Parse(TestConfiguration.JsonWithReader($"127.0.0.1:{LoopbackPorts.Free()}", "E28068940000501234567890", mqtt))!;
        if (_hasTwoBays)
        {
            configuration["bays"]!.AsArray().Add(JsonNode.Parse("""{ "id": "bay-02" }"""));
            configuration["readers"]![0]!["antennas"]!.AsArray().Add(JsonNode.Parse("""{ "port": 2, "bay": "bay-02" }"""));
        }

        _service = RunningService.Build(_folder, configuration.ToJsonString());
        await _service.StartAsync(Cancellation);
        // Once it says online it has subscribed.
        while (!status.Said.Skip(known).Any(said => said.Contains("\"state\":\"online\"", StringComparison.Ordinal)))
            await Task.Delay(20, Cancellation);
    }

    /// <summary>Sends a command as it is, again while the device may have been away, and waits for its reply.</summary>
    public async Task<JsonObject> SendAsync(string name, string payload, bool retain = false)
    {
        await using var replies = await TopicTap.ConnectAsync(_broker, Topics.Reply("sh-01", "pi-01", name), Cancellation);
        await using var commands = await TopicTap.ConnectAsync(_broker, Topics.Command("sh-01", "pi-01", name), Cancellation);
        var transaction = JsonValue.Create(TransactionOf(payload));
        string? text;
        for (var waited = 0; (text = replies.Said.FirstOrDefault(said => JsonNode.DeepEquals(JsonNode.Parse(said)!["transaction"], transaction))) is null; waited++)
        {
            if (waited % 300 == 0)
                await commands.SendAsync(payload, Cancellation, retain);
            await Task.Delay(10, Cancellation);
        }

        ContractSchemas.AssertValid(Topics.Reply("sh-01", "pi-01", name), System.Text.Encoding.UTF8.GetBytes(text));
        return JsonNode.Parse(text)!.AsObject();
    }

    public Task<JsonObject> SendAsync(string name, string transaction, JsonNode? data)
    {
        var command = new JsonObject { ["transaction"] = transaction };
        if (data is not null)
            command["data"] = data;
        return SendAsync(name, command.ToJsonString());
    }

    /// <summary>A tag is heard in the first or second bay until its vehicle has a visit there.</summary>
    /// <returns>The visit.</returns>
    public async Task<string> EnterAsync(string tag, int bay = 1)
    {
        var bays = Services.GetRequiredService<BayLoop>();
        var from = TimeProvider.System.Observe() - TimeSpan.FromMinutes(2);
        await bays.SendAsync(new SightingInput(new SourceSighting(from, "reader-1", SourceState.Up)), Cancellation);
        for (var at = from; at.Monotonic < from.Monotonic + TimeSpan.FromMinutes(2); at += TimeSpan.FromSeconds(1))
            await bays.SendAsync(new SightingInput(new TagSighting(at, "reader-1", bay, tag, -55, 1)), Cancellation);
        string? visit;
        while ((visit = BayStates.Of(bays.Stored).First(state => state.Bay == $"bay-0{bay}").VisitId) is null)
            await Task.Delay(20, Cancellation);
        return visit;
    }

    private static string? TransactionOf(string payload)
    {
        try
        {
            return (string?)JsonNode.Parse(payload)?["transaction"];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What the service has logged.</summary>
    public string Log()
    {
        using var writer = new StringWriter();
        foreach (var file in Directory.GetFiles(Path.Combine(_folder.Path, "logs")))
        {
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            writer.Write(reader.ReadToEnd());
        }

        return writer.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            await _service.StopAsync(CancellationToken.None);
            await _service.DisposeAsync();
        }

        await _broker.DisposeAsync();
        _folder.Dispose();
    }
}
