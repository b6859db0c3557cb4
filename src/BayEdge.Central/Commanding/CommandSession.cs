using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BayEdge.Central.Broker;
using BayEdge.Contracts;
using BayEdge.Contracts.Commands;

namespace BayEdge.Central.Commanding;

/// <summary>Sends a command to a device and prints its reply.</summary>
/// <remarks>The reply is found by its transaction on the device's own topic, so MQTT 3.1.1 will do.</remarks>
public sealed class CommandSession(CommandOptions options, TextWriter output, TextWriter error, TimeProvider time)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <returns>0 when the device did it; 1 when it refused, did not reply or the broker cannot be used; 2 when the options are wrong.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (!BrokerAddress.TryParse(options.Broker, out var broker, out var problem))
            return error.Say(problem!, Outcome.WrongUsage);
        if (new[] { options.Site, options.Device, options.Name }.FirstOrDefault(id => !Topics.IsValidId(id)) is { } id)
            return error.Say($"expected letters, digits, '-', '_' and '.' in site, device and command, but found '{id}'", Outcome.WrongUsage);
        if (!Transactions.IsValid(options.Transaction))
            return error.Say($"expected a transaction of 1 to {Transactions.MostCharacters} visible ASCII characters, but found '{options.Transaction}'", Outcome.WrongUsage);
        if (!TryRead(out var command, out problem))
            return error.Say(problem!, Outcome.WrongUsage);

        try
        {
            return await SendAsync(broker!, command!, cancellationToken);
        }
        catch (BrokerFaultException fault)
        {
            return error.Say(fault.Message, Outcome.FoundWrong);
        }
    }

    private async Task<int> SendAsync(BrokerAddress broker, JsonObject command, CancellationToken cancellationToken)
    {
        var replied = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        var session = new BrokerSession
        {
            Broker = broker,
            ClientId = $"bayedge-command-{Guid.NewGuid():N}",
            Login = options.Login.WithPasswordOfEnvironment(),
            Filters = [Topics.Reply(options.Site, options.Device, options.Name)],
        };
        await using var connection = await BrokerConnection.OpenAsync(session, message => Hear(message, replied), time, cancellationToken);
        if (!await connection.PublishAsync(Topics.Command(options.Site, options.Device, options.Name), JsonSerializer.SerializeToUtf8Bytes(command), cancellationToken))
            return error.Say("no device listens: it is off or away from the broker, or its configuration says \"commands\": \"off\"", Outcome.FoundWrong);

        using var limit = new CancellationTokenSource(options.Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var reply = await replied.Task.WaitAsync(either.Token);
            await output.WriteLineAsync(reply.ToJsonString(Readable));
            return reply["status"]?.GetValueKind() == JsonValueKind.String && reply["status"]!.GetValue<string>() == "ok" ? Outcome.Done : Outcome.FoundWrong;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return error.Say(
                $"no reply came within {options.Limit.TotalSeconds:0.#} s: the device is away from the broker, its configuration says \"commands\": \"off\", or the "
                + $"broker lets this user not read {Topics.Reply(options.Site, options.Device, options.Name)}. Asked again with --transaction {options.Transaction}, it does nothing twice",
                Outcome.FoundWrong);
        }
    }

    private ValueTask Hear(InboundMessage message, TaskCompletionSource<JsonObject> replied)
    {
        try
        {
            if (!message.IsRetained && JsonNode.Parse(message.Payload) is JsonObject reply
                && reply["transaction"] is JsonValue transaction && transaction.TryGetValue<string>(out var text) && text == options.Transaction)
                replied.TrySetResult(reply);
        }
        catch (JsonException)
        {
            // Whoever else writes there is not the device.
        }

        return default;
    }

    private bool TryRead(out JsonObject? command, out string? problem)
    {
        (command, problem) = (new JsonObject { ["transaction"] = options.Transaction }, null);
        if (options.Data is not { } data)
            return true;
        try
        {
            command["data"] = JsonNode.Parse(data.StartsWith('@') ? File.ReadAllText(data[1..]) : data);
        }
        catch (JsonException)
        {
            problem = $"expected JSON as data, such as {{\"epoch\":1,\"from\":1}}, but found '{data}'";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = $"expected a file with JSON at {data[1..]}, but {exception.Message}";
        }

        return problem is null;
    }
}
