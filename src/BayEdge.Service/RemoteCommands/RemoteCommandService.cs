using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using BayEdge.Contracts;
using BayEdge.Contracts.Commands;
using BayEdge.Contracts.Json;
using BayEdge.Core.Commands;
using BayEdge.Core.Configuration;
using BayEdge.Core.Delivery;
using BayEdge.Core.Timing;
using BayEdge.Messaging.Commands;
using BayEdge.Messaging.Publishing;

namespace BayEdge.Service.RemoteCommands;

/// <summary>Takes the central system's commands one after the other: reads, allows, carries out, remembers, answers and writes all of it into the log.</summary>
/// <param name="time">Of the network.</param>
internal sealed partial class RemoteCommandService(
    EdgeConfiguration configuration,
    MqttPublisher publisher,
    CommandExecutor executor,
    CommandMemoryFile memory,
    UnsentReplies unsent,
    TimeProvider time,
    ILogger<RemoteCommandService> logger) : BackgroundService
{
    private const int MostWaiting = 16;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    // A restart follows its reply, and is not kept from it by a broker that has gone.
    private static readonly TimeSpan LongestReply = TimeSpan.FromSeconds(5);

    private readonly Channel<InboundCommand> _inbox = Channel.CreateBounded<InboundCommand>(MostWaiting);
    private readonly CommandRate _rate = new();
    private readonly CommandRight _allowed = configuration.Mqtt?.Commands ?? CommandRight.Off;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        publisher.CommandReceived += Receive;
        foreach (var left in unsent.TakeAll())
            _ = publisher.ReplyAsync(left);
        try
        {
            await foreach (var command in _inbox.Reader.ReadAllAsync(stoppingToken))
                await TakeAsync(command, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The service stops. A command without a reply is asked for again by its caller.
        }
        finally
        {
            publisher.CommandReceived -= Receive;
        }
    }

    private void Receive(InboundCommand command)
    {
        // What does not fit has come far too fast; the rate says so of those that do. What has no sound name has no reply topic.
        if (Topics.IsValidId(command.Name))
            _inbox.Writer.TryWrite(command);
    }

    private async Task TakeAsync(InboundCommand command, CancellationToken stoppingToken)
    {
        var verdict = _rate.Take(time.Observe().Monotonic);
        if (verdict == RateVerdict.Ignore)
            return;

        var reading = CommandReader.Read(command.Name, command.Payload);
        var (reply, then) = verdict == RateVerdict.Refuse
            ? (Error(command, reading, new CommandError(CommandErrors.TooMany, "Too many commands came. Wait some seconds before the next one, and do not repeat one before its reply had time to come.")), null)
            : await AnswerAsync(command, reading, stoppingToken);
        Audit(command, reply);
        var sent = SendAsync(command, reply);
        if (then is null)
            return;

        await Task.WhenAny(sent, Task.Delay(LongestReply, time, stoppingToken));
        then();
    }

    private async Task<(CommandReply<JsonNode> Reply, Action? Then)> AnswerAsync(InboundCommand command, CommandReading reading, CancellationToken stoppingToken)
    {
        if (command.IsRetained)
        {
            return (Error(command, reading, new CommandError(
                CommandErrors.Retained, "A retained command would come again with every connection. Publish it without retain, and clear the topic.")), null);
        }

        if (reading.Command is not { } asked)
            return (Error(command, reading, reading.Error!), null);
        if (asked.Right > _allowed)
        {
            return (Error(command, reading, new CommandError(
                CommandErrors.NotAllowed,
                $"This device lets the central system {_allowed.ToString().ToLowerInvariant()} only; {command.Name} needs mqtt.commands to be {asked.Right.ToString().ToLowerInvariant()} in its configuration.")), null);
        }

        if (asked.Changes && memory.Memory.Recall(command.Name, reading) is { } before)
            return (before, null);

        var outcome = await CarryOutAsync(command, asked, stoppingToken);
        if (outcome.Error is { } error)
            return (Error(command, reading, error), null);
        var reply = Replies.Ok(command.Name, reading.Transaction, outcome.Data);
        var known = memory.Memory;
        if (!asked.Changes || memory.Remember(known.With(reading, reply)) || outcome.Then is null)
            return (reply, outcome.Then);
        // What ends the service and is then forgotten would end it again each time that the caller repeats it.
        memory.Forget(known);
        return (Error(command, reading, new CommandError(
            CommandErrors.StorageFailed, "The disk cannot keep that this was done, so it would be done again with each repetition. Make room on the disk.")), null);
    }

    private async Task<CommandOutcome> CarryOutAsync(InboundCommand command, AskedCommand asked, CancellationToken stoppingToken)
    {
        using var limit = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stoppingToken);
        try
        {
            return await executor.RunAsync(asked, either.Token);
        }
        catch (StorageFaultException fault)
        {
            return CommandOutcome.Failed(CommandErrors.StorageFailed, fault.Message);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            return CommandOutcome.Failed(CommandErrors.DeviceFailed, $"The device did not get it done within {Longest.TotalSeconds:0} s. Ask again later.");
        }
#pragma warning disable CA1031 // One command must not end all others; the error is logged whole.
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.Failed(logger, command.Name, exception);
            return CommandOutcome.Failed(CommandErrors.DeviceFailed, "The device met an error that it does not know; see its log.");
        }
    }

    private async Task SendAsync(InboundCommand command, CommandReply<JsonNode> reply)
    {
        var addressed = Address(command, reply);
        unsent.Keep(addressed);
        var fate = await publisher.ReplyAsync(addressed);
        if (fate != ReplyFate.Lost)
            unsent.Forget(addressed);
        if (fate != ReplyFate.TooLarge)
            return;

        var instead = Replies.Error(command.Name, reply.Transaction, new CommandError(
            CommandErrors.ReplyTooLarge, "The broker does not take a message as large as the reply. Raise its limit, or ask for less."));
        Audit(command, instead);
        await publisher.ReplyAsync(Address(command, instead));
    }

    private OutboundReply Address(InboundCommand command, CommandReply<JsonNode> reply) => new(
        ReplyTopic.Choose(configuration.Site, configuration.Device, command.Name, command.ResponseTopic),
        Topics.Reply(configuration.Site, configuration.Device, command.Name),
        JsonSerializer.SerializeToUtf8Bytes(reply, ContractsJson.Wire.CommandReplyJsonNode),
        command.CorrelationData);

    private static CommandReply<JsonNode> Error(InboundCommand command, CommandReading reading, CommandError error) =>
        Replies.Error(command.Name, reading.Transaction, error);

    private void Audit(InboundCommand command, CommandReply<JsonNode> reply)
    {
        var transaction = reply.Transaction ?? "-";
        if (reply.Error is { } error)
            Log.Refused(logger, command.Name, transaction, error.Key, OnOneLine(error.Text));
        else if (reply.Repeated)
            Log.Repeated(logger, command.Name, transaction);
        else
            Log.CarriedOut(logger, command.Name, transaction);
    }

    // The text may quote the caller, who must not be able to write lines of the log.
    private static string OnOneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private static partial class Log
    {
        [LoggerMessage(EventId = 1701, Level = LogLevel.Information, Message = "Carried out the command {Command} of the central system ({Transaction})")]
        public static partial void CarriedOut(ILogger logger, string command, string transaction);

        [LoggerMessage(EventId = 1702, Level = LogLevel.Information, Message = "The command {Command} of the central system ({Transaction}) had been carried out before")]
        public static partial void Repeated(ILogger logger, string command, string transaction);

        [LoggerMessage(EventId = 1703, Level = LogLevel.Warning, Message = "Refused the command {Command} of the central system ({Transaction}), {Key}: {Reason}")]
        public static partial void Refused(ILogger logger, string command, string transaction, string key, string reason);

        [LoggerMessage(EventId = 1704, Level = LogLevel.Error, Message = "The command {Command} of the central system met an error that is not known here")]
        public static partial void Failed(ILogger logger, string command, Exception exception);
    }
}
