using System.Runtime.CompilerServices;
using BayEdge.Contracts;
using BayEdge.Core.Bays;
using BayEdge.Core.Commissioning;
using BayEdge.Messaging.Publishing;
using MQTTnet;

namespace BayEdge.Messaging.Ladder;

/// <summary>Logs in, writes a message and hears it come back.</summary>
internal sealed class MqttRungs(LadderOptions options, TimeProvider time)
{
    // The client library may give up a moment before we do.
    private const double NearlyAll = 0.9;

    private readonly MqttPublisherOptions _publisher = options.Publisher with
    {
        ClientId = $"{options.Publisher.ClientId}-check",
        AnswerLimit = options.Limit,
    };

    public async IAsyncEnumerable<Check> TryAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var topic = Topics.Echo(_publisher.Site, _publisher.Device);
        var message = Guid.NewGuid().ToByteArray();
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (login, connection) = await LogInAsync(
            received =>
            {
                if (received.Topic == topic && received.Payload.Span.SequenceEqual(message))
                    heard.TrySetResult();
            },
            cancellationToken);
        yield return login;
        if (connection is null)
            yield break;

        await using (connection)
        {
            yield return await PublishAsync(connection, topic, message, cancellationToken);
            yield return await HearAsync(heard.Task, topic, cancellationToken);
        }
    }

    private async Task<(Check, BrokerConnection?)> LogInAsync(Action<InboundMessage> receive, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        try
        {
            var connection = await BrokerConnection.OpenAsync(_publisher, willPayload: null, receive, time, cancellationToken);
            return (new Check(BrokerLadder.Login, StepState.Ok, _publisher.Secrets.MqttUser is { } user
                ? LadderSentences.LoggedIn.With(("account", user))
                : LadderSentences.LoggedInUnnamed.With()), connection);
        }
        catch (BrokerFaultException fault)
        {
            // What is given up at the limit said nothing; what speaks another language answers, or hangs up, before.
            var isSilent = time.GetElapsedTime(began) >= options.Limit * NearlyAll;
            return (Failed(BrokerLadder.Login, Explain(fault, isSilent)), null);
        }
    }

    private static async Task<Check> PublishAsync(BrokerConnection connection, string topic, byte[] message, CancellationToken cancellationToken)
    {
        try
        {
            // A broker that forbids the hearing says so here or by silence; the next rung tells.
            await connection.SubscribeAsync([topic], [], [], cancellationToken);
            var answer = await connection.PublishPlainAsync(topic, message, cancellationToken);
            return answer is MqttClientPublishReasonCode.Success or MqttClientPublishReasonCode.NoMatchingSubscribers
                ? new Check(BrokerLadder.Publish, StepState.Ok, LadderSentences.Published.With())
                : Failed(BrokerLadder.Publish, LadderSentences.MayNotPublish.With(("topic", topic)));
        }
        catch (BrokerFaultException)
        {
            // Brokers of MQTT 3.1.1 hang up on whoever writes what it may not.
            return Failed(BrokerLadder.Publish, LadderSentences.MayNotPublish.With(("topic", topic)));
        }
    }

    private async Task<Check> HearAsync(Task heard, string topic, CancellationToken cancellationToken)
    {
        try
        {
            await heard.WaitAsync(options.Limit, time, cancellationToken);
            return new Check(BrokerLadder.Echo, StepState.Ok, LadderSentences.Echoed.With());
        }
        catch (TimeoutException)
        {
            return Failed(BrokerLadder.Echo, LadderSentences.MayNotHear.With(("topic", topic)));
        }
    }

    private Phrase Explain(BrokerFaultException fault, bool isSilent) => fault.Refusal switch
    {
        MqttClientConnectResultCode.BadUserNameOrPassword or MqttClientConnectResultCode.NotAuthorized => _publisher.Secrets.MqttUser is { } user
            ? LadderSentences.WrongPassword.With(("account", user))
            : LadderSentences.NeedsAccount.With(),
        MqttClientConnectResultCode.ClientIdentifierNotValid => LadderSentences.ClientRefused.With(("client", _publisher.ClientId)),
        { } reason => LadderSentences.Refused.With(("reason", reason)),
        null when fault.Rung is { } rung => rung,
        null when isSilent => LadderSentences.BrokerSilent.With(("length", options.Limit)),
        null => LadderSentences.NotMqtt.With(("port", _publisher.Broker.Port)),
    };

    private static Check Failed(string rung, Phrase says) => new(rung, StepState.Failed, says);
}
