using BayEdge.Contracts.Events;
using Microsoft.Extensions.Logging;
using MQTTnet;

namespace BayEdge.Messaging.Publishing;

internal static partial class PublisherLog
{
    [LoggerMessage(4001, LogLevel.Information, "Connected to {Broker}")]
    public static partial void Connected(ILogger logger, string broker);

    [LoggerMessage(4002, LogLevel.Warning, "No connection to the broker; events are kept and sent later. {Reason}")]
    public static partial void Disconnected(ILogger logger, string reason);

    [LoggerMessage(4003, LogLevel.Error, "The publisher met an error that it does not know; it goes on with a new connection")]
    public static partial void Unexpected(ILogger logger, Exception exception);

    [LoggerMessage(4004, LogLevel.Warning,
        "Ignored an ack: {Problem}. Expected JSON such as {{\"epoch\":1,\"upTo\":42}} with numbers that the device gave out; further ones on this connection are ignored without a word")]
    public static partial void AckIgnored(ILogger logger, string problem);

    [LoggerMessage(4005, LogLevel.Warning,
        "Nobody has subscribed to {Topic}: start the central system, and let it subscribe to this topic too. The events are kept and sent again, now and then")]
    public static partial void NobodyListening(ILogger logger, string topic);

    [LoggerMessage(4006, LogLevel.Warning,
        "The broker refuses event {Position} for now ({Reason}): allow the device to publish there, or raise the quota. The event is kept and sent again")]
    public static partial void RefusedForNow(ILogger logger, EventPosition position, MqttClientPublishReasonCode reason);

    [LoggerMessage(4007, LogLevel.Error, "Event {Position} is set aside: {Reason}")]
    public static partial void Quarantined(ILogger logger, EventPosition position, string reason);

    [LoggerMessage(4008, LogLevel.Information, "The broker takes events on {Topic} again")]
    public static partial void TakenAgain(ILogger logger, string topic);

    [LoggerMessage(4009, LogLevel.Warning,
        "The central system has confirmed nothing for {Seconds} s: everything unconfirmed is sent again. Check that the central system runs and sends acks")]
    public static partial void NotConfirmed(ILogger logger, long seconds);

    [LoggerMessage(4010, LogLevel.Warning, "The broker refuses the retained topic {Topic} ({Reason}): allow the device to publish there")]
    public static partial void RetainedRefused(ILogger logger, string topic, MqttClientPublishReasonCode reason);

    [LoggerMessage(4011, LogLevel.Warning,
        "Ignored a list of expected vehicles: {Problem}. Expected JSON such as {{\"vehicles\":[{{\"ref\":\"WO-1\",\"plate\":\"...\",\"tags\":[]}}]}}; the list before stays")]
    public static partial void VehiclesIgnored(ILogger logger, string problem);

    [LoggerMessage(4012, LogLevel.Warning,
        "The broker does not let the device read {Topic}: allow it at the broker, or nothing that comes there is heard")]
    public static partial void SubscriptionRefused(ILogger logger, string topic);

    [LoggerMessage(4013, LogLevel.Error, "The journal cannot note what was delivered; it is tried again and nothing is lost. {Reason}")]
    public static partial void DiskFailed(ILogger logger, string reason);

    [LoggerMessage(4014, LogLevel.Information, "The journal notes again what was delivered")]
    public static partial void DiskRecovered(ILogger logger);

    [LoggerMessage(4015, LogLevel.Error, "A part of the service that listens to the delivery failed; the delivery goes on. Further failures are not logged")]
    public static partial void ListenerFailed(ILogger logger, Exception exception);

    [LoggerMessage(4016, LogLevel.Warning, "The broker takes no reply to a command on {Topic}: allow the device to publish there")]
    public static partial void ReplyRefused(ILogger logger, string topic);

    [LoggerMessage(4017, LogLevel.Information, "The certificates were renewed on the disk, and the broker accepts them: a new connection begins")]
    public static partial void Renewed(ILogger logger);

    [LoggerMessage(4018, LogLevel.Warning, "The certificates were changed on the disk and are of no use; the connection that stands is kept. {Reason}")]
    public static partial void RenewedOfNoUse(ILogger logger, string reason);

    [LoggerMessage(4019, LogLevel.Warning, "{Danger}")]
    public static partial void Danger(ILogger logger, string danger);

    [LoggerMessage(4020, LogLevel.Information, "This is over: {Danger}")]
    public static partial void DangerOver(ILogger logger, string danger);
}
