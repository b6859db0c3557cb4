using MQTTnet;

namespace BayEdge.Messaging.Publishing;

/// <summary>What a PUBACK means for an event.</summary>
internal enum PublishVerdict
{
    /// <summary>The broker has it.</summary>
    Taken,

    /// <summary>The broker took it and threw it away, for nobody has subscribed.</summary>
    NobodyListening,

    /// <summary>Not now: a quota, a right or a fault that somebody mends at the broker.</summary>
    RefusedForNow,

    /// <summary>Never: the event itself is at fault.</summary>
    Unacceptable,
}

internal static class PublishVerdicts
{
    /// <summary>Reason codes of PUBACK: MQTT 5.0, table 3-4. In MQTT 3.1.1 every PUBACK is a success.</summary>
    public static PublishVerdict Of(MqttClientPublishReasonCode code) => code switch
    {
        MqttClientPublishReasonCode.Success => PublishVerdict.Taken,
        MqttClientPublishReasonCode.NoMatchingSubscribers => PublishVerdict.NobodyListening,
        MqttClientPublishReasonCode.TopicNameInvalid or MqttClientPublishReasonCode.PayloadFormatInvalid => PublishVerdict.Unacceptable,
        _ => PublishVerdict.RefusedForNow,
    };
}
